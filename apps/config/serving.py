"""Web, Celery worker and Celery beat as threads of one process, for one laptop."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import structlog
from celery.beat import Scheduler, Service
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.utils import timezone

from apps.common import jobs
from apps.config.celery import app
from apps.config.wsgi import application

try:
    import fcntl
except ImportError:  # Windows: the port is then the only guard against a second process
    fcntl = None  # type: ignore[assignment]

log = structlog.get_logger(__name__)
WORKER_THREADS = 2


class AlreadyRunning(Exception):
    """Another process serves the same data."""


class QuietHandler(WSGIRequestHandler):
    """Writes errors to the log and not every request to the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        if len(args) > 1 and str(args[1]).startswith("5"):
            log.error("request failed", request=args[0], status=args[1])


class Server(ThreadedWSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that closes a tab breaks its connection; that is no error of ours.
        log.debug("connection broken", client=client_address, exc_info=True)


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for this process: two beats would do everything twice."""
    with (data_dir / "running.lock").open("w") as lock:
        _lock(lock)
        yield


def _lock(lock: IO[str]) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise AlreadyRunning from error


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class EmbeddedServices:
    """The web server with its worker and beat; use it as a context manager.

    `serve` answers requests until it is interrupted. Jobs that an earlier process left
    half-done are queued again on the way in.
    """

    def __init__(self, host: str, port: int) -> None:
        self.server = Server((host, port), QuietHandler)
        self.server.set_app(application)
        # `celery worker` installs signal handlers and so needs the main thread; its
        # controller does not.
        self.worker = app.WorkController(
            app=app,
            pool_cls="threads",
            concurrency=WORKER_THREADS,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            loglevel="WARNING",
        )
        self.beat = Service(app, scheduler_cls=MemoryScheduler)
        self.threads = [
            threading.Thread(target=self.worker.start, name="worker", daemon=True),
            threading.Thread(target=self.beat.start, name="beat", daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        jobs.sweep(now=timezone.now(), workers_restarted=True)
        return self

    def serve(self) -> None:
        self.server.serve_forever()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.server.server_close()
        self.beat.stop()
        self.worker.stop()


class MemoryScheduler(Scheduler):
    """Beat without a schedule file: every entry is due at start-up, and all are idempotent."""

    def setup_schedule(self) -> None:
        self.install_default_entries(self.schedule)
        self.merge_inplace(self.app.conf.beat_schedule)
