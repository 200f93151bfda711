"""Identifiers that stay the same from one export to the next."""

import hashlib
from uuid import UUID

# Anki reads note and card ids as milliseconds and repairs those in the future, so ours are drawn
# from 2010 (1,262,304,000,000) to about 2018: 2**38 values, all of them in the past.
_FIRST_ID = 1_262_304_000_000
_ID_BITS = 38


def stable_id(*parts: str) -> int:
    """A 13-digit id that depends on nothing but the given names."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return _FIRST_ID + (int.from_bytes(digest[:8], "big") >> (64 - _ID_BITS))


def guid(card_id: UUID) -> str:
    """Anki matches notes by guid alone; ours is the card's own id and never comes from its text."""
    return card_id.hex
