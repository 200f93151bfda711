"""Anyone can drive the planner over JSON lines, and is told what they did wrong."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]
CARDS = [{"id": f"c{n}", "weight": 0.1, "topic": n % 2, "pos": n} for n in range(10)]
INIT: dict[str, Any] = {
    "op": "init",
    "v": 1,
    "exam_day": 5,
    "calendar": [300.0] * 5,
    "costs": {"new": 38, "passed": 13, "failed": 36},
    "cards": CARDS,
}
PLAN = {"op": "plan", "day": 0, "round": 0, "left_s": 300.0, "budget_s": 300.0}
END = {"op": "end"}


def said(monkeypatch: pytest.MonkeyPatch, *lines: object) -> list[dict[str, Any]]:
    """What the command answers to these messages (or raw lines)."""
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    out = io.StringIO()
    call_command("plan_stdio", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_learner_is_led_to_the_exam(monkeypatch: pytest.MonkeyPatch) -> None:
    taught: list[object] = [INIT]
    for day in range(5):
        taught += [
            {**PLAN, "day": day},
            {"op": "observe", "events": [[f"c{2 * day}", 3, day, 20.0], ["c9", 1, day, 30.0]]},
            {**PLAN, "day": day, "round": 1, "left_s": 200.0},
        ]
    ready, *plans, prediction = said(monkeypatch, *taught, {"op": "predict"}, END, "not read")
    assert ready == {"ok": True}
    assert len(plans) == 10
    assert 5 <= len(plans[0]["ids"]) <= 9
    for first, second in zip(plans[::2], plans[1::2], strict=True):
        assert len(set(first["ids"])) == len(first["ids"])
        assert "c9" not in second["ids"]
    assert 0.1 < prediction["score"] < 0.7


def test_it_can_be_driven_as_a_program_and_fails_as_one() -> None:
    def run(*messages: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "apps.study.planner.protocol"],
            input="".join(f"{json.dumps(message)}\n" for message in messages),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )

    good = run(INIT, PLAN, END)
    assert good.returncode == 0
    assert [set(json.loads(line)) for line in good.stdout.splitlines()] == [{"ok"}, {"ids"}]
    bad = run(INIT, {"op": "plan"})
    assert bad.returncode == 1
    assert bad.stderr == "Line 2 cannot be understood: plan: 'day' is missing or unknown\n"


def test_the_end_of_the_input_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, INIT) == [{"ok": True}]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["{"], "Line 1 cannot be understood: Expecting"),
        ([[1, 2]], 'a message is a JSON object with an "op"'),
        ([{"op": "fly"}], "unknown op 'fly'; known: init, plan, observe, predict"),
        ([PLAN], 'the first message is "init"'),
        ([{**INIT, "v": 2}], "this is version 1 of the protocol"),
        ([{**INIT, "calendar": [1.0]}], "the calendar has 1 days, the exam is on 5"),
        ([{"op": "init"}], "init: 'cards' is missing or unknown"),
        ([INIT, {**PLAN, "day": 5}], "Line 2 cannot be understood: plan: day 5 is not one"),
        ([INIT, {"op": "observe", "events": [["x", 3, 0, 1.0]]}], "observe: 'x' is missing"),
        (
            [INIT, {"op": "observe", "events": [["c1", 9, 0, 1.0]]}],
            "observe: A rating is 1, 2, 3 or 4, not 9",
        ),
    ],
)
def test_a_line_that_makes_no_sense_ends_it_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, lines: list[object], reason: str
) -> None:
    with pytest.raises(CommandError) as refused:
        said(monkeypatch, *lines)
    assert reason in str(refused.value)
    assert refused.value.returncode == 1
