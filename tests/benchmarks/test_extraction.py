"""How long extraction takes and how much memory it holds: printed for people, never judged."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from apps.extraction.documents import Extraction
from tests.extraction.asking import drawn_from
from tests.extraction.notes import SHAPES

SIZE = 10_000
"""Characters of each note, one of every shape; ten times as many are what a term comes to."""
LARGE = 400_000
"""Characters of the large note; run this file with 10000000 to see ten megabytes."""
_NOUN = re.compile(r"\b[A-Za-z]{4,}(?=:|\*\*:|$)|\b(?:blood|roots|ice|wax|key|magma|heat)\b", re.M)
"""Words of the samples that take a new name each time."""
HERE = Path(__file__).resolve()
_RARE = ("quartz", "amber", "cedar", "willow", "otter", "heron", "maple", "copper")


def generated(text: str, size: int) -> str:
    """Return a note of about `size` characters: a sample again and again, never twice the same."""
    parts: list[str] = []
    written = 0
    while written < size:
        turn, name = len(parts), ""
        for _ in range(3):
            turn, place = divmod(turn, len(_RARE))
            name += _RARE[place]
        part = _NOUN.sub(rf"\g<0>-{name}", text)
        parts.append(f"{part}\n\n")
        written += len(part) + 2
    return "".join(parts)


def _notes(size: int) -> dict[str, str]:
    return {name: generated(text, size) for name, text in SHAPES.items()}


def _timed(notes: dict[str, str]) -> tuple[float, list[Extraction]]:
    begun = time.process_time()
    drawn = [drawn_from(text, name) for name, text in notes.items()]
    return time.process_time() - begun, drawn


def test_ten_times_the_text_gives_the_same_kinds_of_items(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small, large = _notes(SIZE), _notes(10 * SIZE)
    _timed(small)
    one, few = _timed(small)
    ten, many = _timed(large)
    with capsys.disabled():
        total = sum(map(len, large.values()))
        sys.stdout.write(
            f"\n{total / 1000:.0f} KB of notes: {ten:.2f} s, {ten / one:.1f} times a tenth of it\n"
        )
    for short, long in zip(few, many, strict=True):
        assert {card.kind for card in short.cards} <= {card.kind for card in long.cards}


def test_a_large_note_is_read_in_one_go_with_every_line_accounted_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = subprocess.run(
        [sys.executable, str(HERE), str(LARGE)],
        capture_output=True,
        text=True,
        check=True,
        cwd=HERE.parents[2],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[2])},
    )
    measured = json.loads(answer.stdout)
    with capsys.disabled():
        took = f"{measured['megabytes']:.1f} MB: {measured['seconds']:.1f} s"
        sys.stdout.write(f"\n{took}, {measured['peak']:.0f} MB at most\n")
    assert measured["cards"] > 0
    assert measured["records"] == measured["lines"]


def _measure(size: int) -> None:
    """Read one large note and print what it took, as JSON."""
    name, text = next(islice(SHAPES.items(), 1, None))
    note = generated(text, size)
    begun = time.process_time()
    drawn = drawn_from(note, name)
    sys.stdout.write(
        json.dumps(
            {
                "megabytes": len(note) / 1e6,
                "seconds": time.process_time() - begun,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "cards": len(drawn.cards),
                "records": len(drawn.records),
                "lines": sum(bool(line.strip()) for line in note.split("\n")),
            }
        )
    )


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
