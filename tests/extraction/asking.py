"""What a learner would see of an extraction: the prompts, answers and paths of its drafts."""

import re
from dataclasses import dataclass

from apps.extraction.documents import CardDraft, CardKind, Extraction, Fact, QuestionDraft
from apps.extraction.facts import merge_statements
from apps.extraction.lines import split_lines
from apps.extraction.outline import build_outline
from apps.extraction.pipeline import extract
from apps.extraction.shape import measure
from apps.extraction.sources import Source, SourceKind
from apps.extraction.statements import read_statements

_GAP = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")


@dataclass(frozen=True)
class Asked:
    """One card as a learner meets it."""

    path: tuple[str, ...]
    prompt: str
    answer: str
    card: CardDraft


def drawn_from(text: str, name: str = "note.txt") -> Extraction:
    """Return what is drawn from a text, read as its name says."""
    return extract(source_of(text, name))


def source_of(text: str, name: str) -> Source:
    """Return the source a file of this name and text would be."""
    kind = SourceKind.MARKDOWN if name.endswith(".md") else SourceKind.PLAIN
    return Source(name, text, kind)


def facts_of(text: str, name: str = "note.txt") -> tuple[Fact, ...]:
    """Return the facts a text states, before any card is made of them."""
    source = source_of(text, name)
    lines = split_lines(source)
    outline = build_outline(source, lines, measure(source, lines))
    return merge_statements(read_statements(outline, name).statements)


def asked(extraction: Extraction) -> list[Asked]:
    """Return every card with its topic path, its gaps hidden in the prompt."""
    return [
        Asked(path_of(extraction, card.topic), *_sides(card), card) for card in extraction.cards
    ]


def drafts(extraction: Extraction) -> list[CardDraft | QuestionDraft]:
    """Return the cards and the questions of an extraction together."""
    return [*extraction.cards, *extraction.questions]


def path_of(extraction: Extraction, topic: str | None) -> tuple[str, ...]:
    """Return the titles from the top down to a topic."""
    topics = {draft.id: draft for draft in extraction.topics}
    titles: list[str] = []
    while topic is not None:
        titles.append(topics[topic].title)
        topic = topics[topic].parent
    return tuple(reversed(titles))


def _sides(card: CardDraft) -> tuple[str, str]:
    if card.kind is CardKind.CLOZE:
        return _GAP.sub("___", card.front), " ; ".join(_GAP.findall(card.front))
    return card.front, card.back


def answer_to(extraction: Extraction, *words: str) -> str:
    """Return the answer of the one card whose path or prompt holds all the words."""
    found = [
        item.answer
        for item in asked(extraction)
        if all(word in f"{' / '.join(item.path)} / {item.prompt}" for word in words)
    ]
    assert len(found) == 1, (words, found)
    return found[0]
