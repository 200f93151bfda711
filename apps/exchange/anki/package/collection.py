"""Anki's collection database, schema 11, written row by row into a file."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.exchange.anki.package.scheduling import CREATED

_SCHEMA = 11
# Tables and columns as Anki's importer expects them. Its indexes are left out: an import reads
# every row once, and is no slower without them, while the file is a fifth smaller.
_TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
  scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
  ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
  dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
  sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
  ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
  queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
  reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
  odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
  ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
  time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""
# Without schedVer 2 an import would run suspended and learning cards through the upgrade of the
# first scheduler; creationOffset 0 says that day 0 began at midnight UTC.
_CONFIG = {
    "activeDecks": [1],
    "addToCur": True,
    "collapseTime": 1200,
    "creationOffset": 0,
    "curDeck": 1,
    "curModel": None,
    "dueCounts": True,
    "estTimes": True,
    "newSpread": 0,
    "nextPos": 1,
    "sched2021": True,
    "schedVer": 2,
    "sortBackwards": False,
    "sortType": "noteFld",
    "timeLim": 0,
}

Row = tuple[int | str, ...]
_BATCH = 500
"""Rows that are written at a time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The notetypes, decks and presets of a collection, by their ids as text."""

    notetypes: dict[str, dict[str, Any]]
    decks: dict[str, dict[str, Any]]
    presets: dict[str, dict[str, Any]]


class CollectionFile:
    """A collection on its way into a new file; the same rows give the same bytes.

    Rows are held only until there are enough of them to be written at once.
    """

    def __init__(self, path: Path) -> None:
        # Nobody but us sees the file, and what is half written is thrown away.
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self._notes: list[Row] = []
        self._cards: list[Row] = []

    def add_note(self, row: Row) -> None:
        self._notes.append(row)
        if len(self._notes) == _BATCH:
            self._flush()

    def add_card(self, row: Row) -> None:
        self._cards.append(row)

    def add_answer(self, ids: Iterable[int], columns: Row) -> None:
        """Add a row of the review log under the first of the ids that is free."""
        for row_id in ids:
            try:
                self._insert("revlog", [(row_id, *columns)])
            except sqlite3.IntegrityError:
                continue
            return
        raise ValueError("More answers were given within one second than Anki can tell apart.")

    def finish(self, settings: Settings) -> None:
        """Write what is left and close the file."""
        self._flush()
        self._insert("col", [_settings_row(settings)])
        self._database.execute("COMMIT")
        self.close()

    def close(self) -> None:
        self._database.close()

    def _flush(self) -> None:
        self._insert("notes", self._notes)
        self._insert("cards", self._cards)
        self._notes.clear()
        self._cards.clear()

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            marks = ",".join("?" * len(rows[0]))
            # The table is one of the four names above, never text from outside.
            statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
            self._database.executemany(statement, rows)


def _settings_row(settings: Settings) -> Row:
    moment = CREATED * 1000
    tags: dict[str, Any] = {}
    stored = (_CONFIG, settings.notetypes, settings.decks, settings.presets, tags)
    texts = (json.dumps(part, sort_keys=True) for part in stored)
    return (1, CREATED, moment, moment, _SCHEMA, 0, 0, 0, *texts)
