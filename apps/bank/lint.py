"""What is doubtful about a question, by the rules of item writing; shown, never in the way."""

from collections.abc import Mapping
from typing import Any

from apps.extraction.documents import ChoiceDraft, QuestionKind, Span
from apps.extraction.items.draft import QuestionPlan
from apps.extraction.lint.questions import Fault, question_faults

# Whoever writes a question by hand is its source: only the explanation may be missing.
UNEXPLAINED, SAID = "no explanation or no source", "nothing explains the answer"


def lint_question(content: Mapping[str, Any]) -> list[Fault]:
    """The faults of a question's words, in the form its versions keep them; errors first."""
    plan = QuestionPlan(
        base_key="",
        fact=0,
        topic=None,
        path=(),
        kind=QuestionKind(content["kind"]),
        stem=content["stem"],
        choices=tuple(
            ChoiceDraft(choice["text"], choice["is_correct"], choice["why"])
            for choice in content["choices"]
        ),
        accepted=tuple(map(str, content["accepted"])),
        explanation=content["explanation"],
        spans=(Span(1, 1),),
        certainty=1,
    )
    faults = [
        Fault(SAID, is_error=False) if fault.what == UNEXPLAINED else fault
        for fault in question_faults(plan)
    ]
    return sorted(dict.fromkeys(faults), key=lambda fault: not fault.is_error)
