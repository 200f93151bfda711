"""The planner behind JSON messages, so that anyone can drive and measure it.

One message per line, each an object with an `op`:

    {"op": "init", "v": 1, "exam_day": D, "calendar": [seconds of day 0 .. D-1],
     "costs": {"new": s, "passed": s, "failed": s},
     "cards": [{"id", "weight", "topic", "pos"}, ..]}            -> {"ok": true}
    {"op": "observe", "events": [[id, rating 1-4, day, seconds], ..]}   no answer
    {"op": "plan", "day": d, "round": r, "left_s": x, "budget_s": y}    -> {"ids": [..]}
    {"op": "predict"} -> {"score": expected score on the exam's day}
    {"op": "end"}

The functions are those of the product: FSRS-6, the learner's calibration and pace, the market
and the plan of the day. `manage.py plan_stdio` speaks it; `python -m apps.study.planner.protocol`
does the same and starts sooner, because it needs no Django.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from apps.study.memory.calibration import Calibration
from apps.study.memory.fsrs import Memory, Rating, next_memory
from apps.study.planner.day import plan_day
from apps.study.planner.forecast import score
from apps.study.planner.market import Market, clear
from apps.study.planner.prompts import Exam, FloatArray, IntArray, Learner, Pace, Prompts

VERSION = 1
PACE_PRIOR = 20
"""So many answers at the pace announced weigh as much as the learner's own."""

Message = Mapping[str, Any]


class ProtocolError(ValueError):
    """A message that cannot be understood, with the reason in words."""


@dataclass
class OwnPace:
    """The learner's own seconds for prompts that were new, passed or failed on a day."""

    announced: Pace
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    visits: Counter[str] = field(default_factory=Counter)

    def observe(self, row: int, day: int, kind: str, seconds: float) -> None:
        """Count an answer to what the prompt's first answer of the day was."""
        if (row, day) not in self.kinds:
            self.kinds[row, day] = kind
            self.visits[kind] += 1
        self.spent[self.kinds[row, day]] += seconds

    def pace(self) -> Pace:
        """The means, drawn towards the pace announced while little is known."""
        return Pace(
            **{
                kind: (usual * PACE_PRIOR + self.spent[kind]) / (PACE_PRIOR + self.visits[kind])
                for kind, usual in vars(self.announced).items()
            }
        )


@dataclass
class Candidate:
    """One learner on the way to one exam."""

    days: int
    calendar: FloatArray
    pace: OwnPace
    ids: list[Any]
    weight: FloatArray
    topic: IntArray
    position: IntArray
    memories: list[Memory | None] = field(default_factory=list)
    last_day: list[int] = field(default_factory=list)
    calibration: Calibration = field(default_factory=Calibration.prior)
    market: Market | None = None
    market_day: int = 0

    def observe(self, row: int, rating: int, day: int, seconds: float) -> None:
        """Take one answer into account."""
        memory, elapsed = self.memories[row], max(day - self.last_day[row], 0)
        kind = "new"
        if memory is not None:
            recalled = rating != Rating.AGAIN
            kind = "passed" if recalled else "failed"
            self.calibration = self.calibration.updated(memory.stability, elapsed, recalled)
        self.memories[row] = next_memory(memory, rating, elapsed)
        self.last_day[row] = day
        self.pace.observe(row, day, kind, seconds)

    def exam(self, day: int) -> Exam:
        """The exam as it lies ahead on `day`."""
        known = [memory is not None for memory in self.memories]
        return Exam(
            prompts=Prompts.of(
                weight=self.weight,
                stability=[m.stability if m else np.nan for m in self.memories],
                difficulty=[m.difficulty if m else np.nan for m in self.memories],
                elapsed=np.where(known, day - np.array(self.last_day), 0),
                position=self.position,
                topic=self.topic,
            ),
            days=self.days - day,
            learner=Learner(
                scale=self.calibration.scale,
                spread=self.calibration.spread,
                pace=self.pace.pace(),
            ),
        )

    def plan(self, day: int, turn: int, left: float) -> list[Any]:
        """The ids to ask next, best order first."""
        exam = self.exam(day)
        seconds = np.append(left, self.calendar[day + 1 :])
        if self.market is None or turn == 0:
            previous = None
            if self.market is not None:
                previous = Market(self.market.prices[day - self.market_day :])
            self.market, self.market_day = clear([exam], seconds, previous), day
        return [self.ids[row] for row in plan_day([exam], seconds, self.market).prompt]


