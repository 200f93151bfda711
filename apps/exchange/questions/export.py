"""An exam's questions as a file of some format, with what the format cannot hold."""

import hashlib
from dataclasses import dataclass

from apps.accounts.models import User
from apps.bank.models import Status
from apps.common.errors import DomainError, NotAllowed
from apps.courses.models import Exam
from apps.exchange.documents import Loss
from apps.exchange.formats import BY_KEY, Format
from apps.exchange.questions.bank import course_questions

EVERYTHING = (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED)
PUBLISHED = (Status.PUBLISHED,)


@dataclass(frozen=True)
class QuestionFile:
    """A finished file; `losses` name what stays behind, question by question."""

    form: Format
    name: str
    data: bytes
    count: int
    losses: tuple[Loss, ...]

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.data).hexdigest()}"'

    @property
    def left_out(self) -> int:
        """How many questions stay behind as a whole."""
        return sum(loss.is_whole for loss in self.losses)


def export_questions(*, exam: Exam, form: str, published_only: bool = False) -> QuestionFile:
    """The course's questions with their keys; what is retired stays here.

    Raises DomainError for a format that is not known.
    """
    known = BY_KEY.get(form)
    if known is None:
        raise DomainError(f"There is no format {form}. Known: {', '.join(BY_KEY)}.")
    asked = course_questions(exam, PUBLISHED if published_only else EVERYTHING)
    written = known.write(asked, exam.title)
    name = f"{exam.code}-questions{known.suffix}"
    return QuestionFile(known, name, written.data, written.count, tuple(written.losses))


def check_may_author(exam: Exam, user: User) -> None:
    """Raise NotAllowed unless the person writes in this exam: a file of questions has the keys."""
    if not Exam.objects.editable_by(user).filter(pk=exam.pk).exists():
        raise NotAllowed("Only who edits this exam may take its questions out or bring some in.")
