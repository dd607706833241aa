"""The editor's Markdown: what could run, load or lead nowhere is neutralised or refused."""

import pytest

from publish.edition import Edition, Metadata
from publish.errors import EditionError
from publish.rendering.markdown import markdown, marks_for


def rendered(text: str, **rest) -> str:
    return markdown(text, "introduction.md", **rest)


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>\n"),
        ("a <b onclick='x'>c</b>", "<p>a &lt;b onclick=‘x’&gt;c&lt;/b&gt;</p>\n"),
        ("[go](javascript:x)", "<p>go</p>\n"),
        ("[go](JavaScript:x)", "<p>go</p>\n"),
        ("[go](data:text/html,x)", "<p>go</p>\n"),
        ("[go](vbscript:x) on", "<p>go on</p>\n"),
        ("<javascript:x>", "<p>javascript:x</p>\n"),
        ("[go](https://a.example)", '<p><a href="https://a.example">go</a></p>\n'),
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>\n"),
        ("[1937] is a year", "<p>[1937] is a year</p>\n"),
        ('"so"', "<p>“so”</p>\n"),
    ],
)
def test_markdown_becomes_harmless_xhtml(given, then):
    assert rendered(given) == then


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\n\n[two](#nowhere)", 3),
        ("one\ntwo\n[three](notes.md)", 3),
        ("[one](https://a.example", 1),
        ("one\n[two][missing]", 2),
        ("one\n\n\n![a picture](a.png)", 4),
    ],
)
def test_a_broken_link_is_an_error_with_its_line(text, line):
    with pytest.raises(EditionError) as caught:
        rendered(text, leads=lambda id: id == "L1")
    assert (caught.value.file, caught.value.line) == ("introduction.md", line)


def test_a_link_to_the_text_is_kept():
    assert 'href="#L1"' in rendered("[here](#L1)", leads=lambda id: id == "L1")


def test_headings_go_below_the_part_they_stand_in():
    assert rendered("## A\n\n### B") == "<h3>A</h3>\n<h4>B</h4>\n"


@pytest.mark.parametrize(
    ("language", "style", "then"),
    [
        ("en", "", "“So ‘they’ said.”"),
        ("de", "", "„So ‚they‘ said.“"),
        ("de", "german-guillemets", "»So ›they‹ said.«"),
        ("fr", "", "«\u202fSo “they” said.\u202f»"),
        ("sv", "", "”So ’they’ said.”"),
    ],
)
def test_an_editors_quotation_marks_are_those_of_the_language(language, style, then):
    edition = Edition("a", b"", metadata=Metadata(language=language), house_style=style)
    given = "\"So 'they' said.\""
    assert rendered(given, marks=marks_for(edition)) == f"<p>{then}</p>\n"