class Session:
    """A conversation: `answer` takes one message and gives its reply, or None for none.

    Raises ProtocolError for messages that are not of the protocol.
    """

    def __init__(self) -> None:
        self._candidate: Candidate | None = None
        self._rows: dict[Any, int] = {}
        self._today = 0
        self._answers: dict[str, Callable[[Message], dict[str, Any] | None]] = {
            "init": self._init,
            "plan": self._plan,
            "observe": self._observe,
            "predict": self._predict,
        }

    def answer(self, message: object) -> dict[str, Any] | None:
        if not isinstance(message, Mapping) or "op" not in message:
            raise ProtocolError('a message is a JSON object with an "op"')
        answer = self._answers.get(str(message["op"]))
        if answer is None:
            raise ProtocolError(f"unknown op {message['op']!r}; known: {', '.join(self._answers)}")
        try:
            return answer(message)
        except KeyError as missing:
            raise ProtocolError(f"{message['op']}: {missing} is missing or unknown") from missing
        except (TypeError, IndexError, ValueError) as wrong:
            raise ProtocolError(f"{message['op']}: {wrong}") from wrong

    @property
    def _learner(self) -> Candidate:
        if self._candidate is None:
            raise ProtocolError('the first message is "init"')
        return self._candidate

    def _init(self, message: Message) -> dict[str, Any]:
        if message.get("v", VERSION) != VERSION:
            raise ProtocolError(f"this is version {VERSION} of the protocol")
        cards, days = list(message["cards"]), int(message["exam_day"])
        calendar = np.asarray(message["calendar"], dtype=np.float64)
        if len(calendar) != days:
            raise ProtocolError(f"the calendar has {len(calendar)} days, the exam is on {days}")
        costs = message["costs"]
        self._candidate = Candidate(
            days=days,
            calendar=calendar,
            pace=OwnPace(Pace(*(float(costs[kind]) for kind in ("new", "passed", "failed")))),
            ids=[card["id"] for card in cards],
            weight=np.array([float(card["weight"]) for card in cards]),
            topic=np.unique([str(card["topic"]) for card in cards], return_inverse=True)[1],
            position=np.array([card["pos"] for card in cards]),
            memories=[None] * len(cards),
            last_day=[0] * len(cards),
        )
        self._rows = {card["id"]: row for row, card in enumerate(cards)}
        return {"ok": True}

    def _plan(self, message: Message) -> dict[str, Any]:
        day = int(message["day"])
        if not 0 <= day < self._learner.days:
            raise ProtocolError(f"day {day} is not one of the {self._learner.days} study days")
        ids = self._learner.plan(day, int(message["round"]), float(message["left_s"]))
        return {"ids": ids}

    def _observe(self, message: Message) -> None:
        for card, rating, day, seconds in message["events"]:
            self._learner.observe(self._rows[card], int(rating), int(day), float(seconds))

    def _predict(self, message: Message) -> dict[str, Any]:
        learner = self._learner
        last = max(learner.last_day, default=0)
        return {"score": score(learner.exam(min(last, learner.days - 1)))}


def converse(lines: Iterable[str], say: Callable[[str], None]) -> None:
    """Answer messages line by line until "end" or the last line.

    Raises ProtocolError with the number of the first line that cannot be understood.
    """
    session = Session()
    for number, line in enumerate(lines, start=1):
        try:
            message = json.loads(line)
            if isinstance(message, dict) and message.get("op") == "end":
                return
            reply = session.answer(message)
        except (json.JSONDecodeError, ProtocolError) as error:
            raise ProtocolError(f"Line {number} cannot be understood: {error}") from error
        if reply is not None:
            say(f"{json.dumps(reply)}\n")


def main() -> None:
    """Converse on standard input and output."""

    def say(line: str) -> None:
        sys.stdout.write(line)
        sys.stdout.flush()

    try:
        converse(sys.stdin, say)
    except ProtocolError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
