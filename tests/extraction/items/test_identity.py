"""An item stays itself while its note is edited round it."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.extraction.documents import Extraction
from tests.extraction.asking import drafts, drawn_from
from tests.extraction.items.test_kinds import FIREWALLS, GOVERNMENT, TREATY, VITAMINS
from tests.extraction.notes import MARKDOWN, SHAPES

OURS = {"a.md": VITAMINS, "b.md": FIREWALLS, "c.md": TREATY, "d.md": GOVERNMENT, **SHAPES}
WORDS = st.text(string.ascii_lowercase, min_size=3, max_size=9)


def keys(extraction: Extraction) -> list[str]:
    return [draft.key for draft in drafts(extraction)]


@given(st.sampled_from(sorted(OURS)))
def test_an_unchanged_note_gives_the_same_items(name: str) -> None:
    assert drawn_from(OURS[name], name) == drawn_from(OURS[name], name)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["a.md", "b.md", "c.md", "d.md", "heart.md"]), st.data())
def test_ten_lines_on_top_change_no_key(name: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.lists(WORDS, min_size=2, max_size=5), min_size=8, max_size=8))
    added = "\n".join(f"- zz{' '.join(words)}" for words in lines)
    text = f"# Something else\n\n{added}\n\n{OURS[name]}"
    assert set(keys(drawn_from(OURS[name], name))) <= set(keys(drawn_from(text, name)))


@given(st.integers(2, 400), st.integers(2, 400))
def test_a_changed_number_changes_no_key(old: int, new: int) -> None:
    def note(number: int) -> str:
        return MARKDOWN.replace("250 ms", f"{number} ms")

    assert keys(drawn_from(note(old), "heart.md")) == keys(drawn_from(note(new), "heart.md"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(sorted(OURS)), min_size=1, max_size=4))
def test_two_items_never_share_a_key(names: list[str]) -> None:
    found = keys(drawn_from("\n\n".join(OURS[name] for name in names), "note.md"))
    assert len(set(found)) == len(found)


def test_a_definition_that_stops_being_unique_keeps_its_key() -> None:
    more = VITAMINS + "- **Citrate**: builder of collagen found in citrus peel\n"
    before = {card.front: card.key for card in drawn_from(VITAMINS, "note.md").cards}
    after = {card.front: card.key for card in drawn_from(more, "note.md").cards}
    front = "Vitamins: what is meant by “Ascorbate”?"
    assert before[front] == after[front]
