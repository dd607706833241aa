"""The command line: words in, one call, an exit code out. Only this module prints.

Exit codes: 0 done; 1 findings; 2 the command cannot be carried out as given; 3 the edition or its
source is wrong; 4 a program or library is missing; 130 interrupted. A user's mistake is one
sentence on stderr; a traceback is a defect of ours.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from publish import __version__
from publish.commands.counted import counted
from publish.errors import PublishError

if TYPE_CHECKING:
    from publish.commands.build import Built
    from publish.commands.check import Checked
    from publish.commands.collate import Collated

CODES = """Exit codes: 0 done; 1 findings; 2 the command cannot be carried out as given;
3 the edition or its source is wrong; 4 a program or library is missing; 130 interrupted."""

READER_GONE = 128 + 13  # as a shell tells of a program that SIGPIPE, number 13, has ended


class Commands(TyperGroup):
    """The commands; what ends them from outside ends them here, before Typer takes it for its own:
    it would have them end like faults, with 1, or without a word."""

    def make_context(self, *words: Any, **more: Any) -> Any:
        with _ended_from_outside():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:
        with _ended_from_outside():
            return super().invoke(ctx)


@contextmanager
def _ended_from_outside() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # the reader of our output has gone: `publish text x | head`
        _say_no_more()
        raise typer.Exit(READER_GONE) from None
    except KeyboardInterrupt:
        _say_stopped()
        raise typer.Exit(130) from None


app = typer.Typer(
    name="publish",
    cls=Commands,
    help="Turns raw plain text into reading editions: an accessible EPUB and a print-ready PDF.",
    epilog=CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SEEDS = Annotated[Path, typer.Option("--seeds", help="The folder that holds the editions.")]
STYLE = Annotated[str, typer.Option("--house-style", help="A house style, such as chicago.")]


def main(arguments: list[str] | None = None) -> None:
    """The console script: runs a command and leaves with its exit code."""
    gc.set_threshold(200_000, 20, 20)  # a book is a few million small values, none in a circle
    out = sys.stdout
    try:
        try:
            app(arguments)
        finally:
            if out:  # None where it was closed from the start
                out.flush()  # here, where a reader that has gone can still be met in silence
    except PublishError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _say_no_more()
        sys.exit(READER_GONE)
    except OSError as error:
        print(f"{error.filename or 'publish'}: {error.strerror or error}.", file=sys.stderr)
        sys.exit(2)


def _say_no_more() -> None:
    """Sends what is still to be said to nobody: the reader of our output has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream:
            os.dup2(nowhere, stream.fileno())


def _say_stopped() -> None:
    """Tells a person who pressed Ctrl-C whether files were written before."""
    from publish.commands.files import has_written

    if sys.stderr.isatty():  # which shows ^C, and stays on that line
        said = "Stopped." if has_written() else "Stopped; nothing was written."
        print(f"\n{said}", file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"publish {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    pass


PRESS = Annotated[bool, typer.Option("--press", help="Also, or instead, a PDF for a press.")]
KEPUB = Annotated[bool, typer.Option("--kepub", help="Also, or instead, an EPUB for Kobo.")]


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(help="A plain text; - for standard input.")],
    out: Annotated[Path, typer.Argument(help="The book: its name ends in .epub, .pdf …")],
    title: Annotated[str, typer.Option(help="The title.")] = "",
    author: Annotated[list[str] | None, typer.Option(help="An author; may be repeated.")] = None,
    lang: Annotated[str | None, typer.Option(help="The language, such as en or pt-BR.")] = None,
    house_style: STYLE = "",
    kepub: KEPUB = False,
    press: PRESS = False,
    trim: Annotated[str, typer.Option(help="The PDF's size: a5, pocket, 140x216 …")] = "",
    theme: Annotated[str, typer.Option(help="Its look: garamond, source-serif …")] = "",
    condition: Annotated[str, typer.Option(help="The press and its paper: FOGRA52 …")] = "",
) -> None:
    """Make a quick book from any text file."""
    from publish.commands import quick

    told = quick.convert(
        file,
        out,
        title,
        tuple(author or ()),
        lang,
        house_style,
        kepub,
        press,
        trim,
        theme,
        condition,
    )
    if sys.stderr.isatty():
        print(told(), file=sys.stderr)


