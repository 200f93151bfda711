"""Passnotes as a person starts it: the quickstart command in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = re.compile(r"Password\s+(\S+@\S+)\s+(\S+)")
PATIENCE = 90
EMBEDDED_ONLY = ("REDIS_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Quickstart:
    """A running quickstart on data of its own; `passwords` are those it printed."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.passwords: dict[str, str] = {}
        self.seconds_to_first_page = 0.0
        kept = {k: v for k, v in os.environ.items() if k not in EMBEDDED_ONLY}
        self.environment = kept | {"PASSNOTES_DATA": str(data), "PYTHONUNBUFFERED": "1"}
        self.tail: deque[str] = deque(maxlen=60)
        self._ready = threading.Event()

    def start(self) -> Self:
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "quickstart", "--port", str(self.port)],
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
