"""Why something is so, what a thing is for, and what a case at law is known for."""

import pytest

from tests.extraction.asking import asked, drawn_from


def answer_to(text: str, prompt: str, name: str = "note.md") -> str:
    items = asked(drawn_from(text, name))
    return next(item.answer for item in items if prompt in item.prompt)


@pytest.mark.parametrize(
    ("line", "prompt", "answer"),
    [
        (
            "Copper sheathing became common because it kept shipworm out of the hull",
            "Copper sheathing became common – why?",
            "it kept shipworm out of the hull",
        ),
        (
            "The lower gunports stayed shut in heavy seas due to the risk of flooding",
            "stayed shut in heavy seas – why?",
            "the risk of flooding",
        ),
        (
            "Sails were wetted in light winds so that the cloth held more air",
            "Sails were wetted in light winds – why?",
            "the cloth held more air",
        ),
    ],
)
def test_a_reason_is_asked_for(line: str, prompt: str, answer: str) -> None:
    text = f"# Ships\n\n- There were several kinds of ship\n- {line}\n"
    assert answer_to(text, prompt) == answer


def test_since_may_tell_a_time_which_is_no_reason() -> None:
    text = "# Ships\n\n- Steam has driven most warships since the Crimean War\n"
    assert not any("why?" in item.prompt for item in asked(drawn_from(text, "note.md")))


def test_a_purpose_below_a_thing_is_what_the_thing_is_for() -> None:
    text = "# Deck\n\n- Scuppers\n  - to drain water off the deck\n- Hatch\n  - made of oak\n"
    assert answer_to(text, "Scuppers: what for?") == "to drain water off the deck"


@pytest.mark.parametrize(
    "line",
    [
        "Standard of care: Miller v Jackson [1977], cricket balls hit into a garden",
        "Miller v Jackson [1977] - cricket balls hit into a garden",
        "Miller v Jackson 1977, cricket balls hit into a garden",
    ],
)
def test_a_case_is_asked_for_what_it_is_known_for(line: str) -> None:
    text = f"# Nuisance\n\n- There are several torts\n- {line}\n"
    assert answer_to(text, "what is it known for?") == "cricket balls hit into a garden"


def test_the_year_of_a_case_is_no_number_to_know() -> None:
    text = "# Nuisance\n\n- An injunction was refused to the owner, Miller v Jackson (1977)\n"
    items = asked(drawn_from(text, "note.md"))
    assert not any("1977" in item.answer for item in items)
