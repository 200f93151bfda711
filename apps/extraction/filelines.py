"""Tells an extraction in the lines of the file, where the text read has lines of its own."""

from collections.abc import Iterable
from dataclasses import replace

from apps.extraction.documents import Extraction, LineRecord, Reason, Role, Span
from apps.extraction.sources import FileLines, Source

_WEIGHT = {Role.TOPIC: 3, Role.ITEM: 2, Role.LABEL: 1, Role.SKIPPED: 0}


def in_file_lines(extraction: Extraction, source: Source) -> Extraction:
    """Return the extraction with every line number as that of the file it was read from."""
    lines = source.file_lines
    if lines is None:
        return extraction
    return replace(
        extraction,
        line_count=lines.count,
        topics=tuple(replace(topic, line=_line(topic.line, lines)) for topic in extraction.topics),
        cards=tuple(replace(card, spans=_spans(card.spans, lines)) for card in extraction.cards),
        questions=tuple(
            replace(question, spans=_spans(question.spans, lines))
            for question in extraction.questions
        ),
        records=_records(extraction.records, lines),
    )


def _line(line: int | None, lines: FileLines) -> int | None:
    span = None if line is None else lines.spans[line - 1]
    return None if span is None else span.first


def _spans(spans: Iterable[Span], lines: FileLines) -> tuple[Span, ...]:
    found: dict[Span, None] = {}
    for span in spans:
        places = [place for place in lines.spans[span.first - 1 : span.last] if place is not None]
        if places:
            found[Span(min(p.first for p in places), max(p.last for p in places))] = None
    return tuple(found)


def _records(records: Iterable[LineRecord], lines: FileLines) -> tuple[LineRecord, ...]:
    """Return one record for each written line of the file; the most telling of several counts."""
    told = {no: LineRecord(no, Role.LABEL, Reason.STRUCTURE) for no in lines.markup}
    told |= {no: LineRecord(no, Role.SKIPPED, Reason.CHROME) for no in lines.chrome}
    for record in records:
        span = lines.spans[record.line - 1]
        if span is None:
            continue
        for no in range(span.first, span.last + 1):
            rest = record.role is Role.TOPIC and no != span.first
            here = LineRecord(no, Role.LABEL, Reason.STRUCTURE) if rest else record
            if no not in told or _WEIGHT[here.role] > _WEIGHT[told[no].role]:
                told[no] = replace(here, line=no)
    return tuple(told[no] for no in sorted(told))
