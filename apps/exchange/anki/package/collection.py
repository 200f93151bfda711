"""Anki's collection database, schema 11, made in memory."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.exchange.anki.package.scheduling import CREATED

_SCHEMA = 11
# Tables, columns and indexes as Anki's importer expects them.
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
_INDEXES = """
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
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


@dataclass(frozen=True, slots=True)
class Collection:
    """The rows of each table, and the notetypes, decks and presets by their ids as text."""

    notes: Iterable[Row]
    cards: Iterable[Row]
    revlog: Iterable[Row]
    notetypes: dict[str, dict[str, Any]]
    decks: dict[str, dict[str, Any]]
    presets: dict[str, dict[str, Any]]


def serialize(collection: Collection) -> bytes:
    """The database file of a collection; the same rows give the same bytes."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.executescript(_TABLES)
        database.execute("BEGIN")
        _insert(database, "notes", 11, collection.notes)
        _insert(database, "cards", 18, collection.cards)
        _insert(database, "revlog", 9, collection.revlog)
        _insert(database, "col", 13, [_settings(collection)])
        database.execute("COMMIT")
        database.executescript(_INDEXES)
        return database.serialize()
    finally:
        database.close()


def _settings(collection: Collection) -> Row:
    moment = CREATED * 1000
    tags: dict[str, Any] = {}
    stored = (_CONFIG, collection.notetypes, collection.decks, collection.presets, tags)
    texts = (json.dumps(setting, sort_keys=True) for setting in stored)
    return (1, CREATED, moment, moment, _SCHEMA, 0, 0, 0, *texts)


def _insert(database: sqlite3.Connection, table: str, columns: int, rows: Iterable[Row]) -> None:
    marks = ",".join("?" * columns)
    # The table is one of the four names above, never text from outside.
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
