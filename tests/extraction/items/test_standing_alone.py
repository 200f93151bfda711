"""What means something only on its page, or to its writer, is not asked of anybody."""

import pytest

from tests.extraction.asking import asked, drafts, drawn_from


def prompts(*lines: str, title: str = "Lakes") -> list[str]:
    """Every prompt of cards drawn from bullets below a heading."""
    bullets = "\n".join(f"- {line}" for line in lines)
    text = f"# {title}\n\n- Something stands before it here\n{bullets}\n"
    return [item.prompt for item in asked(drawn_from(text, "n.md"))]


@pytest.mark.parametrize(
    "line",
    [
        "Meanwhile, another boat can carry the following passenger",
        "A dam can also be used within a valley in a similar way",
        "The gate can instead rely on fewer, stronger doors",
        "There are sluices which are steered by",
        "↑ to cross the border show a passport",
        "A : B - * : 1",
        "A router with a public address is 53.12.23.11",
        "Three types of lake (not of the sea)",
    ],
)
def test_a_line_that_leans_on_the_page_is_not_asked(line: str) -> None:
    assert prompts(line) == []


def test_an_address_that_everybody_has_may_be_asked() -> None:
    (prompt,) = prompts("The metadata of a host are served at 169.254.169.254")
    assert prompt.endswith("served at ___")


def test_what_follows_an_announced_example_is_an_example() -> None:
    text = (
        "# Address translation\n\n- How it works: let's have an example:\n"
        "  - A private host has 3 addresses of its own\n  - The gate replaces the source\n"
        "- The gate forgets an idle flow after 350 seconds\n"
    )
    (item,) = asked(drawn_from(text, "n.md"))
    assert item.answer == "350 seconds"


def test_a_part_of_an_example_is_an_example_too() -> None:
    text = "# Example of a shop\n\n## Orders\n\n- Orders are kept for 90 days in a queue\n"
    assert drafts(drawn_from(text, "n.md")) == []


def test_a_reference_to_another_place_is_left_out() -> None:
    assert prompts("The lake exists in a single valley (See the map)") == [
        "The lake exists in a ___"
    ]


def test_a_range_is_asked_for_whole_and_not_from_its_lower_end() -> None:
    (card,) = asked(drawn_from("# Drum\n\n- Drums\n  - Size of 500 GiB - 16 TiB\n", "n.md"))
    assert card.answer == "500 GiB - 16 TiB"
    (scaled,) = prompts("The queue scales from 1 message per second to 9,000 messages per second")
    assert "1 message" in scaled


def test_the_one_that_is_the_only_one_is_not_asked() -> None:
    asked_of = prompts("The gate still lives in only 1 region of the land")
    assert not any("only ___" in prompt for prompt in asked_of)


def test_a_list_of_what_is_not_so_is_not_asked_as_if_it_were() -> None:
    listed = prompts("A guest can NOT view it", "A guest can NOT manage it", title="Ledger")
    assert not any("name the 2" in prompt for prompt in listed)


def test_a_list_says_what_it_lists() -> None:
    opener = "# Gateway\n\n- For each resource:\n"
    text = f"{opener}  - Choose a method\n  - Set the roles\n  - Pick a target\n"
    assert not any("name" in item.prompt for item in asked(drawn_from(text, "n.md")))


@pytest.mark.parametrize(
    "said", ["the default queue type", "a /64 block", "a way of getting rid of tapes"]
)
def test_one_thing_said_of_a_term_is_not_its_meaning(said: str) -> None:
    assert not any("meant" in prompt for prompt in prompts(f"Standard Queue: {said}"))


def test_what_is_said_under_an_aspect_is_not_the_meaning_of_the_topic() -> None:
    text = "# Pump\n\n- Integrations:\n  - A meter at the end of the line\n"
    assert not any("meant" in item.prompt for item in asked(drawn_from(text, "n.md")))


def test_a_topic_does_not_answer_for_its_own_abbreviation() -> None:
    assert (
        prompts("Make sure to empty the DLQ before letters expire", title="Dead Letter Queue") == []
    )


@pytest.mark.parametrize(
    "line",
    [
        "Predictive planning finds when to scale, and plans ahead of the fact",
        "The doors of a lock could be best fit here",
        "Sensors on Mars that reach a probe that's on Venus have short paths",
        "Boats are river boats",
        "The canal has a price model (Reserved, On Demand) of its own",
    ],
)
def test_half_a_term_an_idiom_and_what_was_said_already_are_no_answers(line: str) -> None:
    tails = ("of the fact", "best fit here", "that's", "river boats", "Demand")
    answers = [item.answer for item in asked(drawn_from(f"# Lakes\n\n- {line}\n", "n.md"))]
    assert not [answer for answer in answers if answer.endswith(tails)]


def test_it_that_stands_for_nothing_is_no_subject() -> None:
    text = (
        "# Gates\n\n- Route table:\n  - It's particularly recommended not to add the Border Gate\n"
    )
    assert not any("table is" in item.prompt for item in asked(drawn_from(text, "n.md")))


def test_a_name_that_half_of_the_note_has_is_not_asked() -> None:
    lines = "\n".join(f"- {thing} carries its letters to Rhodes" for thing in (
        "The red boat", "The blue boat", "A mule", "A carrier", "The old fisherman", "A nun",
        "The herald", "A merchant", "The smith", "A captain", "The baker", "A scribe",
    ))  # fmt: skip
    asks = asked(drawn_from(f"# Post\n\n{lines}\n", "n.md"))
    assert all(item.answer != "Rhodes" for item in asks)


def test_a_note_named_by_a_machine_is_no_subject() -> None:
    text = "Some words of a note that nobody gave a heading, in one long line of its own.\n"
    titles = [topic.title for topic in drawn_from(text, "002_771e154898bf9681.txt").topics]
    assert not any("771e" in title for title in titles)


def test_a_list_without_indents_goes_on_with_what_it_spells_out() -> None:
    lines = "- Routing protocols:\n- RIP: The Routing Information Protocol is the oldest one\n"
    text = f"# Networks\n\n{lines}- Uses the Bellman-Ford algorithm\n"
    prompts = [item.prompt for item in asked(drawn_from(text, "n.md"))]
    assert any("RIP: Uses" in prompt for prompt in prompts)
