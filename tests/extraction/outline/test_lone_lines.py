"""Notes jotted down without bullets: lone lines, bars for tables, numbers for headings."""

import pytest

from tests.extraction.asking import answer_to, asked, drawn_from

ARM = """Arm
biceps brachii: flexes the elbow, supinates the forearm. Nerve: musculocutaneous
triceps has three heads. It is supplied by the radial nerve.
Fracture of the shaft → radial nerve injury → wrist drop

Hand
nerve | motor | injury
median | thenar muscles | ape hand
ulnar | interossei | claw hand
radial | wrist extensors | wrist drop
"""
TREATIES = """Law of treaties

1) Signature
A treaty is binding on those who sign and ratify it.
   A treaty ends by:
      - denunciation
      - lapse of time

2) Reservation
Silence is not consent (Holt v Marsh Shipping, 1862).
"""
WAR = """## The Long War

Phases
1. Northern (1618-25)
2. Southern (1625-29)
3. Western (1630-35)

Edict of Return (1629) - ordered the return of land taken since 1552
Gustav Horn landed in Bremen in 1630. He was killed at Lund in 1632.
Count Orsay brought Savoy into the war although Savoy was neutral until then, to the joy of all.
"""


def test_a_line_that_begins_in_small_letters_may_be_a_line_of_its_own() -> None:
    extraction = drawn_from(ARM, "arm.txt")
    assert answer_to(extraction, "Biceps brachii") == "flexes the elbow, supinates the forearm"
    assert answer_to(extraction, "Triceps is supplied by") == "radial nerve"


def test_what_leads_to_what_is_no_heading() -> None:
    topics = [topic.title for topic in drawn_from(ARM, "arm.txt").topics]
    assert topics == ["Arm", "Hand"]
    (steps,) = [item for item in asked(drawn_from(ARM, "arm.txt")) if "right order" in item.prompt]
    assert steps.answer.splitlines()[1] == "radial nerve injury"


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [("median", "motor", "thenar muscles"), ("ulnar", "injury", "claw hand")],
)
def test_bars_between_words_make_a_table(row: str, column: str, value: str) -> None:
    assert answer_to(drawn_from(ARM, "arm.txt"), f"{row}: {column}") == value


def test_a_numbered_name_right_on_its_text_is_a_heading() -> None:
    extraction = drawn_from(TREATIES, "law.txt")
    assert {"Signature", "Reservation"} <= {topic.title for topic in extraction.topics}
    assert not any(topic.title.startswith("A treaty ends") for topic in extraction.topics)


def test_the_name_of_a_case_is_asked_for_whole() -> None:
    assert answer_to(drawn_from(TREATIES, "law.txt"), "Silence is not") == "Holt v Marsh Shipping"


def test_a_plural_right_above_a_list_opens_it() -> None:
    assert answer_to(drawn_from(WAR, "war.md"), "Phases: name the 3").splitlines()[0] == (
        "Northern (1618-25)"
    )


def test_uneven_lines_of_a_paragraph_are_read_one_by_one() -> None:
    extraction = drawn_from(WAR, "war.md")
    assert answer_to(extraction, "Edict of Return (1629): ordered") == "1552"
    assert answer_to(extraction, "Gustav Horn was killed") == "1632"
