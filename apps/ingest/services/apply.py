"""Making a note's cards and questions follow its newest reading, in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from apps.bank.models import Card, Item, Question, Status
from apps.bank.services.bulk import add_cards, add_questions
from apps.bank.services.items import save_card, save_question
from apps.bank.services.suggestions import suggest
from apps.courses.models import Topic
from apps.courses.services import find_or_create_topic
from apps.extraction.documents import CardDraft, Extraction, QuestionDraft, Role, Span
from apps.ingest.models import IngestRun
from apps.ingest.services.compare import Compared, Comparison
from apps.ingest.services.disputes import (
    pairs_between,
    pairs_within,
    record_disputes,
    spans_of,
)
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
SURE = 0.6

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
        self.contradicted = self._contradicted()

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
        told = [span for item in self.drafts for span in item.spans]
        told += spans_of(self.extraction.conflicts)
        cited = cite(version=self.version, spans=[(span.first, span.last) for span in told])
        return {(passage.first_line, passage.last_line): passage for passage in cited}

    def _contradicted(self) -> frozenset[str]:
        """The keys of drafts that rest on a line which another line of the note contradicts."""
        sides = (side for conflict in self.extraction.conflicts for side in conflict.spans)
        against = {span for side in sides for span in side}
        return frozenset(item.key for item in self.drafts if not against.isdisjoint(item.spans))

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

    def place(self, item: Item, draft: AnyDraft, position: int, *, disputed: bool) -> None:
        """Give a new item its exam, topic, owner, identity and status.

        What another line disputes is a draft until a person has settled it.
        """
        item.exam = self.note.exam
        item.topic = self.topic(draft)
        item.owner = self.note.owner
        item.note = self.note
        item.key = draft.key
        item.status = Status.DRAFT if disputed else self.status(draft)
        item.position = self.first_position + position


@transaction.atomic
def apply(run: IngestRun, extraction: Extraction, comparison: Comparison) -> dict[str, Any]:
    """Carry out what was found; returns the run's counts.

    Doing it twice is the same as doing it once.
    """
    reading = Reading(run, extraction)
    apply_cards(reading, comparison.cards)
    apply_questions(reading, comparison.questions)
    disputes = record_disputes(
        reading.version,
        [
            *pairs_between(comparison, reading.version, reading.passages),
            *pairs_within(extraction.conflicts, reading.passages),
        ],
    )
    run.version.fates = [
        {"line": record.line, "fate": str(record.role), "reason": str(record.reason or "")}
        for record in extraction.records
    ]
    run.version.save(update_fields=["fates"])
    drafts = sum(
        model._default_manager.filter(note=reading.note, status=Status.DRAFT).count()
        for model in (Card, Question)
    )
    return {
        **comparison.counts(),
        "topics": len(reading.topics),
        "drafts": drafts,
        "disputes": disputes,
        "lines": count_lines(extraction),
    }


def count_lines(extraction: Extraction) -> dict[str, int]:
    roles = [record.role for record in extraction.records]
    return {str(role): roles.count(role) for role in Role}


def apply_cards(reading: Reading, compared: Compared[CardDraft]) -> None:
    plan = compared.plan
    order = {draft.key: place for place, draft in enumerate(reading.extraction.cards)}
    disputed = {draft.key for _, draft in plan.dispute} | reading.contradicted
    fresh, passages = [], {}
    for draft in plan.create:
        card = write_card(Card(), draft)
        reading.place(card, draft, order[draft.key], disputed=draft.key in disputed)
        fresh.append(card)
        passages[card.pk] = reading.cited(draft.spans)
    add_cards(fresh, passages=passages, author=None)
    for held, draft in plan.update:
        save_card(card=write_card(compared.known[held.pk], draft), author=None)
    for held, draft in plan.conflict:
        suggest(item=compared.known[held.pk], content=words_of_card(draft))
    settle(reading, compared)


def apply_questions(reading: Reading, compared: Compared[QuestionDraft]) -> None:
    plan = compared.plan
    order = {draft.key: place for place, draft in enumerate(reading.extraction.questions)}
    disputed = {draft.key for _, draft in plan.dispute} | reading.contradicted
    fresh, passages = [], {}
    for draft in plan.create:
        question = write_question(Question(), draft)
        reading.place(question, draft, order[draft.key], disputed=draft.key in disputed)
        fresh.append((question, choices_of_draft(draft)))
        passages[question.pk] = reading.cited(draft.spans)
    add_questions(fresh, passages=passages, author=None)
    for held, draft in plan.update:
        question = write_question(compared.known[held.pk], draft)
        save_question(question=question, author=None, choices=choices_of_draft(draft))
    for held, draft in plan.conflict:
        suggest(item=compared.known[held.pk], content=words_of_question(draft))
    settle(reading, compared)


def settle(reading: Reading, compared: Compared[Any]) -> None:
    """Let what stayed cite the new version, bring back what returned, suspend what vanished."""
    plan = compared.plan
    for held, draft in (*plan.keep, *plan.update, *plan.conflict):
        item = compared.known[held.pk]
        cited_elsewhere = item.passages.exclude(version__note=reading.note)
        item.passages.set([*cited_elsewhere, *reading.cited(draft.spans)])
        if held.is_orphan:
            item.is_orphan = False
            item.status = reading.status(draft)
            item.save(update_fields=["is_orphan", "status", "updated_at"])
    for held, draft in plan.merge:
        item = compared.known[held.pk]
        older = item.passages.filter(version__note=reading.note)
        item.passages.remove(*older)
        item.passages.add(*reading.cited(draft.spans))
    for held in plan.orphan:
        let_go(reading, compared.known[held.pk])


def let_go(reading: Reading, item: Any) -> None:
    """Hand an item to another note that says the same, or suspend it."""
    item.passages.remove(*item.passages.filter(version__note=reading.note))
    heir = item.passages.select_related("version__note").first()
    if heir is not None:
        item.note = heir.version.note
        item.save(update_fields=["note", "updated_at"])
        return
    item.is_orphan = True
    item.status = Status.RETIRED
    item.save(update_fields=["is_orphan", "status", "updated_at"])
