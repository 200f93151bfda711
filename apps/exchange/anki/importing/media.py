"""The images of a package: which of them cards show here, and what becomes of each file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from apps.bank.services.items import MOST_IMAGES, Attached
from apps.exchange.anki.importing.report import Fate, Report
from apps.exchange.anki.importing.words import Words
from apps.exchange.anki.package.reader_contents import ReadCard, ReadNote, ReadPackage, Skip

MISSING = "its file is not in the package"
TOO_MANY = f"a card has {MOST_IMAGES} images at most"


class Images:
    """The files of a package, and what its cards need of them."""

    def __init__(self, package: ReadPackage) -> None:
        self._files = package.media
        self._folder = package.folder
        self._here = {file.sha256 for file in package.media if file.sha256}
        self._kept: set[str] = set()
        self._wanted: list[str] = []

    def of(
        self, draft: ReadCard, note: ReadNote, versions: Sequence[Words], report: Report
    ) -> tuple[Attached, ...]:
        """The images a card can show: those of the package, and those its versions had before."""
        before = {image.sha256 for version in versions for image in version.images}
        found: list[Attached] = []
        for image in draft.images:
            if image.sha256 not in self._here and image.sha256 not in before:
                report.skip("picture in a card", note.name, MISSING)
            elif len(found) == MOST_IMAGES:
                report.skip("picture in a card", note.name, TOO_MANY)
            else:
                found.append(Attached(image.side, image.sha256, image.alt))
        self._kept |= {image.sha256 for image in found} & before
        return tuple(found)

    def account(self, report: Report, wanted: set[str]) -> None:
        """Tell the fate of every file; `wanted` are the images that cards will be given."""
        self._wanted = sorted(wanted & self._here)
        for file in self._files:
            if file.skip is not None:
                report.skip_file(file.name, str(file.skip))
            elif file.sha256 in self._kept:
                report.count_file(Fate.MERGED)
            elif file.sha256 in wanted:
                report.count_file(Fate.IMPORTED)
            else:
                report.skip_file(file.name, str(Skip.UNUSED))

    def sources(self) -> list[Callable[[], bytes]]:
        """The bytes of the images that cards will be given, each when its turn comes."""
        return [partial(Path.read_bytes, self._folder / sha256) for sha256 in self._wanted]
