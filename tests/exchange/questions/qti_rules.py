"""What QTI 3 and its packages demand of every file, whatever the questions say."""

import io
import posixpath
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PACKAGE = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
METADATA = "{http://www.imsglobal.org/xsd/imsqti_metadata_v3p0}"
MANIFEST = "imsmanifest.xml"
ITEM, STIMULUS = "imsqti_item_xmlv3p0", "imsqti_stimulus_xmlv3p0"
# The children of an item in the order that QTI gives them.
IN_ORDER = [
    "qti-response-declaration",
    "qti-outcome-declaration",
    "qti-assessment-stimulus-ref",
    "qti-item-body",
    "qti-response-processing",
    "qti-modal-feedback",
]
# What is declared of an answer, by the interaction that takes it and how many it takes.
DECLARED = {
    ("qti-choice-interaction", "1"): {("single", "identifier")},
    ("qti-choice-interaction", "0"): {("multiple", "identifier")},
    ("qti-order-interaction", None): {("ordered", "identifier")},
    ("qti-match-interaction", None): {("multiple", "directedPair")},
    ("qti-text-entry-interaction", None): {("single", "string"), ("single", "float")},
}
NAMES = {
    "qti-choice-interaction": "choiceInteraction",
    "qti-order-interaction": "orderInteraction",
    "qti-match-interaction": "matchInteraction",
    "qti-text-entry-interaction": "textEntryInteraction",
}


def unpacked(data: bytes) -> dict[str, Element]:
    """The files of a package by their paths; each is XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        texts = {name: archive.read(name) for name in archive.namelist()}
    # Our own words, written a moment ago.
    return {name: ElementTree.fromstring(text) for name, text in texts.items()}  # noqa: S314


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def named(element: Element, attribute: str, *tags: str) -> list[str]:
    """This attribute of all elements below with these tags."""
    return [each.get(attribute, "") for tag in tags for each in element.iter(f"{QTI}{tag}")]


def right_answers(item: Element) -> list[str]:
    return [value.text or "" for value in item.iterfind(f".//{QTI}qti-correct-response/*")]


def check_package(data: bytes) -> None:
    """The manifest lists every file once, and all that is named in a file is there."""
    files = unpacked(data)
    manifest = files.pop(MANIFEST)
    identifiers = [
        each.get("identifier", "") for each in manifest.iter() if "identifier" in each.attrib
    ]
    assert len(set(identifiers)) == len(identifiers)
    resources = list(manifest.iter(f"{PACKAGE}resource"))
    listed = [each.get("href", "") for each in manifest.iter(f"{PACKAGE}file")]
    assert sorted(listed) == sorted(files)
    for resource in resources:
        path = resource.get("href", "")
        element = files[path]
        assert path in [each.get("href") for each in resource.iter(f"{PACKAGE}file")]
        assert element.get("identifier") == resource.get("identifier")
        assert element.get("title"), "an item and a stimulus have a title"
        about = {each.get("identifierref") for each in resource.iter(f"{PACKAGE}dependency")}
        if resource.get("type") == STIMULUS:
            assert (local(element), about) == ("qti-assessment-stimulus", set())
            assert [local(child) for child in element] == ["qti-stimulus-body"]
            continue
        assert (resource.get("type"), local(element)) == (ITEM, "qti-assessment-item")
        check_item(element)
        (kind,) = resource.iter(f"{METADATA}interactionType")
        assert kind.text == NAMES[local(interaction_of(element))]
        references = list(element.iter(f"{QTI}qti-assessment-stimulus-ref"))
        assert {each.get("identifier") for each in references} == about
        for each in references:
            there = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), each.get("href", ""))
            )
            assert files[there].get("identifier") == each.get("identifier")


def interaction_of(item: Element) -> Element:
    (found,) = (each for tag in NAMES for each in item.iter(f"{QTI}{tag}"))
    return found


def check_item(item: Element) -> None:
    """Its parts stand in order, and what is declared is what is asked, set and shown."""
    order = [IN_ORDER.index(local(child)) for child in item]
    assert order == sorted(order)
    (declaration,) = item.iter(f"{QTI}qti-response-declaration")
    interaction = interaction_of(item)
    assert interaction.get("response-identifier") == declaration.get("identifier")
    asked = (local(interaction), interaction.get("max-choices"))
    told = (declaration.get("cardinality", ""), declaration.get("base-type", ""))
    assert told in DECLARED[asked]
    check_key(item, interaction, cardinality=told[0])
    outcomes = named(item, "identifier", "qti-outcome-declaration")
    declared = {*outcomes, declaration.get("identifier")}
    assert len(declared) == len(outcomes) + 1
    assert set(named(item, "identifier", "qti-set-outcome-value")) <= set(outcomes)
    shown = named(item, "outcome-identifier", "qti-feedback-inline", "qti-modal-feedback")
    assert set(shown) <= set(outcomes)
    answers = named(item, "identifier", "qti-variable", "qti-correct", "qti-map-response")
    assert set(answers) <= {declaration.get("identifier")}


def check_key(item: Element, interaction: Element, *, cardinality: str) -> None:
    """The right answers are among those offered, as many as the declaration allows."""
    right = right_answers(item)
    assert len(right) == 1 if cardinality == "single" else right
    assert len(set(right)) == len(right)
    choices = named(interaction, "identifier", "qti-simple-choice")
    assert len(set(choices)) == len(choices)
    if choices:
        assert set(right) <= set(choices)
        assert set(named(item, "identifier", "qti-feedback-inline")) <= set(choices)
    sets = [
        named(each, "identifier", "qti-simple-associable-choice")
        for each in interaction.iter(f"{QTI}qti-simple-match-set")
    ]
    if sets:
        terms, meanings = sets
        assert len({*terms, *meanings}) == len(terms) + len(meanings)
        pairs = [each.split() for each in right]
        assert {term for term, _ in pairs} <= set(terms)
        assert {meaning for _, meaning in pairs} <= set(meanings)
