"""Making a note's cards and questions follow its newest reading, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min

from apps.bank.models import Card, CardVersion, Item, Question, QuestionVersion, Status
from apps.bank.services.bulk import add_cards, add_questions
from apps.bank.services.items import save_card, save_question
from apps.courses.models import Topic
from apps.courses.services import find_or_create_topic
from apps.extraction.documents import CardDraft, Extraction, QuestionDraft, Role, Span
from apps.ingest.models import IngestRun
from apps.ingest.plan import Held, Plan, make_plan
from apps.ingest.services.drafts import (
    choices_of_draft,
    words_of_card,
    words_of_question,
    write_card,
    write_question,
)
from apps.notes.models import Passage
from apps.notes.services import cite

# Below this, a person looks at the item before any learner does.
SURE = 0.7

AnyDraft = CardDraft | QuestionDraft


class Reading:
    """One run's drafts on their way into the bank."""

    def __init__(self, run: IngestRun, extraction: Extraction) -> None:
        self.run = run
        self.version = run.version
        self.note = run.version.note
        self.extraction = extraction
        self.topics = self._store_topics()
        self.passages = self._store_passages()
        self.first_position = self._first_position()

    def _store_topics(self) -> dict[str, Topic]:
        """The topics that drafts stand under, with those above them."""
        drafts = {topic.id: topic for topic in self.extraction.topics}
        stored: dict[str, Topic] = {}

        def store(topic_id: str) -> Topic | None:
            if topic_id not in drafts:
                return self.note.topic
            if topic_id not in stored:
                draft = drafts[topic_id]
                stored[topic_id] = find_or_create_topic(
                    exam=self.note.exam,
                    title=draft.title,
                    parent=store(draft.parent) if draft.parent else self.note.topic,
                    owner=self.note.owner,
                )
            return stored[topic_id]

        for item in self.drafts:
            store(item.topic)
        return stored

    def _store_passages(self) -> dict[tuple[int, int], Passage]:
        spans = [(span.first, span.last) for item in self.drafts for span in item.spans]
        cited = cite(version=self.version, spans=spans)
        return {(passage.first_line, passage.last_line): passage for passage in cited}

    def _first_position(self) -> int:
        """Where the note's items stand in the exam: as before, or after all others."""
        mine = self.note.cards.aggregate(first=Min("position"))["first"]
        if mine is not None:
            return int(mine)
        last = Card.objects.filter(exam=self.note.exam).aggregate(last=Max("position"))["last"]
        return 0 if last is None else int(last) + 1

    @property
    def drafts(self) -> Sequence[AnyDraft]:
        return (*self.extraction.cards, *self.extraction.questions)

    def topic(self, draft: AnyDraft) -> Topic:
        if draft.topic in self.topics:
            return self.topics[draft.topic]
        return self.note.topic or find_or_create_topic(
            exam=self.note.exam, title=self.note.name, parent=None, owner=self.note.owner
        )

    def cited(self, spans: Iterable[Span]) -> list[Passage]:
        return [self.passages[span.first, span.last] for span in dict.fromkeys(spans)]

    def status(self, draft: AnyDraft) -> Status:
        sure = self.run.publish and draft.certainty >= SURE
        return Status.PUBLISHED if sure else Status.DRAFT

    def place(self, item: Item, draft: AnyDraft, position: int) -> None:
        """Give a new item its exam, topic, owner, identity and status."""
        item.exam = self.note.exam
        item.topic = self.topic(draft)
        item.owner = self.note.owner
        item.note = self.note
        item.key = draft.key
        item.status = self.status(draft)
        item.position = self.first_position + position


@transaction.atomic
def apply(run: IngestRun, extraction: Extraction) -> dict[str, Any]:
    """Carry out what the extraction asks for; returns the run's counts.

    Doing it twice is the same as doing it once.
    """
    reading = Reading(run, extraction)
    cards = apply_cards(reading)
    questions = apply_questions(reading)
    run.version.fates = [
        {"line": record.line, "fate": str(record.role), "reason": str(record.reason or "")}
        for record in extraction.records
    ]
    run.version.save(update_fields=["fates"])
    roles = [record.role for record in extraction.records]
    return {
        "topics": len(reading.topics),
        "cards": cards.counts(),
        "questions": questions.counts(),
        "drafts": sum(
            model.objects.filter(note=reading.note, status=Status.DRAFT).count()
            for model in (Card, Question)
        ),
        "lines": {str(role): roles.count(role) for role in Role},
    }


def held_items(
    items: Iterable[Any], versions: Mapping[UUID, CardVersion | QuestionVersion]
) -> dict[str, Held]:
    """What earlier readings of the note made, by key, with the newest words of each."""
    return {
        item.key: Held(
            pk=item.pk,
            content=versions[item.pk].content,
            by_hand=versions[item.pk].author_id is not None,
            is_orphan=item.is_orphan,
        )
        for item in items
    }


def apply_cards(reading: Reading) -> Plan[CardDraft]:
    drafts = reading.extraction.cards
    known = {card.pk: card for card in Card.objects.filter(note=reading.note).exclude(key="")}
    newest: dict[UUID, CardVersion | QuestionVersion] = {
        version.card_id: version
        for version in CardVersion.objects.filter(card__in=known).order_by("number")
    }
    plan = make_plan(
        drafts, held_items(known.values(), newest), {d.key: words_of_card(d) for d in drafts}
    )
    order = {draft.key: position for position, draft in enumerate(drafts)}
    fresh, passages = [], {}
    for draft in plan.create:
        card = write_card(Card(), draft)
        reading.place(card, draft, order[draft.key])
        fresh.append(card)
        passages[card.pk] = reading.cited(draft.spans)
    add_cards(fresh, passages=passages, author=None)
    for held, draft in plan.update:
        save_card(card=write_card(known[held.pk], draft), author=None)
    settle(reading, plan, known)
    return plan


def apply_questions(reading: Reading) -> Plan[QuestionDraft]:
    drafts = reading.extraction.questions
    known = {q.pk: q for q in Question.objects.filter(note=reading.note).exclude(key="")}
    newest: dict[UUID, CardVersion | QuestionVersion] = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(question__in=known).order_by("number")
    }
    plan = make_plan(
        drafts, held_items(known.values(), newest), {d.key: words_of_question(d) for d in drafts}
    )
    order = {draft.key: position for position, draft in enumerate(drafts)}
    fresh, passages = [], {}
    for draft in plan.create:
        question = write_question(Question(), draft)
        reading.place(question, draft, order[draft.key])
        fresh.append((question, choices_of_draft(draft)))
        passages[question.pk] = reading.cited(draft.spans)
    add_questions(fresh, passages=passages, author=None)
    for held, draft in plan.update:
        question = write_question(known[held.pk], draft)
        save_question(question=question, author=None, choices=choices_of_draft(draft))
    settle(reading, plan, known)
    return plan


def settle(reading: Reading, plan: Plan[Any], known: Mapping[UUID, Any]) -> None:
    """Let what stayed cite the new version, bring back what returned, suspend what vanished."""
    for held, draft in (*plan.keep, *plan.update, *plan.conflict):
        item = known[held.pk]
        item.passages.set(reading.cited(draft.spans))
        if held.is_orphan:
            item.is_orphan = False
            item.status = reading.status(draft)
            item.save(update_fields=["is_orphan", "status", "updated_at"])
    for held in plan.orphan:
        item = known[held.pk]
        item.is_orphan = True
        item.status = Status.RETIRED
        item.save(update_fields=["is_orphan", "status", "updated_at"])
