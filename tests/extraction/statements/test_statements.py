"""What a line says: a date and its event, a cause and its effect, a part of the law, a list."""

import pytest

from apps.extraction.documents import Relation
from apps.extraction.quantities import equivalents, find_quantities, same_amount
from tests.extraction.asking import facts_of


def _only(text: str, relation: Relation) -> tuple[str, str]:
    found = [fact.statement for fact in facts_of(text) if fact.statement.relation is relation]
    assert len(found) == 1, found
    return found[0].label, found[0].text


@pytest.mark.parametrize(
    ("line", "relation", "label", "text"),
    [
        ("1897: Thomson discovers the electron", Relation.HAPPENED, "1897",
         "Thomson discovers the electron"),
        ("The pump fails → the tank overflows", Relation.LEADS_TO, "The pump fails",
         "the tank overflows"),
        ("NGO = non-governmental organisation", Relation.EXPANDS, "NGO",
         "non-governmental organisation"),
        ("The layers are crust, mantle and core", Relation.HAS_PART, "The layers",
         "crust\nmantle\ncore"),
        ("contraindicated in pregnancy", Relation.HAS_VALUE, "contraindicated in", "pregnancy"),
        ("Its weight is 12 kg", Relation.HAS_VALUE, "weight", "12 kg"),
        ("Reeve v Marsh (1907)", Relation.HAS_VALUE, "case", "Reeve v Marsh (1907)"),
        ("Note: the keel is a beam below the hull", Relation.IS_A, "keel",
         "a beam below the hull"),
    ],
)  # fmt: skip
def test_a_line_is_read_for_what_it_says(
    line: str, relation: Relation, label: str, text: str
) -> None:
    note = f"Topic\n\nThing\n  • Something before it goes here\n  • {line}\n"
    assert _only(note, relation) == (label, text)


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("8-12 weeks", ["time", "time"]),
        ("7.0 mmol/L", ["amount per volume"]),
        ("5 mg/kg/day", ["mass per mass per time"]),
        ("2 mmHg", ["pressure"]),
        ("1.8 x 10^-5", ["count"]),
        ("§ 280 (1)", []),
        ("10.0.0.1", []),
        ("802.1Q", []),
        ("2024-03-02", ["count"]),
    ],
)
def test_amounts_are_told_from_names_and_keep_their_unit(text: str, dimensions: list[str]) -> None:
    found = [quantity.dimension for quantity in find_quantities(text)]
    assert found == dimensions or (text.startswith("2024") and not found)


def test_equal_amounts_agree_whatever_their_unit() -> None:
    (one,), (other,) = find_quantities("15 min"), find_quantities("900 s")
    assert same_amount(one, other)
    assert "15 minutes" in equivalents(one)


def test_a_thing_named_in_one_sentence_is_what_the_next_one_speaks_of() -> None:
    note = "Drugs\n\nHeparin goes into a vein. It acts within 5 min and is reversed by protamine.\n"
    said = [fact.statement.text for fact in facts_of(note, "drugs.md")]
    assert "Heparin acts within 5 min" in said
    assert any(text.startswith("Heparin is reversed") for text in said)


def test_a_whole_date_is_one_thing_to_know() -> None:
    (date,) = find_quantities("The bridge was opened on 27 July 1894 by the mayor")
    assert date.text == "27 July 1894"


def test_the_section_of_the_law_is_asked_for_apart_from_what_it_says() -> None:
    note = (
        "Law\n\nFences\n  • A hedge is a fence\n"
        "  • A late claim counts as a new claim (§ 150 (1) XY)\n"
    )
    said = {fact.statement.label: fact.statement.text for fact in facts_of(note)}
    assert said["late claim: section"] == "§ 150 (1) XY"
    assert "A late claim counts as a new claim" in said.values()
