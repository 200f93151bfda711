"""Lines of a page or of a course that say nothing of the subject: no card, no topic."""

import pytest

from tests.extraction.asking import asked, drawn_from


def note_with(line: str) -> str:
    """Return a note of two facts with a line between them, the fifth."""
    return f"Cells\n\nNuclei hold the chromosomes.\n\n{line}\n\nAquaporins channel water.\n"


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to improve your experience. Accept all | Reject",
        "Share this: Facebook Twitter Reddit",
        "Pin it   Tweet   Email",
        "Print   PDF   Cite",
        "Get 50% off our bootcamp — use code PACKET50",
        "👍 127   💬 14 comments   🔖 Save",
        "Read next: 10 filters you should know",
        "Jump to navigation  Jump to search",
        "Scanned with ScanApp",
        "Downloaded from studyshare.example on 02/02/2024 by user 48213",
        "Rating: 4.5 (31 votes)",
        "Copyright Elsevier 2019",
        "You have 2 free articles left this month.",
        "Lecture 4, 12 March, Prof. Baker",
        "Bio 201 — Lecture 7, Thursday 23 March, Dr. Okafor, room B-204",
        "hw due Friday",
        "Seminar paper due: 30 June, 8 pages",
        "TODO: redraw the picture",
        "Slides will be uploaded to Moodle after class",
        "Exam is on the 14th of February, 10:00, aula 2, bring ID",
        "Midterm = 30% of the grade, final = 50%",
        "Office hours Tue 2-4pm room 311",
        "(didn't get the rest, ask Mia for her notes)",
        "Sign the attendance list!!!",
        "Good luck everybody",
    ],
)
def test_furniture_of_pages_and_courses_is_neither_asked_for_nor_a_topic(line: str) -> None:
    extraction = drawn_from(note_with(line))
    assert not any(5 in range(s.first, s.last + 1) for i in asked(extraction) for s in i.card.spans)
    assert all(topic.line != 5 for topic in extraction.topics)


@pytest.mark.parametrize(
    "line",
    [
        "Cookies are sent by the website in the Set-Cookie header",
        "The project failed due to inflation",
        "Promoted to consul, Marius reformed the army",
        "This section may be cited as the Fences Act",
        "Lecture 4: Enzymes and their kinetics",
        "Three reactions take place in the citric acid cycle",
        "Tag: 4 bytes",
        "Image: real and inverted",
    ],
)
def test_facts_in_like_words_are_kept(line: str) -> None:
    fates = {record.line: record for record in drawn_from(note_with(line)).records}
    reason = str(fates[5].reason) if 5 in fates else ""
    assert reason not in ("page chrome", "author's remark", "chrome", "remark")


def test_the_menu_of_a_page_is_no_section_twice() -> None:
    note = (
        "Meiji\n\nContents [hide]\n1 Reforms\n2 Wars\n\n"
        "Reforms\n\nEdo was renamed Tokyo in 1868.\n\nWars\n\nKorea was annexed in 1910.\n"
    )
    titles = [topic.title for topic in drawn_from(note).topics]
    assert [title for title in titles if title.endswith(("Reforms", "Wars"))] == ["Reforms", "Wars"]
