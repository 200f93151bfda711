"""Passnotes as a person starts it: the quickstart command in a process of its own."""

import atexit
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import psycopg2  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = re.compile(r"Password\s+(\S+@\S+)\s+(\S+)")
PATIENCE = 90
EMBEDDED_ONLY = ("REDIS_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_of(data: Path) -> dict[str, str]:
    """The environment's part about the database: SQLite in `data`, or one of its own on the
    PostgreSQL server that PASSNOTES_E2E_DATABASE_URL names.
    """
    server = os.environ.get("PASSNOTES_E2E_DATABASE_URL")
    if not server:
        return {}
    known = data.with_suffix(".database")
    if not known.exists():
        name = f"passnotes_e2e_{uuid4().hex[:12]}"
        tell(server, f"CREATE DATABASE {name}")
        atexit.register(tell, server, f"DROP DATABASE {name} WITH (FORCE)")
        known.write_text(f"{server.rpartition('/')[0]}/{name}")
    return {"DATABASE_URL": known.read_text()}


def tell(server: str, command: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    connection.cursor().execute(command)
    connection.close()


class Quickstart:
    """A running quickstart on data of its own; `passwords` are those it printed.

    With `clock` (aware) it takes each start for this moment, and time goes on from there.
    """

    def __init__(
        self, data: Path, port: int | None = None, *, clock: datetime | None = None
    ) -> None:
        self.data = data
        self.clock = clock
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.passwords: dict[str, str] = {}
        self.seconds_to_first_page = 0.0
        kept = {k: v for k, v in os.environ.items() if k not in EMBEDDED_ONLY}
        self.environment = kept | {"PASSNOTES_DATA": str(data), "PYTHONUNBUFFERED": "1"}
        self.environment |= database_of(data)
        self.tail: deque[str] = deque(maxlen=60)
        self._ready = threading.Event()

    def start(self) -> Self:
        began = time.monotonic()
        program = [str(ROOT / "manage.py")]
        if self.clock:
            program = ["-m", "tests.at_another_time", self.clock.isoformat()]
        self.process = subprocess.Popen(
            [sys.executable, *program, "quickstart", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._wait()
        self.get("/")
        self.seconds_to_first_page = time.monotonic() - began
        return self

    def _wait(self) -> None:
        """Wait for the welcome; an end without one is an error, told in its own words."""
        deadline = time.monotonic() + PATIENCE
        while not self._ready.wait(0.1):
            ended = self.process.poll() is not None
            if ended:
                self._reader.join(PATIENCE)
            assert not ended and time.monotonic() < deadline, self.said

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.tail.append(line)
            if found := PASSWORD.search(line):
                self.passwords[found[1]] = found[2]
            if "Ctrl-C stops it" in line:
                self._ready.set()

    @property
    def said(self) -> str:
        return "".join(self.tail)

    def get(self, path: str) -> bytes:
        """Fetch a page, as a browser that nobody is signed in to."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(self.address + path, timeout=10) as answer:  # noqa: S310
                    return bytes(answer.read())
            except URLError:
                assert time.monotonic() < deadline, self.said

    def stop(self) -> int:
        """Stop it as Ctrl-C does; returns its exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
