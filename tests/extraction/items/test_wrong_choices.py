"""No wrong choice is true, as far as any line of the note goes."""

from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.documents import QuestionDraft, QuestionKind
from tests.extraction.asking import drawn_from


def single(text: str, words: str) -> QuestionDraft | None:
    """Return the choice question whose stem holds these words, if there is one."""
    found = [
        question
        for question in drawn_from(text, "note.md").questions
        if question.kind is QuestionKind.SINGLE and words in question.stem
    ]
    return found[0] if found else None


def wrong_in(text: str, words: str) -> set[str]:
    question = single(text, words)
    assert question is not None
    return {choice.text for choice in question.choices if not choice.correct}


def queues(extra: str = "") -> str:
    return f"""# Queues

## Post queue

- **Longest stay**: 14 days

## Print queue

- **Longest stay**: 4 days

## Mail queue

- **Longest stay**: 2 days

## Chat queue

- **Longest stay**: 20 days

{extra}
"""


def test_the_values_of_siblings_are_the_wrong_choices() -> None:
    assert wrong_in(queues(), "Post queue: Longest stay") <= {"4 days", "2 days", "20 days"}


def test_a_value_that_another_line_gives_the_subject_is_no_wrong_choice() -> None:
    text = queues("## Notes\n\n- A letter in the post queue can be asked for after 4 days\n")
    assert "4 days" not in wrong_in(text, "Post queue: Longest stay")


def test_the_same_amount_in_another_unit_is_no_wrong_choice() -> None:
    text = queues("## Fax queue\n\n- **Longest stay**: 336 hours\n")
    assert "336 hours" not in wrong_in(text, "Post queue: Longest stay")


def test_bits_and_bytes_of_one_number_are_not_set_against_each_other() -> None:
    text = """# Links

## Copper

- **Top rate**: 1 Gbps

## Glass

- **Top rate**: 1 GBps

## Radio

- **Top rate**: 2 Gbps

## Light

- **Top rate**: 5 Gbps
"""
    assert "1 GBps" not in wrong_in(text, "Copper: Top rate")


def test_a_number_that_the_bound_implies_is_no_wrong_choice() -> None:
    rooms = "".join(
        f"## Ward {name}\n\n- It needs at least {number} nurses by night\n\n"
        for name, number in (("A", 2), ("B", 4), ("C", 6), ("D", 8), ("E", 9))
    )
    assert wrong_in(f"# Wards\n\n{rooms}", "Ward B needs") <= {"6", "8", "9"}


def test_an_attribute_with_two_values_is_asked_by_no_choice() -> None:
    text = queues("## Post queue\n\n- **Longest stay**: 7 days\n")
    assert single(text, "Post queue: Longest stay") is None


def test_the_row_of_a_table_is_not_mixed_with_its_other_rows() -> None:
    text = """# Styles

| Aspect | Baroque | Gothic |
|---|---|---|
| Building time | decades | centuries |
| Wall type | curved stone | pointed arches |
| Light source | domes | tall windows |
"""
    assert single(text, "Baroque") is None


@given(st.lists(st.integers(1, 400), min_size=4, max_size=12, unique=True))
def test_whatever_the_numbers_the_right_one_stands_alone(numbers: list[int]) -> None:
    sections = "".join(
        f"## Vessel {chr(65 + place)}\n\n- **Burst pressure**: {number} mmHg\n\n"
        for place, number in enumerate(numbers)
    )
    for question in drawn_from(f"# Vessels\n\n{sections}", "note.md").questions:
        right = [choice for choice in question.choices if choice.correct]
        texts = [choice.text for choice in question.choices]
        assert len(set(texts)) == len(texts)
        if question.kind is QuestionKind.SINGLE:
            assert len(right) == 1
            assert len(texts) >= 3


def test_a_number_beyond_a_bound_is_no_wrong_choice() -> None:
    loads = "".join(
        f"## Dock {name}\n\n- A crane is required for anything beyond {number} kg\n\n"
        for name, number in (("A", 20), ("B", 40), ("C", 60), ("D", 80))
    )
    assert single(f"# Docks\n\n{loads}", "Dock B") is None


def test_what_can_be_done_to_a_degree_can_be_done_to_a_lesser() -> None:
    masts = "".join(
        f"## Mast {name}\n\n- It can be raised up to the last {number} m\n\n"
        for name, number in (("A", 20), ("B", 40), ("C", 60), ("D", 80), ("E", 90))
    )
    question = single(f"# Masts\n\n{masts}", "Mast B")
    assert question is None or not {"20 m"} & {choice.text for choice in question.choices}


def test_a_thousand_and_its_binary_neighbour_are_not_set_against_each_other() -> None:
    text = "# Links\n\n" + "".join(
        f"## {name}\n\n- **Top rate**: {rate}\n\n"
        for name, rate in (("Copper", "250 MBps"), ("Glass", "250 MiB/s"), ("Radio", "90 MBps"),
                           ("Light", "500 MBps"), ("Smoke", "60 MiB/s"))
    )  # fmt: skip
    assert "250 MiB/s" not in wrong_in(text, "Copper: Top rate")


def test_a_class_is_no_wrong_choice_for_what_belongs_to_it() -> None:
    text = """# Answers

- **507 errors**: the disk below the shelf is full up
- **5xx errors**: the kitchen itself went wrong somewhere
- **4xx errors**: the guest asked for something strange
- **302 answers**: the page moved for a while elsewhere
"""
    question = single(text, "the disk below")
    assert question is None or "5xx errors" not in {choice.text for choice in question.choices}


def test_terms_of_one_family_with_like_meanings_are_not_set_against_each_other() -> None:
    text = """# Berths

- **Private suites**: only your own party ever sleeps on the deck
- **Private cabins**: no stranger shares the room around you
- **Bunks**: short and cheap stays on the lower floor
- **Hammocks**: swinging cloth hung up between two masts
"""
    question = single(text, "only your own party")
    assert question is None or "Private cabins" not in {c.text for c in question.choices}
