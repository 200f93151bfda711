"""Questions on their way between this house and others, free of any format and framework."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from apps.extraction.documents import QuestionKind

__all__ = [
    "Case",
    "Choice",
    "Entry",
    "Field",
    "Loss",
    "Question",
    "QuestionKind",
    "ReadFile",
    "Unreadable",
]

WITH_CHOICES = (
    QuestionKind.SINGLE,
    QuestionKind.MULTIPLE,
    QuestionKind.TRUE_FALSE,
    QuestionKind.MATCH,
)
LONGEST_NAME = 80
# What XML 1.0 cannot hold and no reader sees: control characters, halves of pairs, non-characters.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """A text as formats hold it: lines end in one way, nothing unseen stands in or around it."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """A text without line breaks and needless spaces, as titles and names are written."""
    return " ".join(tidy(text).split())


class Field(StrEnum):
    """What a question has that not every format can say."""

    EXPLANATION = "explanation"
    WHY = "why"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice; of a match it is a pair, `text` the term and `why` its meaning."""

    text: str
    is_correct: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A situation that several questions are about: `text` is read before them."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its key. `accepted` are answers in writing, or steps in their right order.

    `topic` are titles from the domain down; `id` is the name its source knows it by, or empty.
    `case` is what it is asked about, where it belongs to a case.
    """

    kind: QuestionKind
    stem: str
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""
    topic: tuple[str, ...] = ()
    id: str = ""
    case: Case | None = None

    @property
    def name(self) -> str:
        """The first words of what it asks, for a person."""
        line = one_line(self.stem)
        return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"

    @property
    def tidied(self) -> "Question":
        """The same question with what its kind uses, each text tidy."""
        is_match = self.kind is QuestionKind.MATCH
        used = self.choices if self.kind in WITH_CHOICES else ()
        return Question(
            kind=self.kind,
            stem=tidy(self.stem),
            choices=tuple(
                Choice(tidy(each.text), is_match or each.is_correct, tidy(each.why))
                for each in used
            ),
            accepted=() if self.kind in WITH_CHOICES else tuple(map(tidy, self.accepted)),
            explanation=tidy(self.explanation),
            topic=tuple(title for title in map(one_line, self.topic) if title),
            id=self.id,
            case=self.case and Case(self.case.id, one_line(self.case.title), tidy(self.case.text)),
        )


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format could not hold of one question; `is_whole` if all of it stays behind."""

    id: str
    name: str
    what: str
    is_whole: bool = False


@dataclass(slots=True)
class Written:
    """A file on its way out: its bytes, how many questions it holds, and what it could not."""

    data: bytes = b""
    count: int = 0
    losses: list[Loss] = field(default_factory=list)

    def lose(self, question: Question, what: str, *, is_whole: bool = False) -> None:
        self.losses.append(Loss(question.id, question.name, what, is_whole))

    def lose_case(self, question: Question) -> None:
        """Name the case of a question, for formats that ask each question by itself."""
        if question.case is not None:
            self.lose(question, f"the case it is about stays behind: {question.case.title}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of a file, from `line` on; `reason` says why it cannot be taken, if so.

    `remarks` name what of it was left behind on the way.
    """

    line: int
    name: str
    question: Question | None = None
    remarks: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All that a file holds, in its order; `lacks` is what its format never says."""

    entries: tuple[Entry, ...]
    lacks: frozenset[Field] = frozenset()

    def questions(self) -> Iterator[Question]:
        """Those that can be taken."""
        return (entry.question for entry in self.entries if entry.question is not None)


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says where and what to do."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it says so. Raises Unreadable."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        # No database takes this one, and no text has it.
        return data.decode(encoding).replace("\0", "")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Line {line} is not UTF-8. Save the file as UTF-8.") from error
