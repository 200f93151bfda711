"""The one entrance: from the text of a note to drafts of topics, cards and questions."""

from collections.abc import Callable
from dataclasses import replace

from apps.extraction.accounting import account
from apps.extraction.documents import (
    CardDraft,
    Extraction,
    Fact,
    LineRecord,
    Outline,
    QuestionDraft,
    Reading,
    Role,
    Stage,
)
from apps.extraction.facts import find_conflicts, mark_disputed, merge_statements
from apps.extraction.identity import disambiguated
from apps.extraction.items import (
    Budget,
    Pools,
    draft_cards,
    draft_questions,
    hinted,
    stressed_lines,
)
from apps.extraction.lines import split_lines
from apps.extraction.lint import Selected, select
from apps.extraction.outline import build_outline
from apps.extraction.progress import Tell
from apps.extraction.shape import measure
from apps.extraction.sources import Source
from apps.extraction.statements import read_statements
from apps.extraction.topics import Topics, subject_of

Report = Callable[[Stage, float], None]
GENEROUS = Budget()


def silent(stage: Stage, done: float) -> None:
    """Report nothing."""


def extract(source: Source, *, report: Report = silent, budget: Budget = GENEROUS) -> Extraction:
    """Return what can be learnt from a note; never raises, whatever the text.

    `report` is told each stage as it begins, and now and then within the long ones, with the
    share of the work done (0 to 1).
    `budget` says how many items of one fact and of one topic are wanted at most.
    """
    report(Stage.READ, 0.0)
    lines = split_lines(source)
    report(Stage.OUTLINE, 0.15)
    outline = build_outline(source, lines, measure(source, lines))
    report(Stage.STATEMENTS, 0.35)
    told = _between(report, Stage.STATEMENTS, 0.35, 0.5)
    reading = read_statements(outline, subject_of(source.name), told)
    report(Stage.FACTS, 0.5)
    facts = merge_statements(reading.statements)
    conflicts = find_conflicts(facts)
    facts = mark_disputed(facts, conflicts)
    report(Stage.ITEMS, 0.6)
    pools, stressed = Pools(facts), stressed_lines(lines)
    cards = draft_cards(pools, stressed, _between(report, Stage.ITEMS, 0.6, 0.75))
    questions = draft_questions(pools, stressed, _between(report, Stage.ITEMS, 0.75, 0.85))
    report(Stage.LINT, 0.85)
    selected = select(cards, questions, budget, _between(report, Stage.LINT, 0.85, 0.95))
    extraction = replace(
        _extraction(source, outline, reading, facts, selected), conflicts=conflicts
    )
    report(Stage.LINT, 1.0)
    return extraction


def _between(report: Report, stage: Stage, begin: float, end: float) -> Tell:
    """Return what tells the share of a stage as a share of the whole work."""
    return lambda share: report(stage, begin + share * (end - begin))


def _extraction(
    source: Source,
    outline: Outline,
    reading: Reading,
    facts: tuple[Fact, ...],
    selected: Selected,
) -> Extraction:
    topics = Topics(outline.nodes, source.name)
    cards = _cards(selected, topics)
    questions = _questions(selected, topics)
    drafts = topics.drafts()
    lost = [
        LineRecord(no, Role.SKIPPED, reason)
        for fact, reason in selected.dropped
        for span in facts[fact].spans
        for no in range(span.first, span.last + 1)
    ]
    records = account(
        source,
        topics=(topic.line for topic in drafts if topic.line is not None),
        used=[
            *(span for card in cards for span in card.spans),
            *(span for question in questions for span in question.spans),
        ],
        reasons=(*outline.skipped, *reading.reasons, *lost),
    )
    return Extraction(
        name=source.name,
        line_count=source.text.count("\n") + 1,
        topics=drafts,
        cards=cards,
        questions=questions,
        records=records,
        left_out=selected.left_out,
    )


def _cards(selected: Selected, topics: Topics) -> tuple[CardDraft, ...]:
    keys = disambiguated((plan.base_key, plan.path) for plan in selected.cards)
    return tuple(
        CardDraft(
            key=key,
            topic=topics.id_of(plan.topic),
            kind=plan.kind,
            front=hinted(plan),
            back=plan.back,
            items=plan.items,
            spans=plan.spans,
            certainty=plan.certainty,
        )
        for key, plan in zip(keys, selected.cards, strict=True)
    )


def _questions(selected: Selected, topics: Topics) -> tuple[QuestionDraft, ...]:
    keys = disambiguated((plan.base_key, plan.path) for plan in selected.questions)
    return tuple(
        QuestionDraft(
            key=key,
            topic=topics.id_of(plan.topic),
            kind=plan.kind,
            stem=plan.stem,
            choices=plan.choices,
            accepted=plan.accepted,
            explanation=plan.explanation,
            spans=plan.spans,
            certainty=plan.certainty,
        )
        for key, plan in zip(keys, selected.questions, strict=True)
    )
