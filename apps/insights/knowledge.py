"""What a learner's memory holds of an exam at this moment: each prompt's chance of recall."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from apps.courses.models import Topic
from apps.courses.trees import TopicTree
from apps.study.models import Enrolment
from apps.study.planner.transitions import recall
from apps.study.services.preparations import NEVER, Preparation, prepare

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Knowledge:
    """One enrolment's live prompts as columns of one length.

    `recall` is 0 where a prompt was never answered; `weight` is each prompt's share of the exam;
    `due` counts days from `day`, and means nothing where `met` is false.
    """

    enrolment: Enrolment
    day: date
    tree: TopicTree
    topic: IntArray
    weight: FloatArray
    recall: FloatArray
    met: BoolArray
    due: IntArray


def knowledge_of(enrolments: Sequence[Enrolment], now: datetime) -> list[Knowledge]:
    """What these enrolments (with their users) know now; the queries do not grow with cards."""
    trees = trees_of(enrolments)
    return [known(each, trees[each.enrolment.pk]) for each in prepare(enrolments, now)]


def known(preparation: Preparation, tree: TopicTree) -> Knowledge:
    enrolment = preparation.enrolment
    met = ~np.isnan(preparation.stability)
    chance = np.zeros(len(met))
    chance[met] = recall(
        preparation.elapsed[met].astype(float),
        preparation.stability[met] * enrolment.recall.scale,
        enrolment.parameters,
    )
    return Knowledge(
        enrolment=enrolment,
        day=preparation.day,
        tree=tree,
        topic=preparation.topic,
        weight=preparation.weight,
        recall=chance,
        met=met & (preparation.due != NEVER),
        due=preparation.due,
    )


def trees_of(enrolments: Sequence[Enrolment]) -> dict[int, TopicTree]:
    """The topics each learner sees of their exam, by enrolment."""
    exams = {enrolment.exam_id for enrolment in enrolments}
    mine = Q(owner=None) | Q(owner__in={enrolment.user_id for enrolment in enrolments})
    topics: dict[tuple[int, int | None], list[Topic]] = defaultdict(list)
    for topic in Topic.objects.filter(mine, exam__in=exams):
        topics[topic.exam_id, topic.owner_id].append(topic)
    return {
        each.pk: TopicTree(topics[each.exam_id, None] + topics[each.exam_id, each.user_id])
        for each in enrolments
    }
