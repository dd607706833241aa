"""A book made by hand that holds every structure at once, for the tests of the writers."""

from __future__ import annotations

from publish.book import Book, NavPoint, Note, Part
from publish.edition import Contributor, Edition, Term

PROSE = (
    "The road from the harbour to the upper town climbs by two hundred and twelve steps, which "
    "the ordnance survey of 1843 calls a street, and which nobody who has carried a trunk up "
    "them calls anything of the kind. "
)


def section(id: str, kind: str, role: str, title: str, body: str, level: int = 2) -> str:
    part = f' role="doc-{role}"' if role else ""
    return (
        f'<section id="{id}" class="{kind}" epub:type="{kind}"{part} aria-labelledby="{id}-h">'
        f'<h{level} id="{id}-h">{title}</h{level}>{body}</section>'
    )


def everything() -> Book:
    """Front matter, a part with chapters, verse, drama, letter, table, notes, glossary, index."""
    edition = Edition.quick(
        b"source",
        "everything.txt",
        title="The Harbour & the Upper Town",
        subtitle="Being a Book of Every Structure",
        contributors=(
            Contributor("Ada Example"),
            Contributor("Bertram von Sample", "edt"),
        ),
        edition_date="2026-11-01",
        subjects=("Harbours", "Stairs < lifts"),
        description="A book for tests.",
        publisher="The Example Press",
        rights="In the public domain, as far as is known.",
        series="Books That Do Not Exist",
        source_note="Typed for the purpose",
    )
    return Book(
        edition,
        (*_front(), *_body(), *_back()),
        notes=(Note("note-1", "1", "ref-1", "<p>By the clerk of works.</p>"),),
        source_digest="5eed",
        text_words=12_000,
        page_breaks=(("1", "L40", 0), ("2", "L44", 31), ("3", "L120", 17)),
    )


def _front() -> tuple[Part, ...]:
    return (
        Part("halftitle", "The Harbour & the Upper Town", "halftitlepage", "front",
             '<section id="halftitle" class="halftitlepage" epub:type="halftitlepage">'
             "<p>The Harbour &amp; the Upper Town</p></section>", listed=False),
        Part("titlepage", "Title page", "titlepage", "front",
             '<section id="titlepage" class="titlepage" epub:type="titlepage">'
             '<h1>The Harbour &amp; the Upper Town</h1><p class="subtitle" epub:type="subtitle"'
             ' role="doc-subtitle">Being a Book of Every Structure</p>'
             '<p class="byline">Ada Example</p></section>', listed=False),
        Part("toc", "Contents", "toc", "front", '<section id="toc"><h2>Contents</h2></section>'),
        Part("preface", "Preface", "preface", "front",
             section("preface", "preface", "preface", "Preface",
                     f'<p class="flush">{PROSE}</p><p>{PROSE}</p>')),
    )  # fmt: skip


def _body() -> tuple[Part, ...]:
    first = (
        '<blockquote class="epigraph" epub:type="epigraph" role="doc-epigraph">'
        '<p>All stairs are one stair.</p><p class="attribution">A proverb</p></blockquote>'
        f'<p id="L40" class="flush"><span class="opening">The road</span>{PROSE[8:]}<a '
        'epub:type="noteref" role="doc-noteref" id="ref-1" href="#note-1">1</a></p>'
        f'<p id="L44">At the top stands the <a epub:type="glossref" role="doc-glossref"'
        f' id="L44-g" href="#g-bastion">bastion</a>. {PROSE * 2}</p><hr/>'
        '<p id="L50">After the break comes <em>emphasis with <em>emphasis</em> in it</em>,'
        ' <span class="smallcaps">small capitals</span>, and <i xml:lang="la" lang="la">'
        "sub rosa</i>, a phrase in Latin.</p>"
        '<div class="verse poem" epub:type="z3998:poem"><p class="stanza">'
        '<span class="line">O harbour, with thy two hundred stairs that climb,</span>'
        '<br/><span class="line indent-1">And thy twelve more,</span>'
        '<br/><span class="line">I count thee yet.</span></p></div>'
        '<section id="L60" aria-labelledby="L60-h"><h4 id="L60-h">The Lift That Was Not Built</h4>'
        f"<p>{PROSE}</p></section>"
    )
    second = (
        '<div class="letter" epub:type="z3998:letter"><p class="dateline">'
        'The Lower Town, May 3, 1843</p>'
        f'<p class="salutation">Dear Sir,</p><p>{PROSE}</p>'
        '<p class="valediction">Your obedient servant,</p><p class="signature">B. Sample</p></div>'
        '<p class="speech"><b class="speaker" epub:type="z3998:persona">Clerk.</b>'
        " Two hundred and twelve. "
        '<i class="direction" epub:type="z3998:stage-direction">[He sits down.]</i></p>'
        '<p class="direction">The curtain falls upon the stairs.</p>'
        "<table><caption>Steps by flight</caption><thead><tr><th scope=\"col\">Flight</th>"
        '<th scope="col">Steps</th></tr></thead><tbody><tr><td>Lower</td><td class="number">112'
        '</td></tr><tr><td>Upper</td><td class="number">100</td></tr></tbody></table>'
        '<ul class="plain"><li>A trunk</li><li>A second trunk</li></ul>'
        + "".join(f'<p id="L{n}">{PROSE * 4}</p>' for n in range(100, 600))
    )  # fmt: skip
    return (
        Part("part-1", "Part One: Below", "part", "body",
             section("part-1", "part", "part", "Part One: Below", "")),
        Part("L39", "Chapter I. Of Stairs", "chapter", "body",
             section("L39", "chapter", "chapter", "Chapter I. Of Stairs", first, 3),
             level=2, points=(NavPoint("L60", "The Lift That Was Not Built", 1),)),
        Part("L90", "Chapter II. Of Letters", "chapter", "body",
             section("L90", "chapter", "chapter", "Chapter II. Of Letters", second, 3), level=2),
    )  # fmt: skip


def _back() -> tuple[Part, ...]:
    term = Term("bastion", "")
    return (
        Part("notes", "Notes", "endnotes", "back",
             section("notes", "endnotes", "endnotes", "Notes",
                     '<ol><li id="note-1" epub:type="endnote"><p>By the clerk of works. '
                     '<a role="doc-backlink" href="#ref-1" aria-label="Back to note 1">↩</a></p>'
                     "</li></ol>")),
        Part("glossary", "Glossary", "glossary", "back",
             section("glossary", "glossary", "glossary", "Glossary",
                     f'<dl><div id="{term.id}"><dt epub:type="glossterm"><dfn>bastion</dfn></dt>'
                     '<dd epub:type="glossdef">A work thrown out from a wall. '
                     '<a role="doc-backlink" href="#L44-g" aria-label="Back to the text">↩</a>'
                     "</dd></div></dl>")),
        Part("colophon", "Colophon", "colophon", "back",
             section("colophon", "colophon", "colophon", "Colophon", "<p>Set from text.</p>")),
        Part("print-only", "Sizes", "appendix", "back", '<section id="print-only"/>',
             formats=("pdf",)),
    )  # fmt: skip
