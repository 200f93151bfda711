"""Learners on the way to an exam, made up from a number, for the tests of the planner."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from apps.study.planner.market import clear
from apps.study.planner.prompts import Exam, FloatArray, Learner, Prompts

MINUTE = 60.0


def prompts(seed: int, count: int, *, siblings: int = 1) -> Prompts:
    """Prompts of four topics of different weight, about half of them answered before."""
    chance = np.random.default_rng(seed)
    topic = chance.integers(0, 4, count)
    weight = np.array([4.0, 3.0, 2.0, 1.0])[topic]
    new = chance.random(count) < 0.5
    return Prompts.of(
        weight=weight / max(weight.sum(), 1),
        stability=np.where(new, np.nan, chance.lognormal(1.5, 1.2, count)),
        difficulty=np.where(new, np.nan, chance.uniform(1, 10, count)),
        elapsed=np.where(new, 0, chance.integers(1, 40, count)),
        card=np.arange(count) // siblings,
        topic=topic,
    )


def exam(seed: int = 1, *, count: int = 60, days: int = 20, **settings: Any) -> Exam:
    siblings = settings.pop("siblings", 1)
    return Exam(prompts(seed, count, siblings=siblings), days, **settings)


def calendar(days: int, minutes: float) -> FloatArray:
    return np.full(days, minutes * MINUTE)


def dearest(one: Exam, seconds: FloatArray) -> float:
    """The price of a second today, once the market has settled."""
    return float(clear([one], seconds).prices[0])


def with_memory(one: Exam, **columns: Any) -> Exam:
    """The same exam with other columns of its prompts."""
    return replace(one, prompts=replace(one.prompts, **columns))


exams = st.builds(
    exam,
    st.integers(0, 10_000),
    count=st.integers(1, 120),
    days=st.integers(1, 60),
    siblings=st.integers(1, 3),
    keep=st.sampled_from([0.0, 0.5, 1.0]),
    learner=st.builds(Learner, scale=st.sampled_from([0.5, 1.0, 2.0]), spread=st.just(0.2)),
)
"""Any learner, far from the exam or close to it."""
