"""A learner's numbers computed anew from their log of answers, by py-fsrs and the definitions.

Nothing here imports the product: what a page shows and what this says must come out the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import fsrs
import numpy as np

Prompt = tuple[str, int]
MATURE_DAYS = 21
LOG_SCALES = np.linspace(-1.6, 1.6, 17)
PRIOR_SPREAD = 0.6
HALF_LIFE_DAYS = 30
SITTINGS = 200_000
SCHEDULER = fsrs.Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)


class Trial(NamedTuple):
    """An answer on a later day than the one before, and the memory it met."""

    day: date
    is_mature: bool
    recalled: bool
    memory: fsrs.Card
    scale: float = 1.0

    @property
    def predicted(self) -> float:
        return recall(self.memory, self.day, self.scale)


@dataclass
class Prompted:
    """Where one prompt stands: its memory, when it is due, and how often it was answered."""

    memory: fsrs.Card
    day: date
    due: date
    reps: int = 0
    lapses: int = 0


@dataclass(frozen=True)
class Reference:
    """All that is computed; `seconds` and `answers` are by study day, in UTC from 4 o'clock."""

    prompts: dict[Prompt, Prompted]
    trials: Sequence[Trial]
    scale: float
    answers: Counter[date]
    seconds: Counter[date]


def study_day(moment: datetime) -> date:
    return (moment.astimezone(UTC) - timedelta(hours=4)).date()


def noon(day: date) -> datetime:
    """Days as py-fsrs counts them: from one noon to the next."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def recall(memory: fsrs.Card, day: date, scale: float = 1.0) -> float:
    """The chance that a memory, so many times as stable as FSRS takes it for, lasts to this day.

    Stability is the days after which nine in ten are recalled, and the curve is a power of time.
    """
    assert memory.stability and memory.last_review
    days = (noon(day) - memory.last_review).days
    decay = -SCHEDULER.parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * days / (memory.stability * scale)) ** decay)


def answer(standing: Prompted | None, rating: int, day: date) -> Prompted:
    """Where a prompt stands after one more answer."""
    before = standing.memory if standing else fsrs.Card()
    memory, _ = SCHEDULER.review_card(before, fsrs.Rating(rating), noon(day))
    is_failed = rating == fsrs.Rating.Again
    is_later = standing is not None and day > standing.day
    return Prompted(
        memory=memory,
        day=day,
        due=day if is_failed else memory.due.date(),
        reps=1 + (standing.reps if standing else 0),
        lapses=(is_failed and is_later) + (standing.lapses if standing else 0),
    )


def reference_of(events: Iterable[dict[str, Any]]) -> Reference:
    """The numbers of one enrolment from its log, rows with the names of the data download."""
    log = sorted(events, key=lambda each: (each["reviewed_at"], each["seq"]))
    undone = {each["target"] for each in log if each["kind"] == "undo"}
    prompts: dict[Prompt, Prompted] = {}
    trials: list[Trial] = []
    answers: Counter[date] = Counter()
    seconds: Counter[date] = Counter()
    for event in log:
        if event["kind"] != "answer" or event["id"] in undone:
            continue
        day = study_day(datetime.fromisoformat(event["reviewed_at"]))
        key = (event["card_id"], event["ordinal"])
        standing, rating = prompts.get(key), event["rating"]
        if standing and day > standing.day:
            is_mature = (standing.due - standing.day).days >= MATURE_DAYS
            trials.append(Trial(day, is_mature, rating > 1, standing.memory))
        prompts[key] = answer(standing, rating, day)
        answers[day] += 1
        seconds[day] += event["duration_ms"] / 1000
    scale = scale_of(trials)
    return Reference(
        prompts, [each._replace(scale=scale) for each in trials], scale, answers, seconds
    )


def scale_of(trials: Sequence[Trial]) -> float:
    """How much longer than FSRS says this learner remembers: the mean of what the trials leave.

    The logarithm of the scale is one of 17 points, beforehand as likely as a normal distribution
    around 0 has it.
    """
    log_likelihood = -0.5 * (LOG_SCALES / PRIOR_SPREAD) ** 2
    for trial in trials:
        chances = np.array([recall(trial.memory, trial.day, np.exp(x)) for x in LOG_SCALES])
        log_likelihood += np.log(chances if trial.recalled else 1 - chances)
    weights = np.exp(log_likelihood - log_likelihood.max())
    return float(np.exp(weights @ LOG_SCALES / weights.sum()))


@dataclass
class Domain:
    """A domain of the exam: its share (0 to 1), questions, answers and the recall of its prompts.

    `right` and `wrong` are first answers as (days ago); `recalled` has a chance for each prompt
    that was studied.
    """

    share: float
    questions: int
    prompts: int
    right: list[float]
    wrong: list[float]
    recalled: list[float]

    @property
    def belief(self) -> tuple[float, float]:
        """Alpha and beta: one each, the answers as they fade, and the cards as a few answers."""
        met = len(self.recalled)
        cards = min(met / 10, 10) * met / self.prompts
        known = float(np.mean(self.recalled)) if met else 0.0
        faded = [
            sum(0.5 ** (ago / HALF_LIFE_DAYS) for ago in at) for at in (self.right, self.wrong)
        ]
        return 1 + faded[0] + cards * known, 1 + faded[1] + cards * (1 - known)


def faded(ago: Iterable[float]) -> float:
    """What answers given so many days ago still count for."""
    return sum((0.5 ** (days / HALF_LIFE_DAYS) for days in ago), 0.0)


@dataclass(frozen=True)
class Outlook:
    """Ranges that hold nine times in ten, of the whole and by domain, and the chance to pass."""

    level: tuple[float, float]
    domains: Sequence[tuple[float, float]]
    passing: float


def outlook_of(domains: Sequence[Domain], pass_mark: float) -> Outlook:
    """Sit the exam by lot very many times, with other dice than the product's."""
    dice = np.random.default_rng(7)
    levels = np.array([dice.beta(*each.belief, SITTINGS) for each in domains])
    questions = np.array([each.questions for each in domains])
    points = dice.binomial(questions[:, None], levels).sum(axis=0)
    whole = np.array([each.share for each in domains]) @ levels
    return Outlook(
        level=bounds(whole),
        domains=[bounds(each) for each in levels],
        passing=float(np.mean(points >= pass_mark / 100 * questions.sum())),
    )


def bounds(drawn: Any) -> tuple[float, float]:
    low, high = np.quantile(drawn, [0.05, 0.95])
    return float(low), float(high)


def by_week(trials: Iterable[Trial]) -> dict[date, list[Trial]]:
    """The trials of each week, which begins on Monday."""
    weeks: dict[date, list[Trial]] = defaultdict(list)
    for trial in trials:
        weeks[trial.day - timedelta(days=trial.day.weekday())].append(trial)
    return weeks
