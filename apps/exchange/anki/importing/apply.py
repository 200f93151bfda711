"""Carrying out what an import has planned: cards, images, answers, suspensions, or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.bank.models import Card
from apps.bank.services.bulk import add_cards
from apps.bank.services.items import save_card
from apps.bank.services.media import store_images
from apps.bank.services.suggestions import suggest
from apps.courses.models import Exam, Topic
from apps.courses.services import find_or_create_topic
from apps.exchange.anki.importing.merging import OurPrompt, ReviewToAdd
from apps.exchange.anki.importing.plan import Plan
from apps.study.models import Enrolment, EventKind
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.suspension import resume, suspend
from apps.study.services.sync import IncomingEvent, record_events

DEVICE = "anki"
BATCH = 2_000
# Deeper decks than this share a topic, whose title names them all.
DEEPEST_TOPIC = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Path = tuple[str, ...]


@transaction.atomic
def apply_plan(plan: Plan, *, enrolment: Enrolment, now: datetime) -> None:
    """Write a plan that was made in this transaction."""
    store_images(sources=plan.files.sources(), now=now)
    add_new_cards(plan)
    for card in plan.rewritten:
        save_card(card=card, author=plan.learner, images=plan.images[card.pk])
    for card, words in plan.suggested:
        suggest(item=card, content=words.content)
    add_new_prompts(enrolment=enrolment)
    add_reviews(plan.reviews, enrolment=enrolment, now=now)
    suspend(enrolment=enrolment, prompts=plan.suspended)
    resume(enrolment=enrolment, prompts=plan.resumed)


def add_new_cards(plan: Plan) -> None:
    topics: dict[Path, Topic] = {}
    mine = Card.objects.filter(exam=plan.exam, owner=plan.learner)
    last = mine.aggregate(last=Max("position"))["last"] or 0
    for position, (card, deck) in enumerate(plan.new, start=last + 1):
        card.topic = topic_of(topics, topic_path(plan.exam, deck), plan.exam, plan.learner)
        card.position = position
    cards = [card for card, _ in plan.new]
    add_cards(cards, passages={}, author=plan.learner, images=plan.images)


def topic_path(exam: Exam, deck: Path) -> Path:
    """The titles of the topics that a deck becomes; the exam's own name is not repeated."""
    if len(deck) > 1 and deck[0].casefold() == exam.title.casefold():
        deck = deck[1:]
    return (*deck[: DEEPEST_TOPIC - 1], " › ".join(deck[DEEPEST_TOPIC - 1 :]))[:DEEPEST_TOPIC]


def topic_of(made: dict[Path, Topic], path: Path, exam: Exam, learner: User) -> Topic:
    """The topic of a path below the exam's own or the learner's, made where there is none."""
    titles = tuple(title for title in path if title)
    if titles not in made:
        parent = topic_of(made, titles[:-1], exam, learner) if titles[:-1] else None
        made[titles] = find_or_create_topic(
            exam=exam, title=titles[-1], parent=parent, owner=learner
        )
    return made[titles]


def add_reviews(reviews: Sequence[ReviewToAdd], *, enrolment: Enrolment, now: datetime) -> None:
    """Hand the answers to the one service that stores them, all of a prompt together."""
    for batch in prompt_by_prompt(reviews):
        events = [incoming(each, enrolment) for each in batch]
        record_events(user=enrolment.user, events=events, now=now)


def prompt_by_prompt(reviews: Sequence[ReviewToAdd]) -> Iterator[list[ReviewToAdd]]:
    """The answers in batches that never part those to one prompt, so that each replays once."""
    by_prompt: dict[OurPrompt, list[ReviewToAdd]] = defaultdict(list)
    for review in reviews:
        by_prompt[review.card, review.ordinal].append(review)
    batch: list[ReviewToAdd] = []
    for given in by_prompt.values():
        batch += given
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def incoming(added: ReviewToAdd, enrolment: Enrolment) -> IncomingEvent:
    review = added.review
    return IncomingEvent(
        id=added.event_id(enrolment),
        kind=EventKind.ANSWER,
        enrolment=enrolment.pk,
        card=added.card,
        ordinal=added.ordinal,
        # Whole milliseconds, which a division by a thousand would not keep.
        reviewed_at=EPOCH + timedelta(milliseconds=review.moment_ms),
        rating=review.rating,
        duration_ms=review.duration_ms,
        device=DEVICE,
    )
