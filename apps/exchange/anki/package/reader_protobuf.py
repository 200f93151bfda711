"""Just enough of the protobuf wire format to read what Anki stores in it."""

from collections.abc import Iterator

from apps.exchange.anki.package.reader_errors import damaged

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_LONGEST_VARINT = 10
_FIXED = {_FIXED64: 8, _FIXED32: 4}

Value = int | bytes


def fields(message: bytes) -> Iterator[tuple[int, Value]]:
    """The fields of a message as they come: number, and an int or the bytes of anything longer.

    Raises UnreadablePackage where the bytes are no message.
    """
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        length = _FIXED.get(wire)
        if wire == _BYTES:
            length, at = _varint(message, at)
        if length is None or at + length > len(message):
            raise damaged("one of its records")
        yield number, message[at : at + length]
        at += length


def number_of(message: bytes, wanted: int, default: int = 0) -> int:
    """The last value of a whole-number field, which is the one that counts."""
    values = [value for number, value in fields(message) if number == wanted]
    last = values[-1] if values else default
    return last if isinstance(last, int) else default


def text_of(message: bytes, wanted: int) -> str:
    """The last value of a text field; empty where there is none."""
    values = [value for number, value in fields(message) if number == wanted]
    last = values[-1] if values else b""
    return last.decode(errors="replace") if isinstance(last, bytes) else ""


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where the next one begins."""
    value = 0
    for shift, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:  # noqa: PLR2004 - the top bit says that more bytes follow
            return value, at + shift + 1
    raise damaged("one of its records")
