"""Extra drafts from somebody else, such as a language model, kept where the note bears them out.

Nothing else depends on this: without a drafter, an extraction is what the rules found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from apps.extraction.documents import (
    CardDraft,
    CardKind,
    Extraction,
    LineRecord,
    Reason,
    Role,
    Span,
)
from apps.extraction.identity import digest, disambiguated, skeleton
from apps.extraction.lint.checks import gives_away
from apps.extraction.sources import Source

# Lines that say something the rules could not make a card of.
PROMISING = frozenset(
    {Reason.NO_STATEMENT, Reason.NO_SUBJECT, Reason.TOO_LONG, Reason.EXAMPLE, Reason.REMARK}
)
LONGEST_PASSAGE = 12
"""Lines of one passage; longer runs are cut."""
LONGEST_FRONT, LONGEST_BACK = 240, 200
CERTAINTY = 0.45
"""Low enough that a person looks at every such draft before a learner does."""
TOKEN = re.compile(r"\w+")
SHORTEST_TOKEN = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a note without a card, with the titles they stand under."""

    path: tuple[str, ...]
    text: str
    span: Span
    topic: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and an answer that somebody proposes for a passage."""

    front: str
    back: str


class DrafterUnavailable(Exception):
    """The drafter gave no usable answer; the message says why, for the operator's log."""


class Drafter(Protocol):
    """Whoever proposes drafts."""

    def propose(self, passage: Passage) -> Sequence[Proposal]:
        """Proposals for one passage; raises DrafterUnavailable."""


def draft_extra(extraction: Extraction, source: Source, drafter: Drafter) -> Extraction:
    """The extraction with the drafter's grounded proposals for lines that gave no card.

    Raises DrafterUnavailable; the extraction handed in is then still good.
    """
    asked = {card.front.casefold() for card in extraction.cards}
    extra: list[CardDraft] = []
    paths: list[tuple[str, ...]] = []
    for passage in passages_without_cards(extraction, source):
        for proposal in drafter.propose(passage):
            if is_sound(proposal, passage) and proposal.front.casefold() not in asked:
                asked.add(proposal.front.casefold())
                extra.append(card_of(proposal, passage))
                paths.append(passage.path)
    keys = disambiguated(
        [
            *((card.key, ()) for card in extraction.cards),
            *((card.key, path) for card, path in zip(extra, paths, strict=True)),
        ]
    )
    extra = [
        replace(card, key=key)
        for card, key in zip(extra, keys[len(extraction.cards) :], strict=True)
    ]
    return replace(
        extraction,
        cards=(*extraction.cards, *extra),
        records=tuple(records_with(extraction.records, extra)),
    )


def is_sound(proposal: Proposal, passage: Passage) -> bool:
    """Whether every content word of the answer stands in the passage, and not in the question."""
    front, back = proposal.front.strip(), proposal.back.strip()
    if not (0 < len(front) <= LONGEST_FRONT and 0 < len(back) <= LONGEST_BACK):
        return False
    given = set(TOKEN.findall(passage.text.casefold()))
    answered = [
        token
        for token in TOKEN.findall(back.casefold())
        if len(token) >= SHORTEST_TOKEN or token.isdigit()
    ]
    return bool(answered) and given.issuperset(answered) and not gives_away(front, back)


def card_of(proposal: Proposal, passage: Passage) -> CardDraft:
    front = proposal.front.strip()
    return CardDraft(
        key=digest("drafted", *passage.path, skeleton(front)),
        topic=passage.topic,
        kind=CardKind.BASIC,
        front=front,
        back=proposal.back.strip(),
        items=(),
        spans=(passage.span,),
        certainty=CERTAINTY,
    )


def passages_without_cards(extraction: Extraction, source: Source) -> Iterator[Passage]:
    """Runs of neighbouring lines that the rules left for want of a statement."""
    lines = source.text.split("\n")
    topics = {topic.id: topic for topic in extraction.topics}
    begun = sorted((t.line, t.id) for t in extraction.topics if t.line is not None)
    left = [r.line for r in extraction.records if r.reason in PROMISING]
    for first, last in runs(left):
        above = [topic for line, topic in begun if line <= first]
        topic = above[-1] if above else next(iter(topics), "")
        path: list[str] = []
        here: str | None = topic
        while here in topics:
            path.insert(0, topics[here].title)
            here = topics[here].parent
        yield Passage(tuple(path), "\n".join(lines[first - 1 : last]), Span(first, last), topic)


def runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring line numbers as ranges of at most `LONGEST_PASSAGE` lines."""
    first = last = 0
    for line in lines:
        if first and line == last + 1 and line - first < LONGEST_PASSAGE:
            last = line
            continue
        if first:
            yield first, last
        first = last = line
    if first:
        yield first, last


def records_with(records: Sequence[LineRecord], extra: Sequence[CardDraft]) -> Iterator[LineRecord]:
    """The records, those of newly used lines changed."""
    used = {
        line for card in extra for span in card.spans for line in range(span.first, span.last + 1)
    }
    for record in records:
        yield LineRecord(record.line, Role.ITEM) if record.line in used else record
