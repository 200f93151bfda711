"""What a practice quiz is to be about, as the learner chose it."""

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from apps.quizzes.models import QuizKind

PRACTICE_COUNT = 10
SUBJECT_LENGTH = 32


class Met(StrEnum):
    """Whether a question has been in one of the learner's quizzes before."""

    ANY = "any"
    UNSEEN = "unseen"
    SEEN = "seen"


@dataclass(frozen=True)
class Selection:
    """Topics with all below them, kinds of questions, and how the quiz goes; empty means all.

    `minutes` is None without a time limit. `of` is the attempt whose wrong answers are tried
    again. With `tells_at_once`, each question may be checked before the end.
    """

    topics: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    met: Met = Met.ANY
    count: int = PRACTICE_COUNT
    minutes: int | None = None
    of: UUID | None = None
    tells_at_once: bool = True

    def subject(self, kind: QuizKind) -> str:
        """What tells this quiz from others of its kind; the exam's own kinds have one subject."""
        if kind not in {QuizKind.TOPIC, QuizKind.CUSTOM, QuizKind.RETRY}:
            return ""
        chosen = "/".join(f"{name}={value}" for name, value in sorted(asdict(self).items()))
        return hashlib.sha256(chosen.encode()).hexdigest()[:SUBJECT_LENGTH]
