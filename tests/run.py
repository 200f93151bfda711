"""`manage.py test`: find or install Chromium, then run the whole suite with pytest."""

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVICES = ("PASSNOTES_TEST_DATABASE_URL", "PASSNOTES_TEST_REDIS_URL")


def find_browser() -> str | None:
    """The Chromium to drive: the one named in the environment, or one on the path."""
    named = os.environ.get("PASSNOTES_CHROMIUM")
    if named:
        return named
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def missing_packages() -> list[str]:
    """Debian's packages that the browser tests need and this machine lacks."""
    packages = [] if find_browser() else ["chromium"]
    # The Node that Playwright brings along links to libatomic, which a bare Debian lacks.
    if sys.platform == "linux" and find_library("atomic") is None:
        packages.append("libatomic1")
    return packages


def install(packages: list[str]) -> None:
    """Install Debian's packages, which needs root."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise SystemExit(
            f"The browser tests need {' and '.join(packages)}. Install them (Debian: sudo apt "
            f"install {' '.join(packages)}), or name a Chromium in PASSNOTES_CHROMIUM, then run "
            "the same command again. Without them: manage.py test -m 'not browser'"
        )
    print(f"Installing {' and '.join(packages)} ...", flush=True)
    for command in (["update"], ["install", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-y", "-qq", *command],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )


def main(arguments: list[str]) -> int:
    """Run pytest with `arguments`; returns its exit status.

    Tests of the installation at scale run where PostgreSQL and Redis are named in the
    environment; where they are not, they are left out and that is said.
    """
    chosen = any(argument.startswith("-m") for argument in arguments)
    if not chosen and (packages := missing_packages()):
        install(packages)
    missing = [name for name in SERVICES if not os.environ.get(name)]
    if missing and "CI" in os.environ:
        raise SystemExit(f"CI tests the installation at scale too: set {' and '.join(missing)}.")
    if missing and not chosen:
        print(
            f"Leaving out the tests of PostgreSQL and Redis: set {' and '.join(missing)} "
            "to run them.",
            flush=True,
        )
        arguments = ["-m", "not services", *arguments]
    return int(pytest.main(arguments))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
