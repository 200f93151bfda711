"""What reading a note again would change: shown before it is done, and done at most once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from apps.extraction.documents import CardDraft, QuestionDraft

Draft = TypeVar("Draft", CardDraft, QuestionDraft)


class Change(StrEnum):
    """What happens to one item."""

    CREATE = "create"
    UPDATE = "update"
    KEEP = "keep"
    MERGE = "merge"
    ORPHAN = "orphan"
    CONFLICT = "conflict"


# What touches items that are there already.
TOUCHING = (Change.UPDATE, Change.ORPHAN, Change.CONFLICT)


@dataclass(frozen=True)
class Held:
    """An item that an earlier reading made.

    `content` is its present words; `by_hand` says that a person wrote them.
    """

    pk: Any
    content: Mapping[str, Any]
    by_hand: bool
    is_orphan: bool


@dataclass
class Plan(Generic[Draft]):
    """The changes that make a note's items follow its newest version.

    `merge` are drafts that say what an item of another note says already: that item gains a
    source. `dispute` are drafts, new or held, of which an item of another note says otherwise.
    """

    create: list[Draft] = field(default_factory=list)
    update: list[tuple[Held, Draft]] = field(default_factory=list)
    keep: list[tuple[Held, Draft]] = field(default_factory=list)
    merge: list[tuple[Held, Draft]] = field(default_factory=list)
    conflict: list[tuple[Held, Draft]] = field(default_factory=list)
    orphan: list[Held] = field(default_factory=list)
    dispute: list[tuple[Held, Draft]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {str(change): len(getattr(self, change)) for change in Change}

    @property
    def touches_what_is_there(self) -> bool:
        return any(getattr(self, change) for change in TOUCHING)


def make_plan(
    drafts: Iterable[Draft],
    held: Mapping[str, Held],
    content: Mapping[str, Mapping[str, Any]],
    elsewhere: Mapping[str, Held],
) -> Plan[Draft]:
    """Compare drafts with the items held under the same keys, in this note and elsewhere.

    `content` gives each draft's words by key, in the form of `Held.content`. Words a person
    wrote are never overwritten: where the note now says something else, that is a conflict.
    """
    plan: Plan[Draft] = Plan()
    met: set[str] = set()
    for draft in drafts:
        met.add(draft.key)
        known, other = held.get(draft.key), elsewhere.get(draft.key)
        if other is not None and other.content != content[draft.key]:
            plan.dispute.append((other, draft))
        if known is not None:
            if known.content == content[draft.key]:
                plan.keep.append((known, draft))
            elif known.by_hand:
                plan.conflict.append((known, draft))
            else:
                plan.update.append((known, draft))
        elif other is not None and other.content == content[draft.key]:
            plan.merge.append((other, draft))
        else:
            plan.create.append(draft)
    plan.orphan = [item for key, item in held.items() if key not in met and not item.is_orphan]
    return plan
