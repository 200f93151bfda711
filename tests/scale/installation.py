"""Passnotes as docker-compose.yml starts it, as processes on this machine."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psycopg2  # type: ignore[import-untyped]
import redis

from tests.running import free_port
from tests.scale.compose import ROOT, services

PATIENCE = 60
# Beat's own pace would be most of what a test waits for.
QUICK = {"SWEEP_SECONDS": "3", "PLAN_SECONDS": "3"}
EMAIL, PASSWORD = "olga@example.org", "wide river stone"


def until(
    look: Callable[[], Any], wanted: Callable[[Any], bool], patience: float = PATIENCE
) -> Any:
    """Look again until what is seen is what was wanted; returns it."""
    deadline = time.monotonic() + patience
    while not wanted(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)
    return seen


class Installation:
    """PostgreSQL and Redis hold data of its own; the processes are compose's commands."""

    def __init__(self, folder: Path, database_url: str, redis_url: str) -> None:
        self.folder = folder
        self.name = f"passnotes_scale_{secrets.token_hex(4)}"
        self.server_url = database_url
        self.database_url = urlsplit(database_url)._replace(path=f"/{self.name}").geturl()
        self.prefix = f"{self.name}:"
        self.redis = redis.Redis.from_url(redis_url)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.services = services({"HTTPS": "false", "PASSNOTES_URL": self.address})
        for place in ("data", "static", "tmp"):
            (folder / place).mkdir()
        (folder / "secret_key").write_text(secrets.token_urlsafe(64))
        # Secrets are mostly written by an editor or echo, which end them with a line break.
        (folder / "db_password").write_text(f"{urlsplit(database_url).password or 'none'}\n")
        self.place = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": redis_url,
            "REDIS_PREFIX": self.prefix,
            "SECRET_KEY_FILE": str(folder / "secret_key"),
            "DB_PASSWORD_FILE": str(folder / "db_password"),
            "PASSNOTES_DATA": str(folder / "data"),
            "STATIC_ROOT": str(folder / "static"),
            "DJANGO_SETTINGS_MODULE": "apps.config.settings",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }

    def environment(self, service: str) -> dict[str, str]:
        return self.services[service].environment | self.place | QUICK

    def here(self, command: list[str]) -> list[str]:
        """A command with this machine's port and folders in the place of the container's."""
        return [
            word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}")
            .replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
            .replace("/tmp/", f"{self.folder}/tmp/")  # noqa: S108
            for word in command
        ]

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end in the environment of the service web."""
        return subprocess.run(
            self.here(command),
            cwd=ROOT,
            env=self.environment("web") | more,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )

    def succeed(self, command: list[str], **more: str) -> None:
        ended = self.run(command, **more)
        assert ended.returncode == 0, ended.stdout + ended.stderr

    def start(self, name: str) -> None:
        """Start a service of compose in a process group of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.here(self.services[name].command),
                cwd=ROOT,
                env=self.environment(name),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """End a service; SIGKILL takes all its processes, as a lost machine would."""
        process = self.running.pop(name)
        if how == signal.SIGKILL:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        return process.wait(PATIENCE * 2)

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def begin(self) -> None:
        """Do what compose does until every service is up, and make one person."""
        with self.database(self.server_url) as server:
            server.execute(f"CREATE DATABASE {self.name}")
        self.succeed(self.services["migrate"].command)
        self.succeed(["python", "manage.py", "collectstatic", "--noinput", "-v0"])
        named = {"DJANGO_SUPERUSER_EMAIL": EMAIL, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        self.succeed(["python", "manage.py", "createsuperuser", "--noinput"], **named)
        for name in ("web", "worker", "beat"):
            self.start(name)
        until(self.is_healthy, bool)

    def is_healthy(self) -> bool:
        """Whether compose's own health check of the web server passes."""
        assert self.running["web"].poll() is None, self.said("web")
        kind, *command = self.services["web"].health
        assert kind == "CMD"
        return self.run(command).returncode == 0

    def clean(self) -> None:
        """End what runs and leave nothing in PostgreSQL or Redis."""
        for name in list(self.running):
            self.end(name, signal.SIGKILL)
        with self.database(self.server_url) as server:
            server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        for key in self.redis.scan_iter(f"{self.prefix}*"):
            self.redis.delete(key)
        self.redis.close()

    @contextmanager
    def database(self, url: str = "") -> Iterator[Any]:
        """A cursor on the installation's database; each statement stands for itself."""
        connection = psycopg2.connect(url or self.database_url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
        connection.close()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.database() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def open(self, path: str, token: str = "", **body: Any) -> HTTPResponse:
        """Call the site over HTTP as a program does; a body makes it a POST."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Token {token}"
        data = json.dumps(body).encode() if body else None
        request = Request(self.address + path, data, headers)  # noqa: S310
        try:
            answer: HTTPResponse = urlopen(request, timeout=PATIENCE)  # noqa: S310
        except URLError as error:
            raise AssertionError(f"{path}: {error}\n{self.said('web')[-4000:]}") from error
        return answer

    def ask(self, path: str, token: str = "", **body: Any) -> Any:
        with self.open(f"/api/v1/{path}", token, **body) as answer:
            return json.load(answer)

    def sign_in(self) -> str:
        return str(self.ask("token/", email=EMAIL, password=PASSWORD)["token"])

    def finished(self, path: str, token: str, patience: float = PATIENCE) -> Any:
        """The job at `path` once it is over."""
        over = {"succeeded", "failed"}
        return until(lambda: self.ask(path, token), lambda job: job["state"] in over, patience)
