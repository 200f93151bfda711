"""What a reading would change, found out without changing anything."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

from apps.bank.models import Card, Question, QuestionKind, Status
from apps.bank.prompts import GAP
from apps.extraction.documents import Extraction
from apps.ingest.plan import Change, Draft, Held, Plan, make_plan
from apps.ingest.services.drafts import words_of_card, words_of_question
from apps.notes.models import Note

# As many changes as a person looks through; the counts tell all of them.
MOST_CHANGES = 300

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Compared(Generic[Draft]):
    """The plan for a note's cards, or its questions, and the rows it speaks of, by id."""

    plan: Plan[Draft]
    known: Mapping[UUID, Any]


@dataclass(frozen=True)
class Comparison:
    """What a reading would do to the bank."""

    cards: Compared[Any]
    questions: Compared[Any]

    @property
    def touches_what_is_there(self) -> bool:
        return any(each.plan.touches_what_is_there for each in (self.cards, self.questions))

    def counts(self) -> dict[str, Any]:
        return {"cards": self.cards.plan.counts(), "questions": self.questions.plan.counts()}

    def changes(self) -> list[dict[str, str]]:
        """What would happen to items that are there, in words to show."""
        told = [
            *told_changes(self.cards, words_of_card, card_in_words),
            *told_changes(self.questions, words_of_question, question_in_words),
        ]
        return told[:MOST_CHANGES]

    def plan(self) -> list[dict[str, str]]:
        """All that would happen, in words to show: also what would be new."""
        told = [
            *self.changes(),
            *told_additions(self.cards, words_of_card, card_in_words),
            *told_additions(self.questions, words_of_question, question_in_words),
        ]
        return told[:MOST_CHANGES]


def compare(note: Note, extraction: Extraction) -> Comparison:
    """Hold what was found in a note against what is in the bank.

    Items of other notes count where they belong to the same exam and owner: the same fact in
    two notes is one item with two sources.
    """
    return Comparison(
        cards=compare_items(note, Card, extraction.cards, words_of_card),
        questions=compare_items(note, Question, extraction.questions, words_of_question),
    )


def held_keys(note: Note) -> frozenset[str]:
    """The keys of the items that a note holds and still says."""
    return frozenset(
        key
        for model in (Card, Question)
        for key in model._default_manager.filter(note=note, is_orphan=False)
        .exclude(key="")
        .values_list("key", flat=True)
    )


def compare_items(
    note: Note,
    model: type[Card] | type[Question],
    drafts: Sequence[Draft],
    words: Callable[[Draft], Content],
) -> Compared[Draft]:
    keys = {draft.key for draft in drafts}
    family = model._default_manager.filter(exam=note.exam_id, owner=note.owner_id)
    rows = family.exclude(key="").values_list("pk", "key", "note_id")
    mine = {pk for pk, _, note_id in rows if note_id == note.pk}
    theirs = {pk for pk, key, note_id in rows if note_id != note.pk and key in keys}
    known = model._default_manager.in_bulk(list(mine | theirs))
    held = hold(model, known)
    elsewhere = {
        known[pk].key: held[pk]
        for pk in theirs
        if known[pk].note_id is not None and known[pk].status != Status.RETIRED
    }
    plan = make_plan(
        drafts,
        {known[pk].key: held[pk] for pk in mine},
        {draft.key: words(draft) for draft in drafts},
        elsewhere,
    )
    return Compared(plan, known)


def hold(model: type[Card] | type[Question], known: Mapping[UUID, Any]) -> dict[UUID, Held]:
    """The items with their newest words, and whether a person wrote those."""
    newest: dict[UUID, Any] = {}
    item = model._meta.model_name
    versions = model._meta.get_field("versions").related_model._default_manager
    for version in versions.filter(**{f"{item}__in": list(known)}).order_by("number"):
        newest[getattr(version, f"{item}_id")] = version
    return {
        pk: Held(
            pk=pk,
            content=newest[pk].content,
            by_hand=newest[pk].author_id is not None,
            is_orphan=row.is_orphan,
        )
        for pk, row in known.items()
    }


def told_changes(
    compared: Compared[Any],
    words: Callable[[Any], Content],
    in_words: Callable[[Content], str],
) -> Iterable[dict[str, str]]:
    """The changes of a plan as `{change, item, before, after}`."""
    changed = ((Change.UPDATE, compared.plan.update), (Change.CONFLICT, compared.plan.conflict))
    for change, pairs in changed:
        for held, draft in pairs:
            yield {
                "change": str(change),
                "item": str(held.pk),
                "before": in_words(held.content),
                "after": in_words(words(draft)),
            }
    for held in compared.plan.orphan:
        yield {
            "change": str(Change.ORPHAN),
            "item": str(held.pk),
            "before": in_words(held.content),
            "after": "",
        }


def told_additions(
    compared: Compared[Any],
    words: Callable[[Any], Content],
    in_words: Callable[[Content], str],
) -> Iterable[dict[str, str]]:
    """What a plan would add, as `{change, item, before, after}`; nothing is there before."""
    for draft in compared.plan.create:
        after = in_words(words(draft))
        yield {"change": str(Change.CREATE), "item": "", "before": "", "after": after}


def card_in_words(content: Content) -> str:
    """A card in one line, its gaps in brackets with their hints."""
    front = GAP.sub(_gap_in_words, content["front"])
    answer = "; ".join(content["items"]) or content["back"]
    return f"{front} → {answer}" if answer else front


def _gap_in_words(gap: re.Match[str]) -> str:
    return f"[{gap['hidden']} ({gap['hint']})]" if gap["hint"] else f"[{gap['hidden']}]"


def question_in_words(content: Content) -> str:
    """A question in one line with all it offers, so that every change of it shows."""
    if content["kind"] == QuestionKind.MATCH:
        answer = "; ".join(f"{pair['text']}: {pair['why']}" for pair in content["choices"])
        return f"{content['stem']} → {answer}"
    right = [choice["text"] for choice in content["choices"] if choice["is_correct"]]
    wrong = [choice["text"] for choice in content["choices"] if not choice["is_correct"]]
    told = f"{content['stem']} → {'; '.join(right or content['accepted'])}"
    return f"{told} (not: {'; '.join(wrong)})" if wrong else told
