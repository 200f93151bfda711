"""An exam's topics in memory: one query, then titles, domains and order without more."""

from collections.abc import Iterable, Iterator

from apps.courses.models import Topic


class TopicTree:
    """The topics of one exam as a tree, in the order a reader expects."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_id = {topic.pk: topic for topic in topics}
        self.children: dict[int | None, list[Topic]] = {}
        for topic in sorted(self.by_id.values(), key=lambda t: (t.position, t.pk)):
            parent = topic.parent_id if topic.parent_id in self.by_id else None
            self.children.setdefault(parent, []).append(topic)
        self.order = {topic.pk: place for place, (topic, _) in enumerate(self.walk())}

    def walk(self) -> Iterator[tuple[Topic, int]]:
        """Every topic with its depth, parents before children."""
        waiting = [(topic, 0) for topic in reversed(self.children.get(None, []))]
        while waiting:
            topic, depth = waiting.pop()
            yield topic, depth
            below = self.children.get(topic.pk, [])
            waiting.extend((child, depth + 1) for child in reversed(below))

    def lineage(self, topic_id: int) -> list[Topic]:
        """The topic and what it stands under, the domain first."""
        keys = (int(key) for key in self.by_id[topic_id].path.strip("/").split("/"))
        return [self.by_id[key] for key in keys if key in self.by_id]

    def titles(self, topic_id: int) -> tuple[str, ...]:
        """The titles from the domain down to the topic."""
        return tuple(topic.title for topic in self.lineage(topic_id))

    def domain(self, topic_id: int) -> Topic:
        """The topmost topic this one stands under."""
        return self.lineage(topic_id)[0]
