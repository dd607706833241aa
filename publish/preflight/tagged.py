"""The list of PDF/UA-1 as this program checks it: a PDF for the screen in, findings out.

The paragraphs are those of ISO 14289-1:2014. A program cannot see whether the order of reading
makes sense or an alternative text says what a figure shows: that is for people to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publish.preflight import Finding
from publish.preflight import clauses_tags as tree
from publish.preflight.clause import Clause, broken
from publish.preflight.clauses_tags import Read

if TYPE_CHECKING:
    import pikepdf


def check_tags(document: pikepdf.Pdf) -> list[Finding]:
    """What breaks a clause, in the order of the list; of an untagged file, only that it is one."""
    of = tree.read(document)
    if not of.tags:
        return [Finding("pdfua.tagged", "error", "The file has no tags: nothing tells a heading"
                        " from a paragraph to those who listen.")]  # fmt: skip
    return list(broken(CLAUSES, of))


CLAUSES: Final[tuple[Clause[Read], ...]] = (
    Clause(
        "pdfua.label", "5",
        "What the file says of itself in the metadata is PDF/UA-1.",
        tree.label,
    ),
    Clause("pdfua.tagged", "7.1", "The file is tagged, and its tags are not suspect.", tree.tagged),
    Clause(
        "pdfua.content", "7.1",
        "All that is drawn is in the structure or is an artifact, such as a running head.",
        tree.content,
    ),
    Clause("pdfua.roles", "7.1", "Every tag is a standard one or stands for one.", tree.roles),
    Clause("pdfua.title", "7.1", "The metadata has the title, and viewers show it.", tree.title),
    Clause("pdfua.language", "7.2", "The file says its language.", tree.language),
    Clause("pdfua.figures", "7.3", "Every figure has an alternative text.", tree.figures),
    Clause(
        "pdfua.headings", "7.4.2",
        "Headings begin with the first level and skip none.",
        tree.headings,
    ),
    Clause(
        "pdfua.tables", "7.5",
        "Tables consist of rows of cells; they have headers, and cells say which are theirs.",
        tree.tables,
    ),
    Clause("pdfua.lists", "7.6", "Lists consist of items with labels and bodies.", tree.lists),
    Clause("pdfua.notes", "7.9", "Every note has an ID of its own.", tree.notes),
    Clause("pdfua.layers", "7.10", "Nothing is in a layer that may be hidden.", tree.layers),
    Clause("pdfua.forms", "7.15", "The file has no form of XFA.", tree.forms),
    Clause("pdfua.security", "7.16", "No encryption keeps out what reads aloud.", tree.security),
    Clause("pdfua.order", "7.18.3", "The tab key follows the structure.", tree.order),
    Clause(
        "pdfua.links", "7.18.5",
        "Every link is in a Link tag and says in words where it leads; so with other annotations.",
        tree.links,
    ),
    Clause(
        "pdfua.unicode", "7.21.7",
        "Every font says which characters its glyphs are.",
        tree.unicode,
    ),
)  # fmt: skip
