"""A PDF with text becomes headings, items and paragraphs, each on the page it stands on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.extraction.readers import Unread, Unreadable, read
from apps.extraction.sources import Source, SourceKind
from tests.extraction.readers.files import Print, pdf

LEFT, LINE = 72, 14
LOREM = "The treaty was signed in Vienna after nine months of talks between the powers."


def lines(top: float, *texts: str, x: float = LEFT, size: float = 11) -> list[Print]:
    return [Print(x, top + n * LINE, text, size) for n, text in enumerate(texts)]


def read_pdf(*pages: list[Print]) -> Source:
    return read("notes.pdf", pdf(*pages))


def test_print_tells_headings_from_text() -> None:
    source = read_pdf(
        [
            Print(LEFT, 80, "The Congress of Vienna", 20, "bold"),
            Print(LEFT, 110, "Aims", 14, "bold"),
            *lines(130, "The powers wished to bring back the kings that Napoleon had driven out,",
                   "and to keep France from going to war again."),
            Print(LEFT, 170, "Outcome", 14, "bold"),
            *lines(190, "The German Confederation had 39 members."),
        ]
    )  # fmt: skip
    assert source.kind is SourceKind.PDF
    assert source.text == (
        "# The Congress of Vienna\n\n"
        "## Aims\n\n"
        "The powers wished to bring back the kings that Napoleon had driven out, and to keep "
        "France from going to war again.\n\n"
        "## Outcome\n\n"
        "The German Confederation had 39 members."
    )


def test_bold_lines_of_the_texts_own_size_are_headings_below_larger_ones() -> None:
    source = read_pdf(
        [
            Print(LEFT, 80, "Torts", 18),
            Print(LEFT, 110, "Negligence", 11, "bold"),
            *lines(130, "A duty of care is owed to anyone who could foreseeably be harmed by it."),
        ]
    )
    assert source.text.startswith("# Torts\n\n## Negligence\n\nA duty")


def test_bullets_nest_by_where_they_stand_and_wrapped_items_are_joined() -> None:
    source = read_pdf(
        [
            *lines(80, "Defences to negligence in most courts of the common law world are these:"),
            *lines(100, "• Contributory negligence of the person who was harmed, which lowers the"),
            *lines(114, "damages that are paid", x=LEFT + 12),
            *lines(130, "• not a full defence", x=LEFT + 24),
            *lines(146, "• Consent"),
            *lines(162, "1. Voluntary"),
        ]
    )
    assert source.text.endswith(
        "- Contributory negligence of the person who was harmed, which lowers the damages that "
        "are paid\n"
        "  - not a full defence\n"
        "- Consent\n"
        "1. Voluntary"
    )


def test_a_word_parted_at_the_end_of_a_line_is_whole_again() -> None:
    source = read_pdf(
        lines(80, "The contract needs an offer, an acceptance and consider-",
              "ation, and the parties must want to be bound; a well-known",
              "rule says that silence is no acceptance, as is well-",
              "known since 1862.")
    )  # fmt: skip
    assert "consideration, and" in source.text
    assert "well-known since" in source.text


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Left line {n} with some words about the first column" for n in range(12)]
    right = [f"right line {n} with some words about the second one" for n in range(12)]
    source = read_pdf(
        [
            Print(LEFT, 60, "Constitutional law in two columns for everybody", 16),
            *lines(90, *left, x=50, size=9),
            *lines(93, *right, x=310, size=9),
        ]
    )
    text = source.text
    assert text.index("Left line 11") < text.index("right line 0") < text.index("right line 11")


def test_rows_with_the_same_columns_are_a_table() -> None:
    rows = [("Court", "Judges", "Seat"), ("Supreme", "12", "London"), ("Appeal", "39", "Cardiff")]
    prints = [
        Print(LEFT + 130 * column, 80 + 16 * row, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    source = read_pdf(prints)
    assert (
        "| Court | Judges | Seat |\n| --- | --- | --- |\n| Supreme | 12 | London |" in source.text
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [Print(LEFT, 40, f"Land law, week {n}"), *lines(200, f"{LOREM} Part {n}."),
         Print(290, 810, f"Page {n} of 3")]
        for n in (1, 2, 3)
    ]  # fmt: skip
    text = read_pdf(*pages).text
    assert "week" not in text
    assert "Page" not in text
    assert text.count("signed in Vienna") == 3


def test_every_page_is_known_by_the_line_it_begins_on() -> None:
    source = read_pdf(
        [Print(LEFT, 200, "Murder", 18), *lines(230, f"{LOREM}")],
        [],
        [Print(LEFT, 200, "Theft", 18), *lines(230, f"{LOREM} It was.")],
    )
    texts = source.text.split("\n")
    assert [texts[line - 1] for line in source.pages] == ["# Murder", "# Theft", "# Theft"]


def test_a_statement_that_runs_over_a_page_stays_whole() -> None:
    source = read_pdf(
        lines(700, "A lease of more than three years must be made by a deed that is signed in the"),
        lines(100, "presence of a witness."),
    )
    assert "signed in the presence of a witness." in source.text


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (pdf([]), Unread.SCANNED, "recognised"),
        (pdf([Print(72, 72, "7")]), Unread.SCANNED, "recognised"),
        (b"%PDF-1.7 and nothing more", Unread.DAMAGED, "print it to a new PDF"),
        (pdf([Print(72, 72, LOREM)])[:300], Unread.DAMAGED, "print it to a new PDF"),
        (
            pdf([Print(72, 72, LOREM)]).replace(
                b"/Size", b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32
                + b") /U (" + b"u" * 32 + b") >> /ID [(a) (a)] /Size"),
            Unread.LOCKED,
            "without one",
        ),
    ],
    ids=["empty", "picture", "no body", "cut off", "locked"],
)  # fmt: skip
def test_a_pdf_that_holds_no_text_is_refused_with_a_way_out(
    data: bytes, code: Unread, words: str
) -> None:
    with pytest.raises(Unreadable, match=words) as refused:
        read("notes.pdf", data)
    assert refused.value.code is code


def test_a_pdf_is_known_by_its_bytes_not_its_name() -> None:
    assert read("notes.txt", pdf([Print(72, 72, LOREM)])).kind is SourceKind.PDF
    assert read("notes.pdf", b"Just text").kind is SourceKind.PLAIN


WORDS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(Print, st.integers(-50, 650), st.integers(-50, 900), WORDS, st.integers(1, 60)),
        max_size=25,
    ),
)
def test_any_print_is_read_or_refused(prints: list[Print]) -> None:
    try:
        source = read_pdf(prints, prints)
    except Unreadable as refused:
        assert refused.message.endswith(".")
    else:
        assert source.text.strip()
        assert list(source.pages) == sorted(source.pages)
