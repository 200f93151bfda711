"""Says of every written line of a note what became of it."""

from collections.abc import Iterable

from apps.extraction.documents import LineRecord, Reason, Role, Span
from apps.extraction.sources import Source


def account(
    source: Source,
    topics: Iterable[int],
    used: Iterable[Span],
    reasons: Iterable[LineRecord],
) -> tuple[LineRecord, ...]:
    """Return one record for each non-blank line; the first of `reasons` for a line counts."""
    why: dict[int, Reason | None] = {}
    for record in reasons:
        why.setdefault(record.line, record.reason)
    headings = set(topics)
    in_items = {no for span in used for no in range(span.first, span.last + 1)}
    records: list[LineRecord] = []
    for no, text in enumerate(source.text.split("\n"), start=1):
        if not text.strip():
            continue
        if no in headings:
            records.append(LineRecord(no, Role.TOPIC))
        elif no in in_items:
            records.append(LineRecord(no, Role.ITEM))
        elif why.get(no) is Reason.STRUCTURE:
            records.append(LineRecord(no, Role.LABEL, Reason.STRUCTURE))
        else:
            records.append(LineRecord(no, Role.SKIPPED, why.get(no) or Reason.NO_STATEMENT))
    return tuple(records)
