"""What a deck for Anki costs, beside genanki and Anki's own exporter in the same run.

Times are printed for people and never judged; size and memory do not depend on the machine.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NOTES = 10_000
MANY = 50_000
MOST_MEGABYTES = 60


def measured(writer: str, notes: int) -> dict[str, float]:
    answer = subprocess.run(
        [sys.executable, str(HERE / "anki_writers.py"), writer, str(notes)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
    )
    result: dict[str, float] = json.loads(answer.stdout)
    return result


def told(name: str, result: dict[str, float], notes: int) -> str:
    each = result["seconds"] / notes * 1e6
    size = result["bytes"] / 1e6
    return f"{name:8} {each:6.1f} µs a note, {size:6.2f} MB, {result['peak']:4.0f} MB held\n"


def test_a_deck_takes_a_quarter_of_the_space(capsys: pytest.CaptureFixture[str]) -> None:
    ours, genanki, anki = (measured(name, NOTES) for name in ("ours", "genanki", "anki"))
    with capsys.disabled():
        sys.stdout.write(f"\n{NOTES} notes\n")
        for name, result in (("ours", ours), ("genanki", genanki), ("anki", anki)):
            sys.stdout.write(told(name, result, NOTES))
        by_genanki = ours["seconds"] / genanki["seconds"]
        by_anki = ours["seconds"] / anki["seconds"]
        size = ours["bytes"] / genanki["bytes"]
        sys.stdout.write(f"CPU {by_genanki:.2f} of genanki's, {by_anki:.2f} of Anki's; ")
        sys.stdout.write(f"size {size:.2f} of genanki's\n")
    assert size < 1 / 4


@pytest.mark.parametrize("writer", ["ours", "images"])
def test_a_large_deck_is_never_held_as_a_whole(
    capsys: pytest.CaptureFixture[str], writer: str
) -> None:
    ours = measured(writer, MANY)
    with capsys.disabled():
        sys.stdout.write(f"\n{MANY} notes\n{told(writer, ours, MANY)}")
    assert ours["peak"] < MOST_MEGABYTES
