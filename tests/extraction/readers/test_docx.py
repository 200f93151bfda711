"""A Word document becomes headings, lists, tables and paragraphs."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.extraction.pipeline import extract
from apps.extraction.readers import Unread, Unreadable, read
from apps.extraction.sources import SourceKind
from tests.extraction.readers.files import docx, paragraph, table


def text_of(*blocks: str) -> str:
    return read("notes.docx", docx(*blocks)).text


def test_a_document_is_read_as_a_person_reads_it() -> None:
    assert text_of(
        paragraph("Contracts", style="H1"),
        paragraph("Formation ..... 3", style="C"),
        paragraph("Formation", style="H2"),
        paragraph("A contract needs three things:"),
        paragraph("offer", listed=(1, 0)),
        paragraph("made to a person", listed=(1, 1)),
        paragraph("acceptance", listed=(1, 0)),
        paragraph("Steps", bold=True),
        paragraph("Offer", listed=(2, 0)),
        paragraph("Accept", listed=(2, 0)),
        table(("Court", "Judges", "Seat"), ("Supreme", "12", "London")),
        table(("Limit for debts", "6 years"), ("Limit for land", "12 years")),
    ) == (
        "# Contracts\n\n"
        "## Formation\n\n"
        "A contract needs three things:\n\n"
        "- offer\n"
        "  - made to a person\n"
        "- acceptance\n\n"
        "**Steps**\n\n"
        "1. Offer\n"
        "2. Accept\n\n"
        "| Court | Judges | Seat |\n"
        "| --- | --- | --- |\n"
        "| Supreme | 12 | London |\n\n"
        "- Limit for debts: 6 years\n"
        "- Limit for land: 12 years"
    )


def test_a_title_stands_above_the_headings() -> None:
    text = text_of(paragraph("Law", style="T"), paragraph("Contracts", style="H1"), paragraph("x"))
    assert text.startswith("# Law\n\n## Contracts")


def test_a_document_teaches_what_it_says() -> None:
    source = read(
        "law.docx",
        docx(paragraph("Contracts", style="H1"), paragraph("Offer: a promise", listed=(1, 0))),
    )
    assert source.kind is SourceKind.DOCX
    assert any("a promise" in card.front + card.back for card in extract(source).cards)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [BOMB, XXE], ids=["bomb", "outside file"])
def test_a_document_that_declares_entities_is_refused(before: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read("notes.docx", docx(paragraph("x"), before=before))
    assert refused.value.code is Unread.DAMAGED


def test_a_document_that_swells_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (65 * 1024 * 1024))
    with pytest.raises(Unreadable) as refused:
        read("notes.docx", out.getvalue())
    assert refused.value.code is Unread.TOO_LARGE


def test_a_document_nested_ten_thousand_deep_is_read_or_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 10_000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 10_000
    with pytest.raises(Unreadable):
        read("notes.docx", docx(deep))


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read("notes.docx", docx(paragraph("")))
    assert refused.value.code is Unread.EMPTY


def test_another_archive_is_no_document() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("sheet.xml", "x")
    with pytest.raises(Unreadable) as refused:
        read("notes.docx", out.getvalue())
    assert refused.value.code is Unread.BINARY


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
BLOCKS = st.builds(
    paragraph,
    TEXT,
    style=st.sampled_from(["", "H1", "H2", "T", "C", "?"]),
    listed=st.none() | st.tuples(st.integers(0, 3), st.integers(0, 9)),
    bold=st.booleans(),
) | st.builds(table, TEXT.map(lambda text: (text, text)), st.lists(TEXT, max_size=4).map(tuple))


@settings(deadline=None)
@given(
    st.lists(BLOCKS, max_size=12),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=3),
)
def test_any_document_and_any_spoilt_byte_is_read_or_refused(
    blocks: list[str], spoilt: list[tuple[int, int]]
) -> None:
    data = bytearray(docx(*blocks))
    for place, byte in spoilt:
        data[place % len(data)] = byte
    try:
        source = read("notes.docx", bytes(data))
    except Unreadable as refused:
        assert refused.message.endswith(".")
    else:
        assert source.text.strip()
        extract(source)
