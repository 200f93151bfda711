"""What the history says has changed."""

from hypothesis import given
from hypothesis import strategies as st

from apps.bank.changes import Change, changes, word_diff

PROSE = st.text(st.sampled_from("ab c.\n"), max_size=60) | st.text(max_size=40)


@given(PROSE, PROSE)
def test_both_versions_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    spans = word_diff(old, new)
    assert "".join(span.text for span in spans if span.change != Change.ADDED) == old
    assert "".join(span.text for span in spans if span.change != Change.REMOVED) == new


def test_only_the_words_that_differ_are_marked() -> None:
    spans = word_diff("The hart pumps blood.", "The heart pumps blood.")
    marked = [(span.change, span.text) for span in spans if span.change != Change.SAME]
    assert marked == [(Change.REMOVED, "hart"), (Change.ADDED, "heart")]


def test_fields_that_stayed_are_left_out() -> None:
    old = {"stem": "Which?", "choices": [{"text": "a", "is_correct": True, "why": ""}]}
    new = {"stem": "Which?", "choices": [{"text": "a", "is_correct": False, "why": "no"}]}
    [(field, spans)] = changes(old, new)
    assert field == "choices"
    assert "".join(s.text for s in spans if s.change != Change.REMOVED) == "✗ a (no)"
