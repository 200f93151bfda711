"""Where a topic's cards lie in Anki: decks below the exam's own, numbered in the exam's order."""

from collections.abc import Mapping

from apps.courses.models import Topic
from apps.courses.trees import TopicTree

DeckPath = tuple[str, ...]


class Places:
    """The deck of every topic; `kept` are those that a learner has already.

    Anki never moves cards on import and shows decks by their names. So a deck keeps the name it
    first came with, whatever becomes of its topic, and the numbers hold the exam's order.
    """

    def __init__(self, tree: TopicTree, kept: Mapping[int, DeckPath]) -> None:
        self._tree = tree
        self._decks: dict[int, DeckPath] = {}
        for topic_id, deck in kept.items():
            lineage = tree.lineage(topic_id) if topic_id in tree.by_id else []
            if len(lineage) == len(deck):
                for depth, topic in enumerate(lineage, start=1):
                    self._decks.setdefault(topic.pk, deck[:depth])

    def deck(self, topic_id: int) -> DeckPath:
        """The path of decks below the exam's own."""
        if topic_id not in self._decks:
            lineage = self._tree.lineage(topic_id)
            above = self.deck(lineage[-2].pk) if len(lineage) > 1 else ()
            self._decks[topic_id] = (*above, self._numbered(lineage[-1]))
        return self._decks[topic_id]

    def _numbered(self, topic: Topic) -> str:
        parent = topic.parent_id if topic.parent_id in self._tree.by_id else None
        place = self._tree.children[parent].index(topic) + 1
        return f"{place:02} {topic.title}"
