"""A sentence with "it" or "they" is shown with what it speaks of, and only with that."""

import pytest

from tests.extraction.asking import facts_of


def said(line: str, above: str = "Backup", title: str = "Database") -> str:
    """Return what the first line below a bullet is taken to say, with what is shown before it."""
    note = f"Topic\n\n{title}\n  • Something before it goes here\n  • {above}:\n    • {line}\n"
    statement = facts_of(f"{note}    • It holds seven old files\n")[-2].statement
    return f"{statement.context}: {statement.label} {statement.text}".strip(": ")


@pytest.mark.parametrize(
    "line",
    [
        "It's possible to add ten users at once",
        "It is recommended to lock the door",
        "It's optional to have a second pump",
    ],
)
def test_it_that_stands_for_nothing_is_not_replaced(line: str) -> None:
    text = said(line, above="Snapshot store")
    assert "Snapshot store is " not in text
    assert "it is " in text


def test_the_numbers_of_pronoun_and_subject_agree() -> None:
    assert "Layers is" not in said("It's like a floor of a house", above="Layers")
    assert "Proxy are" not in said("They are kept in a cold room", above="Proxy")


def test_what_several_things_share_is_said_of_all_of_them() -> None:
    note = "# Forest\n\nOaks, elms are broadleaf trees and they shed leaves in autumn.\n"
    assert not any("Forest" in fact.statement.text for fact in facts_of(note, "n.md"))


def test_under_a_general_heading_it_is_left_open_what_is_meant() -> None:
    text = said("It's taken from the standby machine", above="Backups")
    assert "Database is taken" not in text
    assert "Backups" in text


def test_its_miswritten_as_it_is_still_tells_the_attribute() -> None:
    assert "basic shape" in said("It's basic shape is a ring", above="Torus")
    assert "Torus is basic shape" not in said("It's basic shape is a ring", above="Torus")


def test_a_parent_with_a_dash_in_its_name_is_named_in_full() -> None:
    assert "Vault - Deep" in said("It's a room of shelves for archives", above="Vault - Deep")
