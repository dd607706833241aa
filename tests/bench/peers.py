"""The novel as other typesetters take it, on our page: Typst, and XeLaTeX by way of pandoc.

What is asked of both is what our page has: trim, margins, face, size and leading, lines filled and
divided, no line of a paragraph alone at a page's head or foot, running heads and folios, chapters
on new pages with a drop folio, a title page, contents and bookmarks. What is not asked is left as
they have it: neither lets facing pages end at one height, begins a chapter in small capitals or
checks its file, and XeLaTeX writes no tags.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from publish.resources import font
from publish.trim import Sheet

Chapters = list[tuple[str, list[str]]]

TITLE, AUTHOR, LANGUAGE = "A Novel", "Nobody", "en-GB"
SINK, GAP, OPENING = 4, 2, 16.0  # lines above and below a chapter's title, its size in points
CALLED = "import sys, typst\ntypst.compile(sys.argv[1], sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, pdf_tags=sys.argv[4] == 'tagged')"  # noqa: E501

TYPST = """#set document(title: "{title}", author: "{author}")
#set text(
  font: "EB Garamond", size: {size}pt, lang: "{language}", region: "{region}", hyphenate: true,
  number-type: "old-style", top-edge: 0.8em, bottom-edge: -0.2em,
)
#set par(justify: true, first-line-indent: 1.3em, leading: {between}pt, spacing: {between}pt)
#let opens(page) = query(heading.where(level: 1)).any(each => each.location().page() == page)
#set page(
  width: {width}pt, height: {height}pt,
  margin: (inside: {inner}pt, outside: {outer}pt, top: {top}pt, bottom: {bottom}pt),
  header: context {{
    let number = here().page()
    if opens(number) {{ return }}
    let folio = counter(page).display("1")
    if calc.even(number) [#folio #h(1fr) #smallcaps[{title}] #h(1fr)] else {{
      let before = query(selector(heading.where(level: 1)).before(here()))
      [#h(1fr) #if before.len() > 0 {{ smallcaps(before.last().body) }} #h(1fr) #folio]
    }}
  }},
  footer: context if opens(here().page()) {{ align(center, counter(page).display("1")) }},
)
#show heading.where(level: 1): it => {{
  pagebreak(weak: true)
  v({sink}pt)
  align(center, text({opening}pt, weight: "regular", it.body))
  v({gap}pt)
}}
#page(header: none, footer: none, align(center)[#v({sink}pt) #text(25pt)[{title}]

#emph[{author}]])
#outline()
"""

LATEX = r"""\usepackage{{fancyhdr}}
\renewcommand\normalsize{{\fontsize{{{size}bp}}{{{leading}bp}}\selectfont}}
\normalsize
\frenchspacing
\setlength\parindent{{1.3em}}
\setlength\parskip{{0pt}}
\clubpenalty=10000 \widowpenalty=10000
\raggedbottom
\fancyhf{{}}
\fancyhead[LE,RO]{{\thepage}}
\fancyhead[CE]{{\textsc{{{title}}}}}
\fancyhead[CO]{{\textsc{{\leftmark}}}}
\renewcommand\headrulewidth{{0pt}}
\pagestyle{{fancy}}
\renewcommand\chaptermark[1]{{\markboth{{#1}}{{}}}}
\makeatletter
\def\@makechapterhead#1{{\vspace*{{{sink}bp}}{{\centering
  \fontsize{{{opening}bp}}{{{leading}bp}}\selectfont #1\par}}\vspace{{{gap}bp}}}}
\let\@makeschapterhead\@makechapterhead
\makeatother
"""


def peers(folder: Path, chapters: Chapters, page: Sheet) -> dict[str, list[str]]:
    """What stands beside us where it is installed: a name for each and its command, which writes
    typst.pdf, typst-tagged.pdf or xelatex.pdf. Their sources are written into the folder."""
    found: dict[str, list[str]] = {}
    fonts = font("EBGaramond-Regular.ttf").parent
    if typst := _typst():
        (folder / "novel.typ").write_text(typst_text(chapters, page), "utf-8")
        found["Typst"] = _typst_command(typst, fonts, "typst.pdf", tagged=False)
        found["Typst, tagged"] = _typst_command(typst, fonts, "typst-tagged.pdf", tagged=True)
    if shutil.which("pandoc") and shutil.which("xelatex"):
        (folder / "novel.md").write_text(markdown(chapters), "utf-8")
        (folder / "head.tex").write_text(LATEX.format_map(_measures(page)), "utf-8")
        found["pandoc with XeLaTeX"] = _xelatex_command(page, fonts)
    return found


@cache
def _typst() -> tuple[str, ...]:
    """How Typst is called: the program, or a Python that has it as a package; empty without."""
    if program := shutil.which("typst"):
        return (program, "compile")
    for python in dict.fromkeys((sys.executable, shutil.which("python3") or sys.executable)):
        asked = subprocess.run([python, "-c", "import typst"], capture_output=True, check=False)
        if not asked.returncode:
            return (python, "-c", CALLED)
    return ()


def _typst_command(typst: tuple[str, ...], fonts: Path, out: str, *, tagged: bool) -> list[str]:
    if "-c" in typst:
        return [*typst, "novel.typ", out, str(fonts), "tagged" if tagged else "plain"]
    tags = [] if tagged else ["--no-pdf-tags"]
    return [*typst, "--ignore-system-fonts", "--font-path", str(fonts), *tags, "novel.typ", out]


def _xelatex_command(page: Sheet, fonts: Path) -> list[str]:
    faces = "ItalicFont=EBGaramond-Italic.ttf,BoldFont=EBGaramond-SemiBold.ttf"
    depth = page.lines * page.leading  # LaTeX puts the first line at the head of this
    geometry = (
        f"paperwidth={page.width}bp,paperheight={page.height}bp,inner={page.inner}bp,"
        f"outer={page.outer}bp,top={page.top}bp,textheight={depth}bp,headsep={page.leading}bp"
    )
    variables = (
        "documentclass=book", "classoption=11pt", "classoption=twoside", "classoption=openany",
        "indent", f"lang={LANGUAGE}", "mainfont=EBGaramond-Regular.ttf",
        f"mainfontoptions=Path={fonts}/,{faces},Numbers=OldStyle", f"geometry:{geometry}",
    )  # fmt: skip
    return [
        "pandoc", "novel.md", "-o", "xelatex.pdf", "--pdf-engine=xelatex", "--toc",
        "-H", "head.tex", "-M", f"title={TITLE}", "-M", f"author={AUTHOR}",
        *(part for variable in variables for part in ("-V", variable)),
    ]  # fmt: skip


def typst_text(chapters: Chapters, page: Sheet) -> str:
    """The novel in Typst's markup."""
    body = "".join(f"\n= {title}\n\n" + "\n\n".join(text) + "\n" for title, text in chapters)
    return TYPST.format_map(_measures(page)) + body


def markdown(chapters: Chapters) -> str:
    """The novel in Markdown."""
    return "".join(f"# {title}\n\n" + "\n\n".join(text) + "\n\n" for title, text in chapters)


def _measures(page: Sheet) -> dict[str, str | float]:
    """What the templates ask for, in points of 1/72 in."""
    language, region = LANGUAGE.split("-")
    return {
        "title": TITLE, "author": AUTHOR, "language": language, "region": region,
        "width": page.width, "height": page.height,
        "inner": page.inner, "outer": page.outer, "top": page.top, "bottom": page.bottom,
        "size": page.size, "leading": page.leading, "between": page.leading - page.size,
        "opening": OPENING, "sink": SINK * page.leading, "gap": GAP * page.leading,
    }  # fmt: skip
