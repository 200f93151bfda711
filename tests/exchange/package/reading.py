"""Reading packages in the tests, in this process or in a child that is measured."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from apps.exchange.anki.package import reader_child
from apps.exchange.anki.package.reader import read_package
from apps.exchange.anki.package.reader_contents import ReadNote, ReadPackage

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1024 * 1024

# A child begins with the memory of who started it on its account, so a small program starts it.
_MEASURE = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-m", *sys.argv[1:]])
_, status, used = os.wait4(child.pid, 0)
code = os.waitstatus_to_exitcode(status)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""


def read(package: bytes) -> ReadPackage:
    """What a package holds; raises UnreadablePackage."""
    with TemporaryDirectory() as folder:
        path, work = Path(folder, "deck.apkg"), Path(folder, "work")
        path.write_bytes(package)
        work.mkdir()
        return read_package(path, work, now=datetime.now(UTC))


def only_note(package: bytes) -> ReadNote:
    (note,) = read(package).notes
    return note


@dataclass(frozen=True)
class Measured:
    """How a child that reads a package ended, what it said and what it took."""

    status: int
    said: str
    cpu_seconds: float
    megabytes: float
    left_behind: list[str]


def read_measured(path: Path, folder: Path) -> Measured:
    """Read a package as the product does, in a child process, and measure it."""
    work = folder / "work"
    work.mkdir()
    said = folder / "said"
    with said.open("wb") as out:
        run = subprocess.run(
            [sys.executable, "-c", _MEASURE, reader_child.MODULE, str(path), str(work)],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=True,
        )
    status, cpu_seconds, most = run.stderr.splitlines()[-1].split()
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024 if sys.platform == "linux" else 1
    return Measured(
        status=int(status),
        said=said.read_text(),
        cpu_seconds=float(cpu_seconds),
        megabytes=int(most) * unit / MEGABYTE,
        left_behind=sorted(each.name for each in work.iterdir()),
    )
