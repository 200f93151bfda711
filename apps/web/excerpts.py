"""The lines that items cite, with those around them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apps.notes.models import NoteVersion, Passage

AROUND = 3
MOST_LINES = 40


@dataclass(frozen=True)
class ExcerptLine:
    """A line of a note; `follows_a_gap` where lines before it are left out."""

    number: int
    text: str
    is_cited: bool
    follows_a_gap: bool


@dataclass(frozen=True)
class Excerpt:
    """What stands in one version of a note around the lines an item cites."""

    version: NoteVersion
    lines: list[ExcerptLine]
    first_line: int
    """The first cited line: where a link into the note leads."""


Texts = Mapping[int, Sequence[str]]


def texts_of(passages: Iterable[Passage]) -> Texts:
    """The lines of the versions these passages stand in, by version, in one query."""
    versions = NoteVersion.objects.filter(pk__in={passage.version_id for passage in passages})
    return {pk: text.split("\n") for pk, text in versions.values_list("pk", "text")}


def excerpts(passages: Iterable[Passage], texts: Texts) -> list[Excerpt]:
    """The cited lines and their surroundings, an excerpt for each version that is cited."""
    by_version: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_version[passage.version_id].append(passage)
    return [excerpt(cited, texts[version]) for version, cited in sorted(by_version.items())]


def excerpt(cited: Sequence[Passage], texts: Sequence[str]) -> Excerpt:
    spans = [(passage.first_line, passage.last_line) for passage in cited]
    marked = {place for first, last in spans for place in range(first, last + 1)}
    near = {
        place
        for first, last in spans
        for place in range(max(first - AROUND, 1), min(last + AROUND, len(texts)) + 1)
    }
    shown = sorted(near)[:MOST_LINES]
    lines = [
        ExcerptLine(
            number=place,
            text=texts[place - 1],
            is_cited=place in marked,
            follows_a_gap=index > 0 and shown[index - 1] < place - 1,
        )
        for index, place in enumerate(shown)
    ]
    return Excerpt(cited[0].version, lines, min(marked))
