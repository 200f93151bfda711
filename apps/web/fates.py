"""What became of the lines of a note, in a reader's words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from apps.extraction.documents import Reason, Role

WORDS = {
    Reason.STRUCTURE: "heading",
    Reason.CHROME: "page furniture",
    Reason.CONTENTS: "table of contents",
    Reason.LINK: "only a link",
    Reason.CAPTION: "caption",
    Reason.ECHO: "repeats the line above",
    Reason.LONE_MARKER: "a bullet without words",
    Reason.RULE: "dividing line",
    Reason.CODE: "program code",
    Reason.EXAMPLE: "example",
    Reason.ADVICE: "advice, not a fact",
    Reason.REMARK: "remark",
    Reason.UNANSWERED: "a question without its answer",
    Reason.DAMAGED: "damaged text",
    Reason.EMPTY_LABEL: "a label with nothing under it",
    Reason.DUPLICATE: "said before",
    Reason.BUDGET: "left out: more than was asked for",
    Reason.CONFLICT: "contradicts another line",
    Reason.TOO_LONG: "too long for a card",
    Reason.NO_SUBJECT: "does not say what it is about",
    Reason.NO_STATEMENT: "no fact to ask for",
}


def reason_in_words(fate: Mapping[str, Any]) -> str:
    """Why no card came of a line; empty for a line that was used."""
    if fate["fate"] != Role.SKIPPED:
        return ""
    return WORDS[Reason(fate["reason"])] if fate["reason"] else "not used"


def skipped_lines(fates: Iterable[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """The reasons for which lines were left, the most frequent first, with how many lines."""
    return Counter(words for fate in fates if (words := reason_in_words(fate))).most_common()
