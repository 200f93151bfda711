"""Files that could lead a reader astray are read in a process apart, and nothing is half stored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam
from apps.extraction.readers import Unread, Unreadable, read
from apps.extraction.sources import SourceKind
from apps.ingest.models import IngestRun
from apps.ingest.services.reading import UnreadableNote, read_apart, read_note
from apps.ingest.services.runs import run_ingest
from apps.ingest.services.submit import submit_note
from apps.notes.models import Note
from tests.extraction.readers.files import Print, docx, paragraph, pdf
from tests.factories import NOW

PAGE = b"<html><h1>Cells</h1>\n<ul>\n<li>Ribosome: builds proteins</li>\n</ul></html>"
PRINTED = pdf(
    [Print(72, 200, "Cells", 18), Print(72, 230, "• Ribosome: builds proteins in every cell")],
    [Print(72, 200, "Organs", 18), Print(72, 230, "• Kidney: filters blood all day and night")],
)
WORD = docx(paragraph("Cells", style="H1"), paragraph("Ribosome: builds proteins", listed=(1, 0)))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cells.html", PAGE, SourceKind.HTML),
        ("cells.pdf", PRINTED, SourceKind.PDF),
        ("cells.docx", WORD, SourceKind.DOCX),
        ("cells.md", b"# Cells", SourceKind.MARKDOWN),
        ("cells.txt", b"Cells", SourceKind.PLAIN),
    ],
)
def test_a_file_read_apart_says_what_it_says_in_the_open(
    name: str, data: bytes, kind: SourceKind
) -> None:
    source = read_note(name=name, data=data)
    assert source == read(name, data)
    assert source.kind is kind


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(Unreadable, match="takes too long") as refused:
        read_apart(name="cells.html", data=PAGE, seconds=0.001)
    assert refused.value.code is Unread.TOO_SLOW


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.html", PAGE, "html"), ("a.pdf", PRINTED, "pdf"), ("a.docx", WORD, "docx")],
)
def test_pages_print_and_word_become_cards_that_cite_what_a_person_reads(
    exam: Exam, name: str, data: bytes, kind: str
) -> None:
    run = submit_note(exam=exam, name=name, data=data, started_by=None, owner=None)
    assert run.version.kind == kind
    assert run_ingest(run_id=run.pk, clock=lambda: NOW)
    card = Card.objects.filter(back__contains="builds proteins").first()
    assert card is not None
    passage = card.passages.get()
    assert passage.quote.startswith("- Ribosome: builds proteins")
    assert passage.quote == run.version.lines[passage.first_line - 1]


@pytest.mark.django_db
def test_what_a_pdf_says_is_cited_with_its_page(exam: Exam) -> None:
    run = submit_note(exam=exam, name="a.pdf", data=PRINTED, started_by=None, owner=None)
    run_ingest(run_id=run.pk, clock=lambda: NOW)
    card = Card.objects.filter(back__contains="filters blood").first()
    assert card is not None
    assert str(card.passages.get()).endswith(", p. 2, line 7")


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_spoilt_pdf_is_read_or_refused_in_time(spoilt: list[tuple[int, int]]) -> None:
    data = bytearray(PRINTED)
    for place, byte in spoilt:
        data[place % len(data)] = byte
    try:
        source = read_note(name="cells.pdf", data=bytes(data))
    except UnreadableNote as refused:
        assert refused.message.endswith(".")
    else:
        assert source.text.strip()


@pytest.mark.django_db
def test_giving_the_same_page_again_makes_no_new_version(exam: Exam, carol: User) -> None:
    first = submit_note(exam=exam, name="a.html", data=PAGE, started_by=carol, owner=carol)
    again = submit_note(
        exam=exam, name="a.html", data=PAGE + b"<!-- saved later -->", started_by=carol, owner=carol
    )
    assert first.version == again.version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7\n\x00\x01", "damaged"),
        ("a.pdf", pdf([]), "scanned"),
        ("a.docx", WORD[:-200], "damaged"),
        ("a.html", b"<html><script>go()</script></html>", "empty"),
        ("a.html", b"<html><p>" + b"x" * (10 * 1024 * 1024), "too_large"),
        ("a\x00b.html", b"<html></html>", "empty"),
    ],
    ids=["damaged", "scanned", "cut off", "empty page", "huge", "odd name"],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    exam: Exam, name: str, data: bytes, code: str
) -> None:
    with pytest.raises(UnreadableNote) as refused:
        submit_note(exam=exam, name=name, data=data, started_by=None, owner=None)
    assert refused.value.code == code
    assert not Note.objects.exists()
    assert not IngestRun.objects.exists()
