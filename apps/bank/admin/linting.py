"""What is doubtful about a question while it is written: its form as it stands, not yet saved."""

import re
from typing import Any

from django.http import QueryDict

from apps.bank.models import Question, QuestionKind
from apps.bank.services.items import ChoiceText
from apps.extraction.lint.questions import Fault

_CHOICE = re.compile(r"choices-(\d+)-text")
LAST = 1 << 31


def written(sent: QueryDict) -> tuple[Question, list[ChoiceText]]:
    """The question that a form holds, however incomplete. Raises ValueError for no kind."""
    question = Question(
        kind=QuestionKind(sent.get("kind", "")),
        stem=text_in(sent, "stem"),
        accepted=[line.strip() for line in text_in(sent, "accepted").splitlines() if line.strip()],
        explanation=text_in(sent, "explanation"),
    )
    places = [int(found[1]) for name in sent if (found := _CHOICE.fullmatch(name))]
    rows = [choice_in(sent, place) for place in sorted(places)]
    rows = [row for row in rows if row[1].text]
    rows.sort(key=lambda row: row[0])
    return question, [choice for _, choice in rows]


def choice_in(sent: QueryDict, place: int) -> tuple[int, ChoiceText]:
    """One choice of a form, with its position; one that is to go has no text."""
    said = f"choices-{place}"
    is_gone = f"{said}-DELETE" in sent
    position = text_in(sent, f"{said}-position")
    choice = ChoiceText(
        "" if is_gone else text_in(sent, f"{said}-text"),
        f"{said}-is_correct" in sent,
        text_in(sent, f"{said}-why"),
    )
    return (int(position) if position.isdecimal() else LAST), choice


def text_in(sent: QueryDict, name: str) -> str:
    return str(sent.get(name, "")).replace("\r\n", "\n").strip()


def told(faults: list[Fault]) -> dict[str, Any]:
    """Faults as JSON values."""
    return {"faults": [{"what": each.what, "is_error": each.is_error} for each in faults]}
