"""From a missed question back to study: its cards today, or a card of the learner's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.db import transaction
from django.db.models import Prefetch

from apps.bank.models import Card, CardKind, Question, QuestionKind, Status
from apps.bank.prompts import prompts_of
from apps.bank.services.items import save_card
from apps.notes.models import Passage
from apps.quizzes.errors import NoStudy, NotSubmitted
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.services.evidence import (
    DEVICE,
    PromptKey,
    cards_of,
    choose_prompts,
    own_card_id,
    right_texts,
)
from apps.study.memory.fsrs import Rating
from apps.study.models import Enrolment, EventKind, ReviewEvent
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.sync import IncomingEvent, record_events

# Tells what the learner asks for from what an answer showed.
AGAIN = "again/"


@dataclass(frozen=True)
class FollowUp:
    """What study does about a missed question: what its cards ask, and whether they come back.

    `can_ask` is False where there is nothing to study with: the exam is not studied, or the
    question is gone.
    """

    asks: list[str]
    is_asked: bool
    can_ask: bool


def follow_ups(*, attempt: Attempt, indexes: Sequence[int]) -> dict[int, FollowUp]:
    """The follow-up of each of these questions."""
    studies = Enrolment.objects.visible_to(attempt.user).filter(exam=attempt.exam_id).exists()
    items = list(attempt.items.filter(index__in=indexes).select_related("question_version"))
    cards = cards_of(attempt, items)
    found, events = {}, {}
    for item in items:
        here = cards.get(item.question_id, []) if item.question_id else []
        prompts = choose_prompts(here, item.question_version.content)
        found[item.index] = questions_of(here, prompts)
        events[item.index] = {
            uuid5(attempt.pk, f"{prefix}{item.index}/{card}/{ordinal}")
            for prefix in ("", AGAIN)
            for card, ordinal in prompts
        }
    known = set(
        ReviewEvent.objects.filter(
            pk__in=set().union(*events.values()), rating=int(Rating.AGAIN)
        ).values_list("pk", flat=True)
    )
    return {
        item.index: FollowUp(
            asks=found[item.index],
            is_asked=bool(known & events[item.index]),
            can_ask=studies and item.question_id is not None,
        )
        for item in items
    }


@transaction.atomic
def study_again(*, attempt: Attempt, index: int, now: datetime) -> list[str]:
    """Ask the cards of a question today, making one where there is none; returns what they ask.

    The learner says that they do not know it, which is what is logged. Raises NotSubmitted while
    the question may still be answered, and NoStudy where the exam is not studied.
    """
    passages = Prefetch("question__passages", Passage.objects.all())
    items = attempt.items.select_related("question", "question_version")
    item = items.prefetch_related(passages).get(index=index)
    if attempt.submitted_at is None and item.checked_at is None:
        raise NotSubmitted("The answers are shown once the paper is handed in.")
    enrolment = Enrolment.objects.visible_to(attempt.user).filter(exam=attempt.exam_id).first()
    if enrolment is None or item.question is None:
        raise NoStudy("Choose “Study this exam” first: then its cards can be asked.")
    found = cards_of(attempt, [item]).get(item.question_id, [])
    cards = found or [make_card(attempt, item, item.question, enrolment)]
    prompts = choose_prompts(cards, item.question_version.content)
    events = [
        IncomingEvent(
            id=uuid5(attempt.pk, f"{AGAIN}{index}/{card}/{ordinal}"),
            kind=EventKind.ANSWER,
            enrolment=enrolment.pk,
            card=card,
            ordinal=ordinal,
            rating=int(Rating.AGAIN),
            reviewed_at=now,
            device=DEVICE,
        )
        for card, ordinal in prompts
    ]
    record_events(user=attempt.user, events=events, now=now)
    return questions_of(cards, prompts)


def questions_of(cards: Sequence[Card], prompts: Sequence[PromptKey]) -> list[str]:
    """These prompts of the cards, as the learner is asked them."""
    return [
        prompt.question
        for card in cards
        for prompt in prompts_of(card)
        if (card.pk, prompt.ordinal) in prompts
    ]


def make_card(
    attempt: Attempt, item: AttemptItem, question: Question, enrolment: Enrolment
) -> Card:
    """A card of the learner's own that asks what the question asks."""
    content = item.question_version.content
    card = Card(
        pk=own_card_id(attempt, question.pk),
        exam=attempt.exam,
        topic_id=question.topic_id,
        owner=attempt.user,
        kind=CardKind.BASIC,
        front=content["stem"],
        back=answer_on_a_card(item),
        explanation=content["explanation"],
        status=Status.PUBLISHED,
    )
    save_card(card=card, author=attempt.user)
    card.passages.set(question.passages.all())
    add_new_prompts(enrolment=enrolment)
    return card


def answer_on_a_card(item: AttemptItem) -> str:
    """The right answer of a question as the back of a card."""
    content = item.question_version.content
    if content["kind"] == QuestionKind.MATCH:
        return "\n".join(f"{each['text']}: {each['why']}" for each in content["choices"])
    if content["kind"] == QuestionKind.TRUE_FALSE:
        return "\n".join(each["text"] for each in content["choices"] if each["is_correct"])
    if content["kind"] in {QuestionKind.TYPED, QuestionKind.NUMERIC}:
        return right_texts(content)[0]
    return "\n".join(right_texts(content))
