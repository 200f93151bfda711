"""The formats that questions are written and read in, by name."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from apps.exchange.documents import Question, ReadFile, Unreadable, Written
from apps.exchange.moodle.aiken import read_aiken, write_aiken
from apps.exchange.moodle.gift import write_gift
from apps.exchange.moodle.gift_reader import read_gift
from apps.exchange.moodle.xml import write_xml
from apps.exchange.moodle.xml_reader import read_xml
from apps.exchange.qti.package import write_qti
from apps.exchange.tables.csv_file import read_csv, write_csv

# Only Aiken has a lettered choice with the letter of the right one below it.
_LETTERED = re.compile(rb"^[ \t]*[A-Z][.)][ \t][^\r\n]*\s*^[ \t]*ANSWER:", re.M)


class Writer(Protocol):
    def __call__(self, questions: Iterable[Question], title: str) -> Written: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format; one without `read` is only written."""

    key: str
    label: str
    suffix: str
    content_type: str
    help: str
    write: Writer
    read: Callable[[bytes], ReadFile] | None = None


def untitled(write: Callable[[Iterable[Question]], Written]) -> Writer:
    """A writer of a format that has no place for the title of the whole."""

    def titled(questions: Iterable[Question], title: str) -> Written:
        return write(questions)

    return titled


GIFT = Format(
    "gift",
    "GIFT",
    ".gift",
    "text/plain; charset=utf-8",
    "Moodle’s text format, easy to write by hand",
    untitled(write_gift),
    read_gift,
)
XML = Format(
    "xml",
    "Moodle XML",
    ".xml",
    "application/xml",
    "Moodle’s own format, the most complete of them",
    untitled(write_xml),
    read_xml,
)
AIKEN = Format(
    "aiken",
    "Aiken",
    ".txt",
    "text/plain; charset=utf-8",
    "Single choices only, a line each",
    untitled(write_aiken),
    read_aiken,
)
CSV = Format(
    "csv",
    "CSV table",
    ".csv",
    "text/csv; charset=utf-8",
    "For a spreadsheet: every kind, with its topic and reasons",
    untitled(write_csv),
    read_csv,
)
QTI = Format(
    "qti",
    "QTI 3 package",
    ".zip",
    "application/zip",
    "For other learning platforms; it is written, not read",
    write_qti,
)
FORMATS: Sequence[Format] = (GIFT, XML, AIKEN, CSV, QTI)
BY_KEY = {each.key: each for each in FORMATS}
READ_SUFFIXES = ".gift,.txt,.xml,.csv,.tsv"


def by_suffix(name: str) -> Format | None:
    """The format that a file's name asks for when it is written."""
    return next((each for each in FORMATS if name.casefold().endswith(each.suffix)), None)


def recognise(name: str, data: bytes) -> Format:
    """The format a file is in, by its name where that says it, else by what stands in it.

    Raises Unreadable for what is written here but not read.
    """
    lowered = name.casefold()
    if data.startswith(b"PK\x03\x04"):
        raise Unreadable(
            "This is a package. QTI is only written here: bring questions as GIFT, Aiken, Moodle "
            "XML or CSV."
        )
    if lowered.endswith(".xml") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return XML
    if lowered.endswith((".csv", ".tsv")):
        return CSV
    return AIKEN if not lowered.endswith(".gift") and _LETTERED.search(data) else GIFT
