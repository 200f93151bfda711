"""Prompts by name: those the plan gives up on, and those forgotten too often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.bank.models import Card
from apps.bank.prompts import prompts_of
from apps.courses.models import Topic
from apps.courses.trees import TopicTree
from apps.study.models import Enrolment, Memory
from apps.study.planner.forecast import forecast
from apps.study.services.asking import weights_by_domain
from apps.study.services.outlook import place_of, studies_for

Key = tuple[UUID, int]


@dataclass(frozen=True)
class NamedPrompt:
    """A prompt by name: `question`, the titles above it, its share of the exam."""

    card_id: UUID
    ordinal: int
    question: str
    path: tuple[str, ...]
    weight: float
    is_new: bool
    lapses: int


def given_up(*, enrolment: Enrolment, now: datetime) -> list[Key]:
    """The prompts that the plan gives up on, heaviest loss first; see `named` for their names."""
    studies = studies_for(enrolment, now)
    place = place_of(studies, enrolment)
    coming = forecast(studies.exams, studies.seconds, studies.market)[place]
    keys = studies.towards_exams[place].keys
    return [keys[row] for row in coming.given_up]


def leeches(*, enrolment: Enrolment) -> list[Key]:
    """The prompts forgotten so often that their card had better be rewritten, worst first."""
    often = Memory.objects.studied(enrolment).filter(lapses__gte=enrolment.leech_lapses)
    return list(often.order_by("-lapses", "card_id", "ordinal").values_list("card_id", "ordinal"))


def named(*, enrolment: Enrolment, keys: Sequence[Key]) -> list[NamedPrompt]:
    """These prompts of the learner by name, in the order given."""
    topics = list(Topic.objects.filter(exam=enrolment.exam_id))
    tree = TopicTree(topics)
    weights = weights_by_domain(enrolment, topics)
    ids = {card for card, _ in keys}
    cards = {card.pk: card for card in Card.objects.filter(pk__in=ids)}
    memories = {
        (memory.card_id, memory.ordinal): memory
        for memory in Memory.objects.studied(enrolment).filter(card__in=ids)
    }
    prompts = []
    for key in keys:
        card, memory = cards.get(key[0]), memories.get(key)
        if card is None or memory is None:
            continue  # retired since the keys were listed
        asked = {prompt.ordinal: prompt.question for prompt in prompts_of(card)}
        prompts.append(
            NamedPrompt(
                card_id=card.pk,
                ordinal=memory.ordinal,
                question=asked.get(memory.ordinal, card.front),
                path=tree.titles(card.topic_id),
                weight=weights[tree.domain(card.topic_id).pk],
                is_new=memory.stability is None,
                lapses=memory.lapses,
            )
        )
    return prompts
