"""An exam's cards and questions on their way to Anki, a few at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.text import slugify

from apps.accounts.models import User
from apps.bank.models import Card, CardVersion, Question, QuestionVersion, Status
from apps.bank.querysets import ItemQuerySet
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.exchange.anki.ledger import Ledger
from apps.exchange.anki.notes import deck_note, retired_notice, retired_tag
from apps.exchange.anki.package.fields import render
from apps.exchange.anki.package.writer import Dated
from apps.exchange.anki.places import DeckPath, Places
from apps.exchange.anki.progress import progress_of
from apps.study.models import Enrolment

ITEMS_AT_ONCE = 500


@dataclass(frozen=True)
class Deck:
    """What somebody takes to Anki.

    Without a `learner` it is the published course; with one, their own cards as well. `progress`
    brings their memory and every answer; the `ledger` says what they have already. `report` is
    told the share that is gathered.
    """

    exam: Exam
    now: datetime
    learner: User | None = None
    with_questions: bool = False
    progress: Enrolment | None = None
    ledger: Ledger | None = None
    report: Callable[[float], object] = field(default=lambda share: None)


@dataclass(frozen=True)
class Layout:
    """Where the notes of one deck belong, and how many ask the same."""

    tree: TopicTree
    places: Places
    asked: Counter[int] = field(default_factory=Counter)

    def place(self, item: Card | Question, kept: DeckPath | None) -> dict[str, Any]:
        """The topic and deck of an item's note; a deck that is `kept` never changes."""
        if item.topic_id not in self.tree.by_id:
            return {"subdeck": kept or ()}
        here = self.places.deck(item.topic_id) if kept is None else kept
        return {"path": self.tree.titles(item.topic_id), "subdeck": here}

    def apart(self, item: Card | Question) -> str:
        """What tells an item from earlier ones that ask in the same words."""
        words = hash((item.front if isinstance(item, Card) else item.stem).casefold())
        self.asked[words] += 1
        return f"{item.topic.title} {self.asked[words]}" if self.asked[words] > 1 else ""


def notes_of(deck: Deck) -> Iterator[Dated]:
    """Every note of the deck with its date: the exam's in its order, then those retired since."""
    tree = TopicTree(Topic.objects.filter(whose(deck), exam=deck.exam))
    kept = deck.ledger.decks_of_topics() if deck.ledger else {}
    layout = Layout(tree, Places(tree, kept))
    order = items_in_order(deck, tree)
    for start in range(0, len(order), ITEMS_AT_ONCE):
        items = fetched(order[start : start + ITEMS_AT_ONCE])
        yield from dated(deck, layout, items, start)
        deck.report((start + len(items)) / len(order))
    if deck.ledger is not None:
        place = len(order)
        for missing in deck.ledger.missing():
            retired = [item for item in fetched(missing) if item.status != Status.PUBLISHED]
            yield from dated(deck, layout, retired, place, are_retired=True)
            place += len(missing)
        deck.ledger.close()


def whose(deck: Deck) -> Q:
    course = Q(owner=None)
    return course | Q(owner=deck.learner) if deck.learner else course


def items_in_order(deck: Deck, tree: TopicTree) -> list[UUID]:
    """What is asked: topic by topic, the cards before the questions."""
    models: list[ItemQuerySet[Card] | ItemQuerySet[Question]] = [Card.objects.all()]
    if deck.with_questions:
        models.append(questions_with_keys(deck))
    places = []
    for kind, items in enumerate(models):
        asked = items.filter(whose(deck), exam=deck.exam, status=Status.PUBLISHED)
        for pk, topic, position in asked.values_list("pk", "topic", "position").iterator():
            places.append((tree.order.get(topic, len(tree.order)), kind, position, pk))
    return [pk for *_, pk in sorted(places)]


def questions_with_keys(deck: Deck) -> ItemQuerySet[Question]:
    """A note carries its answer, so these are questions whose keys the learner may see."""
    if deck.learner is None:
        return Question.objects.all()
    return Question.objects.editable_by(deck.learner)


def fetched(order: Iterable[UUID]) -> list[Card | Question]:
    """These items in this order, with all that their notes say."""
    wanted = list(order)
    cards = Card.objects.filter(pk__in=wanted).with_sources().with_images()
    questions = Question.objects.filter(pk__in=wanted).with_sources()
    found: dict[UUID, Card | Question] = {card.pk: card for card in cards}
    found |= {question.pk: question for question in questions.prefetch_related("choices")}
    return [found[pk] for pk in wanted if pk in found]


def written_at(items: Iterable[Card | Question]) -> dict[UUID, datetime]:
    """When the words of each item last changed."""
    pks = [item.pk for item in items]
    cards = CardVersion.objects.filter(card__in=pks).order_by("number")
    questions = QuestionVersion.objects.filter(question__in=pks).order_by("number")
    return dict(
        chain(
            cards.values_list("card_id", "created_at"),
            questions.values_list("question_id", "created_at"),
        )
    )


def dated(
    deck: Deck,
    layout: Layout,
    items: list[Card | Question],
    before: int,
    *,
    are_retired: bool = False,
) -> Iterator[Dated]:
    """One note for each item that asks something; `before` notes come before these."""
    ledger, today = deck.ledger, deck.now.date()
    if ledger:
        ledger.look_up({item.pk: item.topic_id for item in items})
    written = written_at(items)
    pks = [item.pk for item in items]
    prompts = progress_of(pks, deck.progress) if deck.progress else {}
    tags = (f"exam::{slugify(deck.exam.code)}",)
    for position, item in enumerate(items, start=before + 1):
        note = deck_note(
            item,
            tags=(*tags, retired_tag(today)) if are_retired else tags,
            notice=retired_notice(today) if are_retired else "",
            apart=layout.apart(item),
            position=position,
            modified=written.get(item.pk, item.created_at),
            prompts=prompts.get(item.pk, ()),
            **layout.place(item, ledger.deck(item.pk) if ledger else None),
        )
        rendered = render(note)
        if not rendered.ordinals:
            continue
        modified = note.modified
        if ledger:
            ruled = ledger.enter(rendered, is_retired=are_retired)
            if ruled is None:
                continue
            modified = ruled
        yield rendered, modified
