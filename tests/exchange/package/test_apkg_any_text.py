"""Whatever is typed into a card: it arrives as typed, and its cards are those that Anki makes."""

import io
import unicodedata
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.exchange.anki.package.contents import NoteKind
from apps.exchange.anki.package.fields import render
from apps.exchange.anki.package.textfile import write_text
from tests.exchange.anki_gate import (
    assert_clean,
    assert_gentle,
    import_into_anki,
    update_in_anki,
)
from tests.exchange.package.samples import guid, note, package, plain, shown

T = TypeVar("T")
EXAMPLES = 300
ASCII_SPACE = "\t\n\v\f\r "

characters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&{}[]:$\n\t\"'; ")
markers = ("{{", "}}", "{{c1::", "{{c2::", "{{c1,3::", "{{c0::", "{{c,1::", "{{c01::", "{{c501::")
markup = ("::", "[latex]", "[/latex]", "[$]", "[sound:", "[anki:", "<br>", "&nbsp;", "<img src=x>")
fragments = st.sampled_from((*markers, *markup, "\r\n"))
typed = st.lists(characters | fragments, max_size=20).map("".join)
broken_markers = tuple(marker for marker in markers if marker != "{{c,1::")
broken = st.lists(st.sampled_from((*broken_markers, *"xyz")), max_size=20).map("".join)

# A stretch of a well-formed cloze: as it is typed, and what it shows once all is revealed.
Stretch = tuple[str, str]
unmarked = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}:"))
numbers = st.lists(st.integers(1, 500), min_size=1, max_size=3)


def joined(stretches: list[Stretch]) -> Stretch:
    return "".join(text for text, _ in stretches), "".join(revealed for _, revealed in stretches)


def deletions(inner: st.SearchStrategy[Stretch]) -> st.SearchStrategy[Stretch]:
    return st.builds(
        lambda hidden, named: (f"{{{{c{','.join(map(str, named))}::{hidden[0]}}}}}", hidden[1]),
        st.lists(inner, max_size=3).map(joined),
        numbers,
    )


stretches = st.recursive(unmarked.map(lambda text: (text, text)), deletions, max_leaves=8)
clozes = st.lists(stretches, min_size=1, max_size=4).map(joined)


def draw(strategy: st.SearchStrategy[T]) -> list[T]:
    """Many examples at once, so that one import of one package tries them all."""
    drawn: list[T] = []

    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: T) -> None:
        drawn.append(example)

    collect()
    return drawn


def as_typed(text: str) -> str:
    """What was typed, in the one form of accents and line ends that Anki keeps."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def test_any_text_arrives_as_typed_on_both_sides_of_a_card() -> None:
    texts = [text for text in draw(typed) if text.strip(ASCII_SPACE)]
    notes = [
        note(f"{index}", text, text, kind=NoteKind.REVERSED, explanation=text, path=(text,))
        for index, text in enumerate(texts)
    ]
    report = import_into_anki(package(notes))
    assert_clean(report)
    for index, text in enumerate(texts):
        for ordinal in (0, 1):
            arrived = shown(report.deck_only.cards[guid(f"{index}"), ordinal].answer)
            assert arrived == [as_typed(text)] * 2


def test_any_cloze_shows_its_whole_text_once_it_is_revealed() -> None:
    drawn = [
        (note(f"{index}", text, kind=NoteKind.CLOZE), revealed)
        for index, (text, revealed) in enumerate(draw(clozes))
    ]
    expected = {cloze: revealed for cloze, revealed in drawn if render(cloze).ordinals}
    report = import_into_anki(package(expected))
    assert_clean(report)
    assert len(expected) > EXAMPLES / 4
    for cloze, revealed in expected.items():
        for ordinal in render(cloze).ordinals:
            card = report.deck_only.cards[cloze.card_id.hex, ordinal]
            assert shown(card.answer)[0] == as_typed(revealed)


def test_any_broken_cloze_gets_the_cards_that_anki_would_make_and_loses_no_word() -> None:
    drawn = [note(f"{i}", text, kind=NoteKind.CLOZE) for i, text in enumerate(draw(broken))]
    clozes_among = [cloze for cloze in drawn if render(cloze).ordinals]
    report = import_into_anki(package(clozes_among))
    assert_clean(report)
    assert len(clozes_among) > EXAMPLES / 4
    for cloze in clozes_among:
        for ordinal in render(cloze).ordinals:
            card = report.deck_only.cards[cloze.card_id.hex, ordinal]
            assert letters(shown(card.answer)[0]) == letters(cloze.front)


def letters(text: str) -> str:
    return "".join(character for character in text if character in "xyz")


def test_any_text_arrives_as_written_by_a_text_update_too() -> None:
    texts = [text for text in draw(typed) if text.strip(ASCII_SPACE)]
    first = [note(f"{index}", f"Before {index}") for index in range(len(texts))]
    second = [note(f"{index}", text, text) for index, text in enumerate(texts)]
    out = io.StringIO(newline="")
    write_text(out, "Cloud exam", map(render, second))
    update = update_in_anki(package(first), out.getvalue().encode())
    assert_gentle(update)
    for index, text in enumerate(texts):
        fields = update.notes[guid(f"{index}")].fields
        arrived = [plain(fields[name]) for name in ("Front", "Back")]
        assert arrived == [as_typed(text)] * 2
