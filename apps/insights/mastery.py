"""How well each topic is known, beside how much of the exam it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from apps.courses.models import Topic
from apps.insights.knowledge import FloatArray, Knowledge

WEAKEST = 3


@dataclass(frozen=True)
class TopicMastery:
    """A topic with all below it. Shares are of the whole exam, 0 to 1.

    `share` is what its prompts weigh, `mastery` their mean chance of recall, what was never
    studied counting as unknown; `lost` is the share of the exam that is not known of it.
    """

    topic: Topic
    depth: int
    share: float
    prompts: int
    met: int
    mastery: float
    lost: float


def mastery_of(known: Knowledge) -> list[TopicMastery]:
    """Every topic that holds cards, in itself or below, in the order of the course."""
    own = by_topic(known)
    whole: dict[int, FloatArray] = {}
    for topic, sums in own.items():
        for above in known.tree.lineage(topic):
            whole[above.pk] = whole.get(above.pk, 0) + sums
    return [
        measured(topic, depth, whole[topic.pk])
        for topic, depth in known.tree.walk()
        if topic.pk in whole
    ]


def weakest_of(known: Knowledge, count: int = WEAKEST) -> list[TopicMastery]:
    """The topics in which most of the exam is still to be gained, among those begun.

    Topics count by the cards they hold themselves: what lies in a topic below is named there.
    """
    begun = [
        measured(known.tree.by_id[topic], 0, sums)
        for topic, sums in by_topic(known).items()
        if sums[1]
    ]
    ranked = sorted(begun, key=lambda each: (-each.lost, known.tree.order[each.topic.pk]))
    return [each for each in ranked[:count] if each.lost > 0]


def measured(topic: Topic, depth: int, sums: FloatArray) -> TopicMastery:
    prompts, met, recalled, share, lost = (float(each) for each in sums)
    return TopicMastery(topic, depth, share, int(prompts), int(met), recalled / prompts, lost)


def by_topic(known: Knowledge) -> dict[int, FloatArray]:
    """By topic: its prompts, those studied, their recall added up, their share, what is lost."""
    topics, place = np.unique(known.topic, return_inverse=True)
    columns: Sequence[FloatArray] = [
        np.ones(len(place)),
        known.met.astype(float),
        known.recall,
        known.weight,
        known.weight * (1 - known.recall),
    ]
    sums = np.column_stack([np.bincount(place, column, len(topics)) for column in columns])
    return {
        topic: row
        for topic, row in zip(topics.tolist(), sums, strict=True)
        if topic in known.tree.by_id
    }
