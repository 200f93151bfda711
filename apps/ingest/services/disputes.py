"""Which lines of a note do not agree: with each other, or with those of another note."""

from collections.abc import Iterable, Mapping

from apps.bank.models import Dispute
from apps.extraction.documents import Conflict, Span
from apps.ingest.services.compare import Comparison
from apps.notes.models import NoteVersion, Passage

Passages = Mapping[tuple[int, int], Passage]
Pair = tuple[Passage, Passage]


def spans_of(conflicts: Iterable[Conflict]) -> list[Span]:
    """The lines that conflicts are shown with: of each side the first place it is said."""
    return [side[0] for conflict in conflicts for side in conflict.spans if side]


def pairs_within(conflicts: Iterable[Conflict], passages: Passages) -> list[Pair]:
    """What a note says in two ways: the first of each conflict against every other side."""
    pairs = []
    for conflict in conflicts:
        sides = [passages[side[0].first, side[0].last] for side in conflict.spans if side]
        pairs += [(sides[0], other) for other in sides[1:] if other.pk != sides[0].pk]
    return pairs


def pairs_between(comparison: Comparison, version: NoteVersion, passages: Passages) -> list[Pair]:
    """What a note says otherwise than another one: that one's passage comes first."""
    pairs = []
    for compared in (comparison.cards, comparison.questions):
        for held, draft in compared.plan.dispute:
            cited = compared.known[held.pk].passages.exclude(version__note=version.note)
            theirs = cited.select_related("version").first()
            if theirs is not None and draft.spans:
                pairs.append((theirs, passages[draft.spans[0].first, draft.spans[0].last]))
    return pairs


def record_disputes(version: NoteVersion, pairs: Iterable[Pair]) -> int:
    """Let the disputes a note is part of be just these pairs; returns how many are open.

    One that has vanished closes itself. One that a person has put away stays away as long as
    both its lines read as they did, wherever in the note they stand by now.
    """
    known = list(Dispute.objects.of_note(version.note_id).select_related("one", "other"))
    settled = {words(each.one, each.other) for each in known if each.is_settled}
    stored = {frozenset((each.one_id, each.other_id)): each for each in known}
    wanted = {frozenset((one.pk, other.pk)): (one, other) for one, other in pairs}
    gone = [each.pk for places, each in stored.items() if places not in wanted]
    Dispute.objects.filter(pk__in=gone).delete()
    fresh = [
        Dispute(
            exam_id=version.note.exam_id,
            owner_id=version.note.owner_id,
            one=one,
            other=other,
            is_settled=words(one, other) in settled,
        )
        for places, (one, other) in wanted.items()
        if places not in stored
    ]
    Dispute.objects.bulk_create(fresh)
    kept = [each for places, each in stored.items() if places in wanted]
    return sum(not each.is_settled for each in (*kept, *fresh))


def words(one: Passage, other: Passage) -> frozenset[str]:
    """What two passages say, wherever they stand."""
    return frozenset((one.quote.strip(), other.quote.strip()))
