"""Answers given in Anki beside those the learner has here: each counts once."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from apps.exchange.anki.importing.report import Fate, Report
from apps.exchange.anki.package.reader_contents import ReadReview
from apps.study.models import Enrolment, EventKind, ReviewEvent

# An answer that we exported ourselves comes back under the millisecond it was given, or a little
# later where Anki already had a row of that millisecond.
MOVED_MS = 1000
BATCH = 5_000
ANSWERS = UUID("6a0f8f1e-0d4e-5f0e-9a1b-52e0f4f7c3d8")

TheirPrompt = tuple[str, int]
OurPrompt = tuple[UUID, int]


@dataclass(frozen=True)
class ReviewToAdd:
    """An answer that is not here yet, and the prompt of ours it belongs to."""

    card: UUID
    ordinal: int
    review: ReadReview

    def event_id(self, enrolment: Enrolment) -> UUID:
        """The id under which it is stored: the same answer always gets the same."""
        return event_id(enrolment, (self.card, self.ordinal), self.review.moment_ms)


@dataclass
class Held:
    """The learner's answers to one prompt: ids, and moments with ratings that nobody claimed."""

    ids: set[UUID]
    open: list[tuple[int, int]]

    def claims(self, review: ReadReview) -> bool:
        """Whether one of these answers is this one; it is then taken and counts no more."""
        earliest = bisect_left(self.open, (review.moment_ms - MOVED_MS, 0))
        near = [
            place
            for place in range(earliest, len(self.open))
            if self.open[place][0] <= review.moment_ms
        ]
        for place in reversed(near):
            if self.open[place][1] == review.rating:
                del self.open[place]
                return True
        return False


def event_id(enrolment: Enrolment, prompt: OurPrompt, moment_ms: int) -> UUID:
    card, ordinal = prompt
    return uuid5(ANSWERS, f"{enrolment.pk}/{card}/{ordinal}/{moment_ms}")


def merge_reviews(
    reviews: Sequence[ReadReview],
    *,
    prompts: Mapping[TheirPrompt, OurPrompt],
    unasked: Mapping[TheirPrompt, str],
    enrolment: Enrolment | None,
    report: Report,
    reviews_to_add: list[ReviewToAdd],
) -> None:
    """Sort the answers of a package into those to add, those here already and those left out."""
    placed: dict[OurPrompt, dict[int, ReadReview]] = defaultdict(dict)
    for review in reviews:
        prompt = prompts.get((review.guid, review.ordinal))
        if prompt is None:
            report.skip_review(unasked[review.guid, review.ordinal])
        elif review.moment_ms in placed[prompt]:
            report.skip_review("the package has it twice")
        else:
            placed[prompt][review.moment_ms] = review
    held = held_answers(enrolment, list(placed)) if enrolment else {}
    for prompt, given in placed.items():
        here = held.get(prompt, Held(set(), []))
        for moment, review in given.items():
            known = enrolment is not None and event_id(enrolment, prompt, moment) in here.ids
            if known or here.claims(review):
                report.count_review(Fate.MERGED)
            else:
                report.count_review(Fate.IMPORTED)
                reviews_to_add.append(ReviewToAdd(*prompt, review))


def held_answers(enrolment: Enrolment, prompts: list[OurPrompt]) -> dict[OurPrompt, Held]:
    """The answers the learner has given to these prompts, undone ones too.

    Those that came from Anki before are known by their ids alone.
    """
    wanted = set(prompts)
    cards = sorted({card for card, _ in prompts})
    held: dict[OurPrompt, Held] = defaultdict(lambda: Held(set(), []))
    for start in range(0, len(cards), BATCH):
        rows = ReviewEvent.objects.filter(
            enrolment=enrolment, kind=EventKind.ANSWER, card__in=cards[start : start + BATCH]
        )
        for row in rows.iterator(chunk_size=2000):
            prompt = (row.card_id, row.ordinal)
            if prompt not in wanted:
                continue
            moment = round(row.reviewed_at.timestamp() * 1000)
            held[prompt].ids.add(row.pk)
            if row.pk != event_id(enrolment, prompt, moment):
                held[prompt].open.append((moment, row.rating or 0))
    for here in held.values():
        here.open.sort()
    return held
