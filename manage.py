#!/usr/bin/env python3
"""Run any Passnotes command; on a bare machine, build .venv from the hashed lock first."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


def lock_for(command: str) -> Path:
    """The hashed lock a command needs: tests need the development tools too."""
    return DEVELOPMENT if command == "test" else RUNTIME


def stamp_of(lock: Path) -> Path:
    """The file that says for which Python, and from which state of this lock, .venv was filled."""
    state = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    return VENV / f"installed-{lock.stem}-{sys.version_info.major}.{sys.version_info.minor}-{state}"


def is_ready(lock: Path) -> bool:
    """Whether this interpreter already has what the lock asks for.

    An environment of the user's own making (another virtual environment, or one that
    `uv sync` keeps) is theirs to fill.
    """
    if Path(sys.prefix).resolve() != VENV:
        return sys.prefix != sys.base_prefix
    return stamp_of(lock).exists() or "\nuv = " in (VENV / "pyvenv.cfg").read_text()


def bootstrap(lock: Path) -> None:
    """Fill .venv from the lock and start again inside it.

    Debian's python3 has neither ensurepip nor a pip that may write outside a virtual
    environment, so the environment is made without pip and filled from outside.
    """
    import venv

    stamp = stamp_of(lock)
    if not stamp.exists():
        if not os.access(ROOT, os.W_OK):
            raise SystemExit(
                f"{VENV} cannot be made: {ROOT} is not yours to write. "
                "Copy Passnotes to a folder of your own."
            )
        print(f"Preparing {VENV.name} from {lock.name} (once, about half a minute) ...", flush=True)
        if not PYTHON.exists():
            venv.create(VENV, with_pip=False, symlinks=os.name != "nt")
        for stale in VENV.glob("installed-*"):
            stale.unlink()
        outside = getattr(sys, "_base_executable", sys.executable)
        install = [outside, "-m", "pip", "--python", str(PYTHON), "install", "-qq"]
        quiet = ["--disable-pip-version-check", "--no-input", "--require-hashes"]
        # What is imported is compiled then; compiling all of it now would take a third longer.
        quick = ["--no-compile"]
        try:
            subprocess.check_call([*install, *quiet, *quick, "-r", str(lock)])
        except subprocess.CalledProcessError as failure:
            raise SystemExit(
                "The libraries could not be installed. Passnotes needs pip (Debian: "
                "apt install python3-pip) and a way to PyPI; then run the same command again."
            ) from failure
        stamp.touch()
        stamp_of(RUNTIME).touch()  # the development lock pins the same versions of these, and more
    arguments = [str(PYTHON), *sys.argv]
    if os.name == "nt":
        raise SystemExit(subprocess.call(arguments))
    os.execv(PYTHON, arguments)


def main() -> None:
    if sys.version_info < OLDEST:
        raise SystemExit("Passnotes needs Python 3.11 or newer.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    lock = lock_for(command)
    if not is_ready(lock):
        bootstrap(lock)
    if command == "test":
        from tests.run import main as run_tests

        raise SystemExit(run_tests(sys.argv[2:]))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        raise SystemExit(f"Passnotes cannot start: {error}") from error


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
