"""Anki's cloze texts as ours, which know no gap inside a gap and no gap of two numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from apps.exchange.anki.package.cloze import MAX_DEPTH, MAX_NUMBER

# Ours count to 99; a gap of a higher number becomes a card of its own.
_HIGHEST = 99
_MARKER = re.compile(r"\{\{c([0-9]{1,5}(?:,[0-9]{1,5})*)::|\}\}")


@dataclass(slots=True)
class _Gap:
    """A gap: its numbers, and what is in it, texts and further gaps."""

    numbers: frozenset[int]
    inside: list["str | _Gap"] = field(default_factory=list)


_Inside = list["str | _Gap"]


def simple_clozes(text: str) -> dict[tuple[int, ...], str]:
    """A cloze text in our notation, by the ordinals that each text asks.

    One text asks all ordinals where ours can say it. Otherwise there is a text for each ordinal,
    in which its own gaps are numbered 1 and all others are filled. Empty where nothing is asked.
    """
    parsed = _parse(text)
    gaps = _gaps(parsed)
    numbers = sorted({number for gap in gaps for number in gap.numbers})
    if not numbers:
        return {}
    if all(_is_plain(gap) for gap in gaps):
        return {tuple(number - 1 for number in numbers): _written(parsed, _numbered)}
    by_number = {
        number: _written(parsed, lambda gap, number=number: 1 if number in gap.numbers else None)  # type: ignore[misc]
        for number in numbers
    }
    return {(number - 1,): one for number, one in by_number.items() if "{{c1::" in one}


def _numbered(gap: _Gap) -> int | None:
    return min(gap.numbers)


def _parse(text: str) -> _Inside:
    """The text as pieces and gaps; marks without a partner are plain text."""
    top: _Inside = []
    open_gaps: list[tuple[_Gap, str]] = []
    at = 0
    for mark in _MARKER.finditer(text):
        here = open_gaps[-1][0].inside if open_gaps else top
        here.append(text[at : mark.start()])
        at = mark.end()
        if mark[1] is None:
            if open_gaps:
                open_gaps.pop()
            else:
                here.append(mark[0])
            continue
        numbers = frozenset(int(digits) for digits in mark[1].split(","))
        if min(numbers) < 1 or max(numbers) > MAX_NUMBER or len(open_gaps) >= MAX_DEPTH:
            here.append(_as_text(mark[0]))
            continue
        gap = _Gap(numbers)
        here.append(gap)
        open_gaps.append((gap, mark[0]))
    (open_gaps[-1][0].inside if open_gaps else top).append(text[at:])
    return _closed(top, open_gaps)


def _closed(top: _Inside, still_open: list[tuple[_Gap, str]]) -> _Inside:
    """Turn the gaps that were never closed back into the text they were."""
    for depth in range(len(still_open) - 1, -1, -1):
        gap, mark = still_open[depth]
        around = still_open[depth - 1][0].inside if depth else top
        place = next(at for at, piece in enumerate(around) if piece is gap)
        around[place : place + 1] = [_as_text(mark), *gap.inside]
    return top


def _as_text(mark: str) -> str:
    """An opening that opens nothing, so that our notation does not read it as a gap either."""
    return mark.replace("{{", "{ {")


def _gaps(inside: _Inside) -> list[_Gap]:
    found = []
    for piece in inside:
        if isinstance(piece, _Gap):
            found += [piece, *_gaps(piece.inside)]
    return found


def _is_plain(gap: _Gap) -> bool:
    """Whether our own notation can say this gap."""
    if (
        len(gap.numbers) > 1
        or max(gap.numbers) > _HIGHEST
        or not all(isinstance(piece, str) for piece in gap.inside)
    ):
        return False
    hidden, mark, hint = _hidden_and_hint(gap)
    return bool(hidden) and (bool(hint) or not mark) and not hidden.endswith(":")


def _hidden_and_hint(gap: _Gap) -> tuple[str, str, str]:
    hidden, mark, hint = "".join(_filled(gap.inside)).partition("::")
    return hidden, mark, hint


def _filled(inside: _Inside) -> list[str]:
    """Texts with all gaps filled, their hints gone."""
    return [piece if isinstance(piece, str) else _hidden_and_hint(piece)[0] for piece in inside]


def _written(inside: _Inside, number_of: Callable[[_Gap], int | None]) -> str:
    """The text with a mark around each gap that has a number; gaps in such a gap are filled."""
    return "".join(piece if isinstance(piece, str) else _one(piece, number_of) for piece in inside)


def _one(gap: _Gap, number_of: Callable[[_Gap], int | None]) -> str:
    number = number_of(gap)
    if number is None:
        return _without_hint(gap, number_of)
    hidden, _, hint = _hidden_and_hint(gap)
    if not hidden:
        return ""
    return f"{{{{c{number}::{hidden}::{hint}}}}}" if hint else f"{{{{c{number}::{hidden}}}}}"


def _without_hint(gap: _Gap, number_of: Callable[[_Gap], int | None]) -> str:
    """A filled gap whose inner gaps may still be asked; its hint stands after them, if any."""
    *before, last = gap.inside or [""]
    shown = [*before, last.partition("::")[0] if isinstance(last, str) else last]
    return _written(shown, number_of)
