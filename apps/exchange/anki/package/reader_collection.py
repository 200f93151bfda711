"""The inside of a package: its collection database, opened as something a stranger made.

Schema 11 keeps notetypes and decks as JSON in the one row of `col`; from schema 15 on they have
tables of their own, whose settings are protobuf.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from apps.exchange.anki.package.reader_archive import MEGABYTE
from apps.exchange.anki.package.reader_errors import (
    Unread,
    UnreadablePackage,
    damaged,
    too_large,
    too_slow,
)
from apps.exchange.anki.package.reader_protobuf import number_of, text_of

OLDEST_SCHEMA, FIRST_WITH_TABLES, NEWEST_SCHEMA = 11, 15, 18
MOST_NOTES = 100_000
MOST_CARDS = 300_000
MOST_REVIEWS = 1_000_000
MOST_NOTETYPES = 2_000
LARGEST_CELL = 16 * MEGABYTE
SECONDS = 8.0

# What is read of each table. Whatever else the file holds is never asked for.
COLUMNS = {
    "col": ("ver", "conf", "models", "decks"),
    "notes": ("id", "guid", "mid", "tags", "flds"),
    "cards": ("id", "nid", "did", "ord", "type", "queue", "due", "odid"),
    "revlog": ("id", "cid", "ease", "factor", "time", "type"),
    "notetypes": ("id", "name", "config"),
    "fields": ("ntid", "ord", "name"),
    "templates": ("ntid", "ord", "name", "config"),
    "decks": ("id", "name"),
}
_ALWAYS = ("col", "notes", "cards", "revlog")
_SINCE_15 = ("notetypes", "fields", "templates", "decks")
_STEPS_BETWEEN_LOOKS = 100_000
_LEVELS = "\x1f"


@dataclass(frozen=True, slots=True)
class Template:
    """One way in which a notetype asks: the markup of both sides."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Notetype:
    """The fields and templates of notes; a cloze has one template for all its cards."""

    notetype_id: int
    name: str
    is_cloze: bool
    stock_kind: int
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a collection holds; `notes`, `cards` and `revlog` come row by row, as in `COLUMNS`.

    `decks` are paths of titles. `is_first_scheduler` says that the answers to cards in learning
    were given on three buttons.
    """

    is_first_scheduler: bool
    notetypes: dict[int, Notetype]
    decks: dict[int, tuple[str, ...]]
    database: sqlite3.Connection

    def notes(self) -> Iterator[tuple[Any, ...]]:
        return self._rows("notes", MOST_NOTES)

    def cards(self) -> Iterator[tuple[Any, ...]]:
        return self._rows("cards", MOST_CARDS)

    def revlog(self) -> Iterator[tuple[Any, ...]]:
        return self._rows("revlog", MOST_REVIEWS)

    def _rows(self, table: str, most: int) -> Iterator[tuple[Any, ...]]:
        with _told(f"its table “{table}”"):
            for number, row in enumerate(_select(self.database, table), start=1):
                if number > most:
                    raise too_large(f"it has more than {most:,} rows in “{table}”")
                yield row


@contextmanager
def open_collection(path: Path) -> Iterator[Rows]:
    """Open a collection for reading alone; raises UnreadablePackage, also while it is read."""
    with _told("its collection"), closing(_connect(path)) as database:
        tables = _tables(database)
        _check_tables(database, tables, _ALWAYS)
        version, conf, models, decks = _settings(database)
        if version > NEWEST_SCHEMA:
            raise UnreadablePackage(
                Unread.TOO_NEW,
                "This package was made by an Anki newer than Passnotes knows. Export it with "
                "“Support older Anki versions” ticked.",
            )
        if version >= FIRST_WITH_TABLES:
            _check_tables(database, tables, _SINCE_15)
            found = _notetypes_of_tables(database), _decks_of_table(database)
        elif version == OLDEST_SCHEMA:
            found = _notetypes_of_json(models), _decks_of_json(decks)
        else:
            raise damaged(f"its collection, of the unknown form {version},")
        yield Rows(
            is_first_scheduler=version == OLDEST_SCHEMA and _scheduler(conf) == 1,
            notetypes=found[0],
            decks=found[1],
            database=database,
        )


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what SQLite says of a bad file into a refusal."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise (too_slow() if "interrupt" in str(error) else damaged(what)) from error
    except sqlite3.DataError as error:
        most = LARGEST_CELL // MEGABYTE
        raise too_large(f"{what} holds a text of more than {most} MB") from error
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        raise damaged(what) from error


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, call or load anything, and that gives up in time."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    for limit, value in (
        (sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_CELL),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, MEGABYTE),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    ):
        database.setlimit(limit, value)
    deadline = process_time() + SECONDS
    database.set_progress_handler(lambda: process_time() > deadline, _STEPS_BETWEEN_LOOKS)
    for pragma in (
        *("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"),
        *("mmap_size = 0", "temp_store = MEMORY", "cache_size = -8000"),
    ):
        database.execute(f"PRAGMA {pragma}")
    database.set_authorizer(_only_reading)
    return database


def _only_reading(
    action: int, table: str | None, column: str | None, _database: str | None, _view: str | None
) -> int:
    """SQLite asks this of every step of a statement, those hidden in the file's own schema too."""
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and table == "table_xinfo":
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and (table == "sqlite_master" or table in COLUMNS):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _tables(database: sqlite3.Connection) -> dict[str, str]:
    """The statements that made the file's real tables, by name; views and virtual ones are none."""
    made = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return {
        name: sql
        for name, sql in made
        if isinstance(name, str)
        and isinstance(sql, str)
        and not sql.lstrip().casefold().startswith("create virtual")
    }


