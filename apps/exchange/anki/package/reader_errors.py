"""What a reader says of a package that it will not read."""

from enum import StrEnum


class Unread(StrEnum):
    """Why a package was refused."""

    NO_PACKAGE = "no_package"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"


class UnreadablePackage(Exception):
    """A package that is refused; the message tells whoever sent it what to do."""

    def __init__(self, code: Unread, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def no_package() -> UnreadablePackage:
    return UnreadablePackage(
        Unread.NO_PACKAGE,
        "This is no Anki package, or not all of one: in Anki choose File, Export and send the "
        ".apkg or .colpkg file.",
    )


def damaged(what: str) -> UnreadablePackage:
    """A refusal that names what is wrong inside, such as "its list of media"."""
    return UnreadablePackage(
        Unread.DAMAGED,
        f"This package is damaged: {what} cannot be read. Export it from Anki again.",
    )


def too_large(what: str) -> UnreadablePackage:
    """A refusal that names what is too large, such as "its collection"."""
    return UnreadablePackage(
        Unread.TOO_LARGE,
        f"This package is too large: {what}. Export it from Anki in parts, deck by deck.",
    )


def too_slow() -> UnreadablePackage:
    return UnreadablePackage(
        Unread.TOO_SLOW,
        "This package takes too long to read. Export it from Anki in parts, deck by deck.",
    )
