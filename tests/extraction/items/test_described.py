"""What is asked of a term beside which a note says something, and of whom a sentence tells."""

import pytest

from tests.extraction.asking import Asked, asked, drawn_from


def cards(text: str, name: str = "note.md") -> list[Asked]:
    return asked(drawn_from(text, name))


def answer_to(text: str, prompt: str) -> str:
    return next(item.answer for item in cards(text) if prompt in item.prompt)


def prompts(text: str) -> list[str]:
    return [item.prompt for item in cards(text)]


SHIPS = """# Ships

- There are several kinds of rigging
- {line}
- Oak was the usual timber of the hull
"""


@pytest.mark.parametrize(
    ("line", "prompt", "answer"),
    [
        (
            "Windlass: hoists the anchor and holds its chain",
            "Windlass: what does it do?",
            "hoists the anchor and holds its chain",
        ),
        (
            "Archimedes' principle: a body is pushed up by the weight of the water it displaces",
            "what does it say?",
            "a body is pushed up by the weight of the water it displaces",
        ),
        (
            "Under way in fog: keep a lookout forward and sound the horn from time to time",
            "Under way in fog: what applies?",
            "keep a lookout forward and sound the horn from time to time",
        ),
    ],
)
def test_all_that_stands_beside_a_term_is_one_answer(line: str, prompt: str, answer: str) -> None:
    assert answer_to(SHIPS.format(line=line), prompt) == answer


def test_a_thing_of_which_the_note_says_much_is_not_asked_for_what_it_does() -> None:
    lines = [
        "Keel laying is done on a Friday by custom",
        "The crew sails past the Keel every morning",
        "Painters scrape the Keel in spring",
        "A diver looks after the Keel in harbour",
        "Keel bolts rust within ten years",
    ]
    text = "# Yard\n\n" + "\n".join(f"- {line}" for line in lines)
    assert not any("Keel: what does it do?" in prompt for prompt in prompts(text))


def test_the_verb_that_opens_a_line_leads_to_what_is_asked_for() -> None:
    text = "# Shellfish\n\n## Barnacles\n\n- there are many kinds\n- foul propellers\n"
    assert not any("foul" in prompt for prompt in prompts(text))
    text = "# Shellfish\n\n## Shipworm\n\n- found all over the world\n- destroys oak timber\n"
    assert answer_to(text, "destroys") == "oak timber"


def test_what_a_date_names_is_asked_for_itself() -> None:
    text = "Key dates\n\n1571 - Lepanto, last great battle of galleys\n1805 - Trafalgar was won\n"
    items = asked(drawn_from(text, "dates.txt"))
    assert any("Lepanto" in item.prompt and "last great" in item.answer for item in items)
    assert any(item.prompt == "1571: what happened?" for item in items)


def test_an_abbreviation_spelt_out_before_more_is_said_gives_both() -> None:
    text = "# Navigation\n\n- GPS = global positioning system, needs four satellites in view\n"
    assert answer_to(text, "What does “GPS” stand for?") == "global positioning system"
    assert any(
        "needs four satellites" in item.answer or "four" in item.answer for item in cards(text)
    )


def test_several_terms_in_one_line_are_told_apart() -> None:
    text = "# Signals\n\n- Alfa = diver below, Bravo = dangerous cargo, Hotel = pilot on board\n"
    answers = {item.prompt.split(":")[-2].strip(): item.answer for item in cards(text)}
    assert "dangerous cargo" in answers["Bravo"]
    assert "pilot on board" in answers["Hotel"]


def test_the_first_line_below_a_name_may_say_in_small_letters_what_it_is() -> None:
    text = "# Rigging\n\n## Jacob ladder\n\n- path for the pilot up a ship's side\n- tarred often\n"
    assert answer_to(text, "Jacob ladder") == "path for the pilot up a ship's side"