def _check_tables(
    database: sqlite3.Connection, tables: dict[str, str], wanted: tuple[str, ...]
) -> None:
    """Refuse a file whose tables are not tables, or whose columns are computed."""
    for table in wanted:
        if table not in tables:
            raise damaged(f"its table “{table}”")
        hidden = {row[1]: row[6] for row in database.execute(f"PRAGMA table_xinfo('{table}')")}
        if any(hidden.get(column, 1) for column in COLUMNS[table]):
            raise damaged(f"its table “{table}”")


def _select(database: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    # Table and columns are those of COLUMNS, never text from outside.
    columns = ", ".join(f'"{column}"' for column in COLUMNS[table])
    return database.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608


def _settings(database: sqlite3.Connection) -> tuple[int, str, str, str]:
    row = next(iter(_select(database, "col")), None)
    if row is None or not isinstance(row[0], int):
        raise damaged("its collection")
    return row[0], *(text if isinstance(text, str) else "" for text in row[1:])  # type: ignore[return-value]


def _json_object(text: str, what: str) -> dict[str, Any]:
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise damaged(what) from error
    if not isinstance(told, dict):
        raise damaged(what)
    return told


def _scheduler(conf: str) -> int:
    """The version of the scheduler; where nothing is said it is the first."""
    version = _json_object(conf, "its settings").get("schedVer", 1)
    return version if isinstance(version, int) else 1


def _text(value: object) -> str:
    """A text; half a character pair, which JSON can hold and no file, becomes a question mark."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""


def _number(value: object) -> int:
    """A whole number that JSON may hold as text; 0 for anything else."""
    if isinstance(value, str) and value.lstrip("-").isdecimal() and len(value) < 20:  # noqa: PLR2004
        return int(value)
    return value if isinstance(value, int) else 0


def _listed(value: object) -> list[dict[str, Any]]:
    """The objects of a JSON list, in the order of their `ord`."""
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return sorted(rows, key=lambda row: _number(row.get("ord")))


def _notetypes_of_json(models: str) -> dict[int, Notetype]:
    told = _json_object(models, "its notetypes")
    if len(told) > MOST_NOTETYPES:
        raise too_large(f"it has more than {MOST_NOTETYPES:,} notetypes")
    found = {}
    for key, model in told.items():
        if isinstance(model, dict):
            found[_number(key)] = Notetype(
                notetype_id=_number(key),
                name=_text(model.get("name")),
                is_cloze=model.get("type") == 1,
                stock_kind=_number(model.get("originalStockKind")),
                fields=tuple(_text(field.get("name")) for field in _listed(model.get("flds"))),
                templates=tuple(
                    Template(
                        _text(each.get("name")), _text(each.get("qfmt")), _text(each.get("afmt"))
                    )
                    for each in _listed(model.get("tmpls"))
                ),
            )
    return found


def _decks_of_json(decks: str) -> dict[int, tuple[str, ...]]:
    told = _json_object(decks, "its decks")
    return {
        _number(key): tuple(_text(deck.get("name")).split("::"))
        for key, deck in told.items()
        if isinstance(deck, dict)
    }


def _notetypes_of_tables(database: sqlite3.Connection) -> dict[int, Notetype]:
    # In Anki's messages: a notetype's kind is field 1 and the stock it came from field 9; a
    # template's sides are fields 1 and 2.
    fields: dict[int, dict[int, str]] = {}
    for notetype, place, name in _select(database, "fields"):
        fields.setdefault(_number(notetype), {})[_number(place)] = _text(name)
    templates: dict[int, dict[int, Template]] = {}
    for notetype, place, name, config in _select(database, "templates"):
        blob = config if isinstance(config, bytes) else b""
        template = Template(_text(name), text_of(blob, 1), text_of(blob, 2))
        templates.setdefault(_number(notetype), {})[_number(place)] = template
    found = {}
    for key, name, config in _select(database, "notetypes"):
        blob = config if isinstance(config, bytes) else b""
        notetype = _number(key)
        found[notetype] = Notetype(
            notetype_id=notetype,
            name=_text(name),
            is_cloze=number_of(blob, 1) == 1,
            stock_kind=number_of(blob, 9),
            fields=_in_order(fields.get(notetype, {})),
            templates=_in_order(templates.get(notetype, {})),
        )
        if len(found) > MOST_NOTETYPES:
            raise too_large(f"it has more than {MOST_NOTETYPES:,} notetypes")
    return found


def _in_order(by_place: dict[int, Any]) -> tuple[Any, ...]:
    return tuple(each for _, each in sorted(by_place.items()))


def _decks_of_table(database: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    return {
        _number(key): tuple(_text(name).split(_LEVELS)) for key, name in _select(database, "decks")
    }
