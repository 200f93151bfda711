"""Looking drafts over, one after the other, each beside the lines it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from apps.accounts.models import User
from apps.bank.models import Card, Question, Status
from apps.bank.services.items import card_content, choices_of, question_content
from apps.courses.models import Exam
from apps.notes.models import Note
from apps.web.excerpts import Excerpt, excerpts, texts_of
from apps.web.requests import SignedIn

A_PAGE = 100


@dataclass(frozen=True)
class Draft:
    """A draft beside its source; `words` is what a person may change in place."""

    item: Card | Question
    words: dict[str, Any]
    excerpts: list[Excerpt]

    @property
    def is_card(self) -> bool:
        return isinstance(self.item, Card)


class Drafts(Sequence[Draft]):
    """The drafts of an exam, or of one note, that a person may decide about: cards first."""

    def __init__(self, exam: Exam, user: User, note: Note | None) -> None:
        chosen: dict[str, Any] = {"exam": exam, "status": Status.DRAFT}
        if note is not None:
            chosen["note"] = note
        in_order = ("note", "position", "pk")
        self.cards = Card.objects.editable_by(user).filter(**chosen).order_by(*in_order)
        self.questions = Question.objects.editable_by(user).filter(**chosen).order_by(*in_order)

    @cached_property
    def card_count(self) -> int:
        return self.cards.count()

    @cached_property
    def question_count(self) -> int:
        return self.questions.count()

    def __len__(self) -> int:
        return self.card_count + self.question_count

    @overload
    def __getitem__(self, part: int) -> Draft: ...
    @overload
    def __getitem__(self, part: slice) -> list[Draft]: ...
    def __getitem__(self, part: int | slice) -> Draft | list[Draft]:
        """A stretch of the drafts, with all that is shown of them."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop = part.start, part.stop
        past = self.card_count
        with_choices = self.questions.with_sources().prefetch_related("choices")
        items: list[Card | Question] = [
            *self.cards.with_sources()[start:stop],
            *with_choices[max(start - past, 0) : max(stop - past, 0)],
        ]
        texts = texts_of(passage for item in items for passage in item.passages.all())
        return [Draft(item, words_of(item), excerpts(item.passages.all(), texts)) for item in items]


def words_of(item: Card | Question) -> dict[str, Any]:
    if isinstance(item, Card):
        return card_content(item)
    return question_content(item, choices_of(item))


@require_GET
@login_required
@never_cache
@ensure_csrf_cookie
def triage(request: SignedIn, code: str) -> HttpResponse:
    """The drafts of an exam, or with `?note=` those of one note."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    note = None
    if wanted := request.GET.get("note"):
        notes = Note.objects.visible_to(request.user).filter(exam=exam)
        note = get_object_or_404(notes, pk=int(wanted) if wanted.isdecimal() else None)
    page = Paginator(Drafts(exam, request.user, note), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "exam": exam,
        "note": note,
        "page": page,
        "words": dict(named_words(page.object_list)),
        "query": f"note={note.pk}&" if note else "",
    }
    return render(request, "triage/triage.html", context)


def named_words(drafts: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((str(draft.item.pk), draft.words) for draft in drafts)
