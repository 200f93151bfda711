"""What changed between two versions of an item, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Span:
    """Some words that one version has, or both."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> list[Span]:
    """What is the same, removed and added; without the added it reads `old`, without the
    removed `new`."""
    before, after = WORD.findall(old), WORD.findall(new)
    spans: list[Span] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, start, end, new_start, new_end in matcher.get_opcodes():
        if verb == "equal":
            spans.append(Span(Change.SAME, "".join(before[start:end])))
            continue
        if end > start:
            spans.append(Span(Change.REMOVED, "".join(before[start:end])))
        if new_end > new_start:
            spans.append(Span(Change.ADDED, "".join(after[new_start:new_end])))
    return spans


def as_text(value: Any) -> str:
    """One field of a version's content, for reading: lists and choices line by line."""
    if isinstance(value, list):
        return "\n".join(as_text(each) for each in value)
    if isinstance(value, dict):
        mark = "✓" if value["is_correct"] else "✗"
        return f"{mark} {value['text']}" + (f" ({value['why']})" if value["why"] else "")
    return str(value)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, list[Span]]]:
    """Each field that differs, with its words compared. An empty `old` is a first version."""
    return [
        (field, word_diff(as_text(old.get(field, "")), as_text(value)))
        for field, value in new.items()
        if as_text(old.get(field, "")) != as_text(value)
    ]
