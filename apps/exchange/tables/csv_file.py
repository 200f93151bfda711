"""Questions as a table of comma-separated values, a row each, for a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from apps.exchange.documents import (
    Choice,
    Entry,
    Field,
    Question,
    QuestionKind,
    ReadFile,
    Unreadable,
    Written,
    decoded,
    one_line,
    tidy,
)

if TYPE_CHECKING:
    import _csv

KIND, STEM, ID, EXPLANATION = "kind", "stem", "id", "explanation"
TOPIC, CHOICE, RIGHT, WHY, ACCEPTED = "topic", "choice", "right", "why", "accepted"
_NUMBERED = re.compile(rf"(?:{TOPIC}|{CHOICE}|{RIGHT}|{WHY}|{ACCEPTED}) [1-9]\d?")
_SEPARATORS = ",;\t"
_YES = frozenset({"1", "x", "yes", "y", "true", "right"})
_NO = frozenset({"", "0", "no", "n", "false", "wrong"})
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
# A spreadsheet would reckon with a cell that begins like this: an apostrophe makes it a text.
_FORMULA = re.compile(r"'*[=+\-@\t]")
_QUOTED = re.compile(r"'+[=+\-@\t]")
LONGEST_CELL = 1 << 20


def write_csv(questions: Iterable[Question]) -> Written:
    """All questions, of whatever kind; only the cases they are about stay behind."""
    written = Written()
    rows = []
    for question in (each.tidied for each in questions):
        rows.append(_cells(question))
        written.lose_case(question)
    names = {name for row in rows for name in row}
    header = sorted(names | {ID, KIND, STEM, EXPLANATION}, key=_place)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(header)
    for row in rows:
        table.writerow([_told(row.get(name, "")) for name in header])
    # The mark at the start tells spreadsheets that this is UTF-8.
    written.data, written.count = out.getvalue().encode("utf-8-sig"), len(rows)
    return written


def _place(name: str) -> tuple[int, int, int]:
    """Where a column stands: choices with what goes with them, then the rest by number."""
    word, _, number = name.partition(" ")
    order = [ID, TOPIC, KIND, STEM, CHOICE, RIGHT, WHY, ACCEPTED, EXPLANATION]
    group = order.index(CHOICE) if word in {CHOICE, RIGHT, WHY} else order.index(word)
    return group, int(number or 0), order.index(word)


def _cells(question: Question) -> dict[str, str]:
    cells = {
        ID: question.id,
        KIND: str(question.kind),
        STEM: question.stem,
        EXPLANATION: question.explanation,
    }
    cells |= {f"{TOPIC} {n}": title for n, title in enumerate(question.topic, start=1)}
    cells |= {f"{ACCEPTED} {n}": each for n, each in enumerate(question.accepted, start=1)}
    for n, choice in enumerate(question.choices, start=1):
        cells[f"{CHOICE} {n}"] = choice.text
        cells[f"{RIGHT} {n}"] = "yes" if choice.is_correct else "no"
        cells[f"{WHY} {n}"] = choice.why
    return cells


def _told(cell: str) -> str:
    is_reckoned = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_reckoned else cell


def _meant(cell: str) -> str:
    return tidy(cell[1:] if _QUOTED.match(cell) else cell)


def read_csv(data: bytes) -> ReadFile:
    """All questions of a table whose first row names its columns. Raises Unreadable."""
    text = decoded(data)
    csv.field_size_limit(LONGEST_CELL)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [one_line(name).casefold() for name in next(reader, [])]
        _check(header)
        entries = tuple(_entries(reader, header))
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} is no row of a table: {error}.") from error
    return ReadFile(entries, _lacks(header))


def _check(header: Sequence[str]) -> None:
    """Raise Unreadable unless the first row names columns that are known, each once."""
    known = {ID, KIND, STEM, EXPLANATION}
    named = [name for name in header if name]
    unknown = [name for name in named if name not in known and not _NUMBERED.fullmatch(name)]
    if unknown:
        raise Unreadable(
            f"Line 1: the column “{unknown[0]}” is not known. Known are {ID}, {KIND}, {STEM}, "
            f"{EXPLANATION}, and {TOPIC} 1, {CHOICE} 1, {RIGHT} 1, {WHY} 1, {ACCEPTED} 1 and so on."
        )
    if len(set(named)) < len(named):
        raise Unreadable("Line 1: a column stands there twice.")
    for needed in (KIND, STEM):
        if needed not in named:
            raise Unreadable(f"Line 1: the column “{needed}” is missing.")


def _lacks(header: Sequence[str]) -> frozenset[Field]:
    """What no column speaks of."""
    spoken = {name.partition(" ")[0] for name in header}
    return frozenset(each for each in Field if str(each) not in spoken)


def _entries(rows: "_csv.Reader", header: Sequence[str]) -> Iterator[Entry]:
    line = rows.line_num + 1
    for row in rows:
        cells = {name: _meant(cell) for name, cell in zip(header, row, strict=False) if name}
        if len(row) > len(header):
            yield Entry(line, cells.get(STEM, "")[:80], reason="it has more cells than columns")
        elif any(cells.values()):
            yield _entry(line, cells)
        line = rows.line_num + 1


def _entry(line: int, cells: Mapping[str, str]) -> Entry:
    try:
        kind = QuestionKind(cells.get(KIND, "").casefold())
        choices = tuple(_choices(cells))
    except ValueError as error:
        known = ", ".join(QuestionKind)
        wrong = cells.get(KIND, "").casefold() not in set(QuestionKind)
        reason = f"its kind “{cells.get(KIND, '')}” is not known: {known}" if wrong else str(error)
        return Entry(line, one_line(cells.get(STEM, ""))[:80], reason=reason)
    question = Question(
        kind=kind,
        stem=cells.get(STEM, ""),
        choices=choices,
        accepted=tuple(_numbered(cells, ACCEPTED)),
        explanation=cells.get(EXPLANATION, ""),
        topic=tuple(_numbered(cells, TOPIC)),
        id=cells.get(ID, ""),
    ).tidied
    if not question.stem:
        return Entry(line, "", reason="it asks nothing: its stem is empty")
    return Entry(line, question.name, question)


def _numbered(cells: Mapping[str, str], word: str) -> Iterator[str]:
    """The cells of columns `word 1`, `word 2` and so on that say something."""
    names = sorted((name for name in cells if name.startswith(f"{word} ")), key=_place)
    return (cells[name] for name in names if cells[name])


def _choices(cells: Mapping[str, str]) -> Iterator[Choice]:
    numbers = {name.partition(" ")[2] for name in cells if name.startswith((CHOICE, RIGHT, WHY))}
    for number in sorted(numbers, key=int):
        text, why = cells.get(f"{CHOICE} {number}", ""), cells.get(f"{WHY} {number}", "")
        right = cells.get(f"{RIGHT} {number}", "").casefold()
        if right not in _YES | _NO:
            raise ValueError(f"“{right}” below “{RIGHT} {number}” is neither yes nor no")
        if text or why:
            yield Choice(text, right in _YES, why)
