"""Deck names, hierarchical tags and deck options, as Anki's schema 11 stores them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from apps.exchange.anki.package.contents import Preset
from apps.exchange.anki.package.ids import stable_id
from apps.exchange.anki.package.text import clean

DEFAULT_DECK = 1
DEFAULT_DECK_NAME = "Default"
DEFAULT_PRESET = 1

_SEPARATOR = "::"
_COLONS = re.compile(r":{2,}")
_SPACES = re.compile(r"\s+")
_TODAY = {"newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0]}


def deck_path(deck_name: str, subdeck: Iterable[str]) -> str:
    """The full name of a deck: the package's own name may be nested, the rest is one level each."""
    levels = [*deck_name.split(_SEPARATOR), *subdeck]
    return _SEPARATOR.join(_level(level) for level in levels)


def with_parents(path: str) -> list[str]:
    """A deck's name after those of the decks it lies in."""
    levels = path.split(_SEPARATOR)
    return [_SEPARATOR.join(levels[:depth]) for depth in range(1, len(levels) + 1)]


# A deck of ten thousand notes has a handful of decks and topics.
@lru_cache(maxsize=1024)
def deck_id(path: str) -> int:
    """Anki matches decks by name, in any case; the id only ties cards and decks in the file."""
    name = path.casefold()
    return DEFAULT_DECK if name == DEFAULT_DECK_NAME.casefold() else stable_id("deck", name)


@lru_cache(maxsize=1024)
def note_tags(path: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """The tags of a note as stored: its topic path as one tag, then its own, a space around each.

    Sorted, and each once in whatever case. A tag may itself have levels parted by `::`.
    """
    own = [_tag(tag.split(_SEPARATOR)) for tag in tags if tag.strip()]
    topic = [_tag(path)] if path else []
    distinct = {tag.casefold(): tag for tag in [*own, *topic]}
    return f" {' '.join(sorted(distinct.values()))} " if distinct else ""


def _tag(levels: Iterable[str]) -> str:
    """Anki parts tags at spaces, so they become underscores."""
    return _SEPARATOR.join(_SPACES.sub("_", _level(level)) for level in levels)


@lru_cache(maxsize=1024)
def _level(name: str) -> str:
    """A level without what Anki would strip or read as a further level; never empty."""
    plain = _COLONS.sub(":", _SPACES.sub(" ", clean(name)).replace('"', "'"))
    return plain.strip(": ") or "blank"


def deck_as_schema11(path: str, preset_id: int) -> dict[str, Any]:
    """A deck as Anki's schema 11 stores it in the JSON of `col.decks`."""
    return {
        "id": deck_id(path),
        "name": path,
        "desc": "",
        "mod": 0,
        "usn": -1,
        "collapsed": False,
        "browserCollapsed": False,
        "dyn": 0,
        "conf": preset_id,
        "extendNew": 0,
        "extendRev": 0,
        **_TODAY,
    }


def preset_key(preset: Preset | None) -> int:
    """The id of a preset in the file; without one, decks keep to Anki's own default."""
    return stable_id("preset", preset.preset_id.hex) if preset else DEFAULT_PRESET


def presets_as_schema11(preset: Preset | None) -> dict[str, dict[str, Any]]:
    """Deck options as Anki's schema 11 stores them in the JSON of `col.dconf`."""
    stored = {str(DEFAULT_PRESET): _options(DEFAULT_PRESET, "Default", 20, 200)}
    if preset is not None:
        key = preset_key(preset)
        stored[str(key)] = {
            **_options(key, clean(preset.name), preset.new_per_day, preset.reviews_per_day),
            "fsrsParams6": list(preset.parameters),
            "desiredRetention": preset.desired_retention,
        }
    return stored


def _options(key: int, name: str, new_per_day: int, reviews_per_day: int) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "mod": 0,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": False,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": new_per_day,
        },
        "rev": {
            "bury": False,
            "ease4": 1.3,
            "ivlFct": 1,
            "maxIvl": 36500,
            "perDay": reviews_per_day,
            "hardFactor": 1.2,
        },
        "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
    }
