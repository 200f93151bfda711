"""A gap is one that the learner has to know: what anybody would guess is not asked for."""

import pytest

from tests.extraction.asking import Asked, asked, drawn_from


def gaps(*lines: str, subject: str = "Harbours") -> list[Asked]:
    """What is asked of lines below a heading, after one that tells what the subject is."""
    text = f"# {subject}\n\n- Something stands before it here\n"
    return asked(drawn_from(text + "".join(f"- {line}\n" for line in lines), "n.md"))


@pytest.mark.parametrize(
    "line",
    [
        "The keeper writes down which vessels enter and leave during the long nights of a winter",
        "The outer wall breaks the waves that come from the west before they reach a boat",
        "A pilot is ready to help",
        "The fee is paid at a low price",
        "The dredger removes mud in the event of a failure",
    ],
)
def test_the_far_end_of_a_sentence_is_not_asked_for(line: str) -> None:
    assert gaps(line) == []


def test_what_is_said_against_something_else_is_asked_for_even_at_the_end() -> None:
    (item,) = gaps("A buoy only helps with navigation, not with mooring")
    assert "navigation" in item.answer


def test_a_name_met_on_every_line_is_not_asked_for() -> None:
    lines = (
        "The red crane unloads grain for the Oslo line",
        "A pilot waits at dawn for the Oslo line",
        "The keeper writes letters to the Oslo line",
        "Ice delays the mail ships of the Oslo line",
        "Coal is bought in spring by the Oslo line",
        "The customs house belongs to the Oslo line",
        "Timber is stored behind the sheds of the Oslo line",
        "Two tugs were built in Kiel for the Oslo line",
        "The harbour master retired from the Oslo line",
    )
    assert [item.answer for item in gaps(lines[0])] == ["Oslo line"]
    assert not any(
        item.answer.endswith("Oslo line") for item in gaps(*lines) if "___" in item.prompt
    )


def test_an_amount_said_in_two_units_is_one_answer() -> None:
    (item,) = gaps("A berth is reserved for 900 s (15 minutes)")
    assert item.answer == "900 s (15 minutes)"
    assert item.prompt.endswith("reserved for ___")


def test_the_number_of_a_made_up_case_is_not_asked_for() -> None:
    assert not any(
        item.answer.startswith("30")
        for item in gaps("If the wait is too long (30 minutes), the pilot leaves the quay")
    )


def test_the_things_of_a_series_are_asked_for_one_by_one() -> None:
    (item,) = gaps("The quay handles Grain, Timber, Coal and Wool")
    assert item.answer == "Grain ; Timber ; Coal ; Wool"
    assert "{{c2::Timber::T…}}, {{c3::Coal::C…}} and" in item.card.front


def test_which_kind_it_is_belongs_to_the_answer() -> None:
    (item,) = gaps("The pilot boat lies in a public DOCK")
    assert item.answer == "public DOCK"


def test_what_holds_in_one_state_says_in_which() -> None:
    text = (
        "# Server\n\n- Network:\n  - It could be open:\n    - It is given 2 addresses of 40 bits\n"
        "  - It could be shut:\n    - It is given 1 address of 64 bits\n"
    )
    prompts = [item.prompt for item in asked(drawn_from(text, "n.md"))]
    assert [prompt.split(":")[0] for prompt in prompts] == ["if open", "if shut"]


def test_a_meaning_that_only_says_its_term_again_is_not_asked_for() -> None:
    text = "# Signals\n\n- Lamp-based signals: route traffic based on lamps\n"
    assert not any(item.card.kind == "definition" for item in asked(drawn_from(text, "n.md")))
