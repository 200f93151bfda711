"""Many questions of every kind, always the same ones, with all that formats trip over."""

from random import Random
from uuid import UUID, uuid5

from apps.bank.models import Question, Status
from apps.bank.services.items import ChoiceText, save_question
from apps.courses.models import Topic
from apps.exchange import documents
from apps.exchange.documents import Choice, QuestionKind
from tests.exchange.questions.asked import AWKWARD, IDS

WORDS = "the cell wall keeps water in a leaf under pressure while light drives it".split()


def made(number: int) -> list[documents.Question]:
    """So many questions, the kinds taking turns."""
    chance = Random(number)  # noqa: S311 - the same questions every time
    kinds = list(QuestionKind)
    return [question(chance, kinds[place % len(kinds)], place) for place in range(number)]


def said(chance: Random, place: object) -> str:
    """Some words with a few awkward characters among them; `place` makes them unlike others."""
    parts = [chance.choice([*WORDS, *AWKWARD]) for _ in range(chance.randint(3, 9))]
    return documents.tidy(f"{' '.join(parts)} {place}").replace("->", "→")


def question(chance: Random, kind: QuestionKind, place: int) -> documents.Question:
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    if kind is QuestionKind.TRUE_FALSE:
        is_true = chance.random() < 0.5
        choices = (Choice("True", is_true, said(chance, "t")), Choice("False", not is_true))
    elif kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATCH}:
        few = 1 if kind is QuestionKind.SINGLE else 2
        choices = tuple(
            Choice(
                said(chance, letter),
                kind is QuestionKind.MATCH or index < few,
                said(chance, f"why {letter}"),
            )
            for index, letter in enumerate("abcd")
        )
    elif kind is QuestionKind.NUMERIC:
        accepted = chance.choice(
            [("42",), ("-3.50 ± 0.25",), ("15 minutes", "900 s"), ("about 7", "7 kg"), ("1", "2")]
        )
    else:
        accepted = tuple(said(chance, letter) for letter in "abc")
    return documents.Question(
        kind=kind,
        stem=f"{said(chance, place)}?",
        choices=choices,
        accepted=accepted,
        explanation=said(chance, "because") if chance.random() < 0.8 else "",
        topic=("Cells", f"Part {place % 3} / {place % 2}"),
        id=str(uuid5(UUID(str(IDS)), str(place))),
    )


def store(asked: list[documents.Question], topics: dict[tuple[str, ...], Topic]) -> None:
    """Put questions into the bank as their authors would."""
    for each in asked:
        topic = topics[each.topic]
        row = Question(
            pk=UUID(each.id),
            exam=topic.exam,
            topic=topic,
            kind=each.kind,
            stem=each.stem,
            accepted=list(each.accepted),
            explanation=each.explanation,
            status=Status.PUBLISHED,
        )
        choices = [ChoiceText(c.text, c.is_correct, c.why) for c in each.choices]
        save_question(question=row, author=None, choices=choices)
