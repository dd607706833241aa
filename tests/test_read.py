"""Any bytes become lines of text or one clear sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import SourceError
from publish.ledger import check_conservation
from publish.read import decode, read

PROSE = "“Café,” she said – déjà vu, naïve façade; l’été à Nîmes.\nUn garçon très élevé.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding):
    assert decode((PROSE * 3).encode(encoding), "", "s")[0] == PROSE * 3


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_eight_bits_are_told_apart_by_what_reads_like_prose(encoding):
    assert decode(PROSE.encode(encoding), "", "s") == (PROSE, encoding)


def test_latin_1_reads_as_its_superset():
    text = "Ein süßer Bär läuft über Öl.\n"
    assert decode(text.encode("latin-1"), "", "s")[0] == text


def test_the_named_encoding_decides():
    assert decode("é".encode("mac-roman"), "mac-roman", "s")[0] == "é"


def test_a_byte_that_does_not_fit_is_named_with_its_line():
    with pytest.raises(SourceError, match=r"byte 4 \(0xE9\)") as caught:
        read(b"one\n\xe9", "ascii")
    assert caught.value.line == 2


def test_an_unknown_encoding_is_refused():
    with pytest.raises(SourceError, match="no encoding"):
        read(b"one", "klingon-8")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, b"PK\x03\x04\0\0\0"])
def test_binary_files_are_no_text(data):
    with pytest.raises(SourceError, match="no plain text"):
        read(data)


@pytest.mark.parametrize(
    ("data", "kind", "hint"),
    [
        (b"%PDF-1.4\n1 0 obj", "a PDF", "pdftotext"),
        (b"{\\rtf1\\ansi Words.}", "Rich Text", "Save it as plain text"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG", "OCR"),
        (b"PK\x03\x04\x14", ".docx", "Save it"),
        ("Words.".encode("utf-16") + b"\0", "in UTF-16", "save it as UTF-8"),
        (b"Wo\x01rds\x02" * 9, "its 3rd character is a control character (0x01)", "plain-text"),
        (b"\x7fELF\x02\x01\x01\0\0", "is no plain text, but a program (ELF)", "text file itself"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(data, kind, hint):
    with pytest.raises(SourceError) as caught:
        read(data, name="seeds/x/scan.txt")
    said = str(caught.value)
    assert said.startswith("seeds/x/scan.txt")
    assert kind in said
    assert hint in said


@pytest.mark.parametrize(
    "data", [b"PDF is a kind of file.", b"MM. Dupont et Cie.", b"II. THE MILL"]
)
def test_a_text_that_begins_like_a_file_of_another_kind_is_read(data):
    assert read(data).source.text == data.decode()


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n\f"])
def test_a_source_without_ink_is_empty(data):
    with pytest.raises(SourceError, match="empty"):
        read(data)


def test_lines_keep_their_indent_number_and_gap():
    document = read(b"one  \r\n\r\n\r\n   two\rthree\n\x0cfour")
    assert [(b.text.value, b.id, b.gap, b.turn) for b in document.blocks] == [
        ("one", "L1", 0, False),
        ("   two", "L4", 2, False),
        ("three", "L5", 0, False),
        (" four", "L6", 0, True),
    ]


@given(st.binary(max_size=300))
def test_any_bytes_become_a_document_or_a_sentence(data):
    try:
        document = read(data)
    except SourceError:
        return
    check_conservation(document)