@app.command()
def text(
    what: Annotated[
        str, typer.Argument(metavar="SLUG|FILE", help="An edition, a text file, or -.")
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write it to this file.")] = None,
    keep_furniture: Annotated[
        bool, typer.Option("--keep-furniture", help="Leave running heads and folios in.")
    ] = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Print the reading text, a blank line between paragraphs."""
    from publish.commands import quick

    edition = quick.edition_of(what, seeds, keep_furniture)
    made = quick.reading(edition, out)
    if out is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()


SLUGS = Annotated[list[str] | None, typer.Argument(metavar="[SLUG]...", help="All if none.")]
JSON = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="The edition's name: small letters and hyphens.")],
    source: Annotated[Path, typer.Argument(help="The raw text.")],
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Begin an edition: its folder, with what is guessed."""
    from datetime import date

    from publish.commands.new import new as begin

    folder = begin(slug, source, seeds, date.today())
    print(f"{folder}: begun. Look through {folder / 'edition.toml'}; what is guessed says so.")


@app.command()
def build(
    slugs: SLUGS = None,
    final: Annotated[
        bool, typer.Option("--final", help="Refuse open queries and guessed metadata.")
    ] = False,
    as_json: JSON = False,
    formats: Annotated[
        str,
        typer.Option(
            help="Of epub, pdf, press, txt, html, docx, proof, kepub, azw3, onix, with commas."
        ),
    ] = "epub,pdf,txt,proof",
    kepub: KEPUB = False,
    press: PRESS = False,
    out: Annotated[Path, typer.Option("-o", "--out", help="Where the books go.")] = Path("dist"),
    seeds: SEEDS = Path("seeds"),
    force: Annotated[bool, typer.Option("--force", help="Build what is up to date, too.")] = False,
) -> None:
    """Make the books of editions; count open queries."""
    from publish.catalogue import folders
    from publish.commands import build as work

    also = "".join(f",{name}" for name, asked in (("kepub", kepub), ("press", press)) if asked)
    wanted = work.formats_of(formats + also)
    built, faults = [], Faults(as_json)
    for folder in folders(slugs or (), seeds):
        with faults.of(folder):
            done = work.build(folder, out, wanted, final, force)
            built.append(done)
            if not as_json:
                _say_built(done)
    if as_json:
        faults.print_json(editions=built)
    faults.leave()


def _say_built(done: Built) -> None:
    state = "up to date" if done.up_to_date else "built"
    print(f"{done.slug}: {', '.join(done.files)} {state}")
    asked = counted(done.queries, "open query", "open queries") if done.queries else "no open query"
    guessed = f"; guessed: {', '.join(done.guessed)}" if done.guessed else ""
    print(f"  {counted(done.words, 'word')}, {counted(done.changes, 'change')}, {asked}{guessed}")
    for remark in done.remarks:
        print(f"  {remark}")


@app.command()
def check(
    slugs: SLUGS = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if anything is open.")] = False,
    as_json: JSON = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """List what is wrong or open; write nothing."""
    from publish.catalogue import folders
    from publish.commands import check as work

    found, faults = [], Faults(as_json)
    for folder in folders(slugs or (), seeds):
        with faults.of(folder):
            checked = work.check(folder)
            found.append(checked)
            if not as_json:
                _say_checked(checked)
    if as_json:
        faults.print_json(editions=found)
    faults.leave(1 if strict and any(checked.findings for checked in found) else 0)


def _say_checked(checked: Checked) -> None:
    for query in checked.queries:
        others = [f"“{c}”" for c in query.candidates if c != query.reading]
        better = f" → {' or '.join(others)}" if others else ""  # a word may only be unknown
        print(f"{checked.slug}, line {query.line}: “{query.reading}”{better} ({query.confidence})")
        print(f"  {query.why}")
        print(f"  It reads: {query.stands}")
    for field in checked.guessed:
        print(f"{checked.slug}: {field} is guessed and not yet confirmed.")
    print(f"{checked.slug}: {len(checked.queries)} open, {len(checked.guessed)} guessed.")


@app.command()
def review(
    slug: Annotated[str, typer.Argument(help="An edition.")],
    in_order: Annotated[
        bool, typer.Option("--in-order", help="In the order of the text, not the likeliest first.")
    ] = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Decide open queries one by one, in the terminal.

    Each decision is written at once."""
    from publish.catalogue import folder
    from publish.commands import review as work
    from publish.commands.terminal import one_key, safe

    def say(words: str) -> None:
        print(safe(words), flush=True)

    def line(prompt: str) -> str | None:
        if not sys.stdin.isatty():  # nobody's keys are seen: the answer is shown, the line ended
            print(safe(prompt), end="", flush=True)
            answer = sys.stdin.readline()
            say(answer.rstrip("\r\n"))
            return answer.rstrip("\r\n") if answer else None
        try:
            return input(safe(prompt))
        except EOFError:
            say("")
            return None

    def key(prompt: str) -> str | None:
        if not sys.stdin.isatty():
            return line(prompt)
        print(prompt, end="", flush=True)
        pressed = one_key()
        print(pressed or "")
        return pressed

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    session, code = work.begin(folder(slug, seeds), in_order), 0
    try:
        work.review(session, key, line, say)
    except KeyboardInterrupt:
        say("")
        code = 130
    say(work.closing(session))
    raise typer.Exit(code)


@app.command()
def desk(
    slug: Annotated[str, typer.Argument(help="An edition.")],
    port: Annotated[int, typer.Option(help="A port of this machine; 0 takes a free one.")] = 0,
    browse: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Decide open queries on a page in the browser.

    The page is this machine's only."""
    from publish.catalogue import folder
    from publish.commands import desk as work

    with work.opened(folder(slug, seeds), port) as server:
        try:  # from the first word on: whoever reads it may end the desk at once
            print(server.address, flush=True)
            print("Open this address in a browser; Ctrl-C ends the desk.", flush=True)
            if browse:
                work.show(server.address)
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            print()
        print(work.closing(server))


@app.command()
def collate(
    slug: Annotated[str, typer.Argument(help="An edition.")],
    witnesses: Annotated[
        list[Path],
        typer.Argument(metavar="WITNESS...", help="Other copies, as plain text; or NAME=FILE."),
    ],
    as_json: JSON = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Ask where other witnesses of the text differ.

    Each difference becomes a query; nothing is changed."""
    from publish.catalogue import folder
    from publish.commands import collate as work

    done, faults = None, Faults(as_json)
    with faults.of(folder(slug, seeds)):
        done = work.collate(folder(slug, seeds), witnesses)
    if as_json:
        faults.print_json(collated=done)
    elif done:
        _say_collated(done)
    faults.leave()


def _say_collated(done: Collated) -> None:
    for name, shared in done.shared:
        print(f"{name}: {shared / 10:.1f} % of its words are those of the text.")
    for gap in done.missing:
        has = f"has {counted(gap.has, 'other word')}" if gap.has else "lacks the passage"
        here = counted(gap.lacks, "word")
        print(f"{gap.witness}, lines {gap.line}–{gap.last}: {has} ({here} here).")
    for name, before, after in done.apart:
        ends = [
            f"{counted(n, 'word')} {side}"
            for n, side in ((before, "before"), (after, "after"))
            if n
        ]
        print(f"{name}: {' and '.join(ends)} the text were left off.")
    print(
        f"{done.slug}: they differ in {counted(done.variants, 'place')}, "
        f"{done.agreed} of them with two or more agreed; "
        f"{counted(done.confirmed, 'correction')} borne out; "
        f"{counted(done.open, 'query', 'queries')} open."
    )
    print(f"Written to {done.file}; decide with `publish review {done.slug}`.")


@app.command()
def preflight(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Books: .epub or .pdf.")],
    press: Annotated[bool, typer.Option("--press", help="As a press would look at it.")] = False,
    composed: Annotated[
        bool, typer.Option("--composition", help="Only how well the pages of a PDF are set.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Check finished books with EPUBCheck, Ace and our own eyes.

    It takes files, such as dist/my-book.epub, not the names of editions."""
    from publish.preflight import grouped
    from publish.preflight import preflight as examine

    if composed:
        _composition(files, as_json)
    found, faults = {}, Faults(as_json)
    for file in files:
        with faults.of(file):
            found[str(file)] = examine(file, press=press)
    if as_json:
        faults.print_json(files=found)
    else:
        for name, findings in found.items():
            told = grouped(findings)
            for f in told:
                place = f", {f.place}" if f.place else ""
                print(f"{name}{place}: {f.severity}: {f.message} [{f.check}]")
            faulty = sum(f.severity != "advice" for f in told)
            print(f"{name}: {counted(faulty, 'finding') if faulty else 'passed'}.")
    severities = {f.severity for findings in found.values() for f in findings} - {"advice"}
    faults.leave(1 if severities - {"missing"} else 4 if severities else 0)


def _composition(files: list[Path], as_json: bool) -> None:
    """Prints the composition reports of PDFs, and leaves: with 1 if a figure is over its limit."""
    from publish.commands.check import composition_of, told

    reports, faults = {}, Faults(as_json)
    for file in files:
        with faults.of(file):
            reports[str(file)] = composition_of(file)
    if as_json:
        faults.print_json(files=reports)
    for name, report in reports.items() if not as_json else ():
        for line in told(report):
            print(f"{name}: {line}")
    faults.leave(0 if all(report.passed for report in reports.values()) else 1)


@app.command()
def cover(
    slug: Annotated[str, typer.Argument(help="An edition.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The cover's file; dist/SLUG.cover.pdf.")
    ] = None,
    pages: Annotated[int | None, typer.Option(help="How many pages the book has.")] = None,
    interior: Annotated[
        Path | None, typer.Option(help="The book's PDF, to count its pages.")
    ] = None,
    as_json: JSON = False,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Make the whole cover of an edition for the press.

    Back, spine and front in one PDF; the spine is as wide as pages and paper make it."""
    from publish.catalogue import folder
    from publish.commands import cover as work

    done, faults = None, Faults(as_json)
    with faults.of(folder(slug, seeds)):
        done = work.cover(folder(slug, seeds), out, pages, interior)
    if as_json:
        faults.print_json(cover=done)
    elif done:
        for line in work.told(done):
            print(line)
    faults.leave()


@app.command()
def impose(
    book: Annotated[Path, typer.Argument(metavar="BOOK.pdf", help="A finished PDF.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The sheets' file.")] = None,
    sheet: Annotated[str, typer.Option(help="a4, a3, letter or tabloid.")] = "a4",
    method: Annotated[
        str,
        typer.Option(
            help="booklet (stitched, if none is given) or signatures (gathered, then bound)."
        ),
    ] = "",
    signature_pages: Annotated[
        int | None,
        typer.Option(
            "--signature-pages", help="Pages of a signature: a multiple of 4; 16 if none."
        ),
    ] = None,
    paper: Annotated[str, typer.Option(help="A paper by name; offset-80 if none.")] = "",
    thickness: Annotated[
        float | None, typer.Option(help="The thickness of one sheet in micrometres, instead.")
    ] = None,
) -> None:
    """Lay a book's pages on sheets to print, fold and bind.

    Two pages stand on each side; the printer turns the sheet over its short edge."""
    from publish.commands import impose as work

    target, made = work.impose(book, out, sheet, method, signature_pages, paper, thickness)
    for line in work.told(target, made, sheet):
        print(line)


@app.command()
def proof(
    slug: Annotated[str, typer.Argument(metavar="SLUG|FILE", help="An edition or a text file.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The report's file.")] = None,
    seeds: SEEDS = Path("seeds"),
) -> None:
    """Write the proofing report: all changes, queries first."""
    from publish.commands import quick

    edition = quick.edition_of(slug, seeds)
    print(quick.proof(edition, out))


@app.command()
def doctor() -> None:
    """Say what this machine lacks, and how to install it."""
    from publish.doctor import examine

    lacking = False
    for need in examine():
        lacking = lacking or (need.needed and not need.found)
        state = f"ok ({need.found})" if need.found else f"missing, for {need.purpose}"
        print(f"{need.name}: {state}" + ("" if need.found else f"\n  {need.install}"))
    raise typer.Exit(4 if lacking else 0)


class Faults:
    """What went wrong with each of several editions: the others are still worked on."""

    def __init__(self, as_json: bool) -> None:
        self.as_json, self.code = as_json, 0
        self.errors: list[dict[str, object]] = []

    @contextmanager
    def of(self, path: Path) -> Iterator[None]:
        """Prints or keeps a PublishError raised inside."""
        try:
            yield
        except PublishError as error:
            self.code = max(self.code, error.exit_code)
            for fault in getattr(error, "problems", (error,)):
                place = {"of": str(path), "file": fault.file, "line": fault.line}
                words = {"message": fault.message, "detail": fault.detail, "hint": fault.hint}
                self.errors.append({**place, **words, "code": fault.exit_code})
            if not self.as_json:
                print(error, file=sys.stderr)

    def print_json(self, **results: object) -> None:
        import json
        from dataclasses import asdict

        def plain(value: object) -> object:
            return asdict(value)  # type: ignore[call-overload]

        shown = {**results, "errors": self.errors}
        print(json.dumps(shown, default=plain, ensure_ascii=False, indent=1))

    def leave(self, code: int = 0) -> None:
        raise typer.Exit(max(self.code, code))


if __name__ == "__main__":
    main()
