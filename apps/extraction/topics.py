"""Drafts the topics of a note from the sections of its outline."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from apps.extraction.documents import Node, NodeKind, TopicDraft
from apps.extraction.identity import digest, disambiguated

_DIGEST = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}", re.I)
"""A word that a machine made up for a file."""


class Topics:
    """The topic drafts of a note, by the section node each stands for."""

    def __init__(self, nodes: Sequence[Node], name: str) -> None:
        sections = [node for node in nodes if node.kind is NodeKind.SECTION]
        paths: dict[int, tuple[str, ...]] = {}
        for node in sections:
            above = () if node.parent is None else paths[node.parent]
            paths[node.index] = (*above, node.text)
        keys = disambiguated((digest("topic", *paths[n.index]), paths[n.index]) for n in sections)
        self._ids = dict(zip((node.index for node in sections), keys, strict=True))
        self._drafts = [
            TopicDraft(
                id=self._ids[node.index],
                parent=None if node.parent is None else self._ids[node.parent],
                title=node.text,
                line=node.span.first or None,
                certainty=node.certainty,
            )
            for node in sections
        ]
        self._root = TopicDraft(digest("root", name), None, title_of(name), None, 0.5)
        self._root_used = False

    def id_of(self, section: int | None) -> str:
        """Return the id of a section's topic; text outside every section has the note's own."""
        if section is None:
            self._root_used = True
            return self._root.id
        return self._ids[section]

    def drafts(self) -> tuple[TopicDraft, ...]:
        """Return the topics in reading order, the note's own first if anything needs it."""
        return (self._root, *self._drafts) if self._root_used else tuple(self._drafts)


def title_of(name: str) -> str:
    """Return a title for a note from its file name."""
    return subject_of(name) or "Note"


def subject_of(name: str) -> str:
    """Return what the file name of a note says it is about, "" where it says nothing."""
    words = " ".join(
        word for word in re.split(r"[-_.\s]+", PurePath(name).stem) if not _DIGEST.fullmatch(word)
    ).strip()
    return f"{words[:1].upper()}{words[1:]}" if re.search(r"[^\W\d]", words) else ""
