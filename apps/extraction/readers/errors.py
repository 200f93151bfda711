"""The one error a reader raises."""

from enum import StrEnum


class Unread(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    LOCKED = "locked"
    SCANNED = "scanned"
    DAMAGED = "damaged"
    TOO_SLOW = "too_slow"


class Unreadable(Exception):
    """A file that cannot be read; `message` tells its owner what to do about it."""

    def __init__(self, code: Unread, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
