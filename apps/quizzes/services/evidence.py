"""What an answer in a quiz tells about the cards it tests, written into the one review log."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from apps.bank.models import Card, QuestionKind
from apps.bank.prompts import prompts_of
from apps.notes.models import Passage
from apps.quizzes.models import Attempt, AttemptItem, RulingKind
from apps.quizzes.scoring.typed import normalise
from apps.study.memory.fsrs import Rating
from apps.study.models import Enrolment, EventKind, Memory
from apps.study.services.sync import IncomingEvent, record_events

DEVICE = "quiz"
# A line with more facts than this gives a question that tests none of them in particular.
MOST_CARDS = 4
PromptKey = tuple[UUID, int]


def record_evidence(*, attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> int:
    """Tell the review log what these marked answers show; returns how many events that were.

    A wrong answer fails the prompts it tests, so that they come back today. A right one, or a
    partly right one, passes them if it is the learner's first answer to the question and the
    prompt was learnt before: recognising an answer is no learning. What was not answered, and
    what a ruling took out of the marking, shows nothing. Doing it twice is harmless.
    """
    enrolment = Enrolment.objects.visible_to(attempt.user).filter(exam=attempt.exam_id).first()
    if enrolment is None:
        return 0
    telling = [item for item in items if item.response and item.ruling not in NOTHING_TOLD]
    tested = prompts_tested(attempt, telling)
    events = []
    for item in telling:
        prompts = tested.get(item.index, {})
        for (card, ordinal), is_learnt in prompts.items():
            rating = rating_of(item, is_learnt=is_learnt)
            if rating is not None:
                events.append(event_of(attempt, item, enrolment, card, ordinal, rating, now))
    if events:
        record_events(user=attempt.user, events=events, now=now)
    return len(events)


NOTHING_TOLD = (RulingKind.ALWAYS_CORRECT, RulingKind.DISREGARD)


def rating_of(item: AttemptItem, *, is_learnt: bool) -> Rating | None:
    """How a prompt was recalled, as far as the answer shows it."""
    if not item.score:
        return Rating.AGAIN
    if not (item.is_first and is_learnt):
        return None
    return Rating.GOOD if item.score == 1 else Rating.HARD


def event_of(
    attempt: Attempt,
    item: AttemptItem,
    enrolment: Enrolment,
    card: UUID,
    ordinal: int,
    rating: Rating,
    now: datetime,
) -> IncomingEvent:
    """The review that an answer amounts to; the same answer always makes the same one.

    It has no duration: a question takes longer than a card and says nothing of the pace of reviews.
    """
    return IncomingEvent(
        id=uuid5(attempt.pk, f"{item.index}/{card}/{ordinal}"),
        kind=EventKind.ANSWER,
        enrolment=enrolment.pk,
        card=card,
        ordinal=ordinal,
        rating=int(rating),
        reviewed_at=item.answered_at or now,
        seq=item.seq,
        device=DEVICE,
    )


def prompts_tested(
    attempt: Attempt, items: Sequence[AttemptItem]
) -> dict[int, dict[PromptKey, bool]]:
    """Of each item the prompts it tests, and whether the learner has learnt them before.

    A card is tested by a question that cites the same lines. Suspended prompts are left out.
    """
    cards = cards_of(attempt, items)
    held = {
        (card, ordinal): (stability is not None, is_suspended)
        for card, ordinal, stability, is_suspended in Memory.objects.filter(
            enrolment__user=attempt.user_id,
            enrolment__exam=attempt.exam_id,
            card__in={card.pk for found in cards.values() for card in found},
        ).values_list("card", "ordinal", "stability", "is_suspended")
    }
    tested = {}
    for item in items:
        chosen = choose_prompts(cards.get(item.question_id, []), item.question_version.content)
        known = {key: held.get(key, (False, False)) for key in chosen}
        tested[item.index] = {key: learnt for key, (learnt, away) in known.items() if not away}
    return tested


def cards_of(attempt: Attempt, items: Sequence[AttemptItem]) -> dict[UUID | None, list[Card]]:
    """The cards the learner studies that cite the lines of these items' questions."""
    questions = {item.question_id for item in items if item.question_id is not None}
    studied = Card.objects.studied_by(attempt.user, attempt.exam)
    pairs = set(
        Passage.objects.filter(questions__in=questions, cards__in=studied.values("pk"))
        .order_by()
        .values_list("questions", "cards")
    )
    own = {own_card_id(attempt, question): question for question in questions}
    cards = studied.in_bulk({card for _, card in pairs} | set(own))
    found: dict[UUID | None, list[Card]] = defaultdict(list)
    for question, card in sorted(pairs, key=str):
        if question in questions and card in cards:
            found[question].append(cards[card])
    for card, question in own.items():
        if card in cards and cards[card] not in found[question]:
            found[question].append(cards[card])
    return found


def own_card_id(attempt: Attempt, question: UUID | None) -> UUID:
    """The key of the card that the learner makes of a question: one for each question."""
    return uuid5(question or attempt.pk, f"card of {attempt.user_id}")


def choose_prompts(cards: Sequence[Card], content: Mapping[str, Any]) -> list[PromptKey]:
    """The prompts that ask for what the question asks for.

    Those are the prompts whose answer, and not their question, holds a right answer; where no
    prompt does, the first of each card, unless there are too many cards to mean any of them.
    """
    wanted = {normalise(text) for text in right_texts(content)}
    exact = [
        (card.pk, prompt.ordinal)
        for card in cards
        for prompt in prompts_of(card)
        if any(
            text in normalise(prompt.answer) and text not in normalise(prompt.question)
            for text in wanted
        )
    ]
    if exact:
        return exact
    first = [(card.pk, prompts_of(card)[0].ordinal) for card in cards]
    return first if len(first) <= MOST_CARDS else []


def right_texts(content: Mapping[str, Any]) -> list[str]:
    """The words in which a question's right answer can be met on a card."""
    if content["kind"] == QuestionKind.TRUE_FALSE:
        return []
    if content["kind"] == QuestionKind.MATCH:
        return [choice["why"] for choice in content["choices"]]
    right = [choice["text"] for choice in content["choices"] if choice["is_correct"]]
    return right or [str(answer) for answer in content["accepted"]]
