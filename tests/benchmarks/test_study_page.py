"""How soon the study page shows what a key did: printed for people (`-s`), never judged."""

import subprocess
import sys

import pytest

from tests.running import ROOT


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_study_page_is_measured() -> None:
    # A process of its own: Playwright runs once in each.
    command = [sys.executable, "-m", "tests.benchmarks.study_page"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    sys.stdout.write(told.stdout)
    assert told.stdout.count("key to paint") == 2
    assert told.stdout.count("largest contentful paint") == 2
