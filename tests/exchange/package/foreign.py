"""Packages as others make them: Anki of 2020, and people who mean harm."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# 1 June 2020, in milliseconds: Anki's ids are the moments at which things were made.
JUNE_2020 = 1_590_969_600_000
DAY_MS = 86_400_000
BASIC, REVERSED, CLOZE = 1_342_697_561_419, 1_342_697_561_420, 1_342_697_561_421
DECK = 1_590_000_000_001

# The tables as Anki 2.1.26 made them, in 2020.
TABLES = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null,
  factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""


def template(name: str, question: str, answer: str, place: int = 0) -> dict[str, Any]:
    return {"name": name, "ord": place, "qfmt": question, "afmt": answer, "did": None}


def notetype(
    key: int, name: str, fields: Sequence[str], templates: Iterable[dict[str, Any]], kind: int = 0
) -> dict[str, Any]:
    return {
        "id": key,
        "name": name,
        "type": kind,
        "flds": [{"name": each, "ord": place} for place, each in enumerate(fields)],
        "tmpls": list(templates),
        "css": ".card { font-family: arial; }",
        "vers": [],
        "tags": [],
    }


_BELOW = "{{FrontSide}}\n\n<hr id=answer>\n\n"
STOCK = {
    BASIC: notetype(
        BASIC,
        "Basic",
        ("Front", "Back"),
        [template("Card 1", "{{Front}}", _BELOW + "{{Back}}")],
    ),
    REVERSED: notetype(
        REVERSED,
        "Basic (and reversed card)",
        ("Front", "Back"),
        [
            template("Card 1", "{{Front}}", _BELOW + "{{Back}}"),
            template("Card 2", "{{Back}}", _BELOW + "{{Front}}", 1),
        ],
    ),
    CLOZE: notetype(
        CLOZE,
        "Cloze",
        ("Text", "Extra"),
        [template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Extra}}")],
        kind=1,
    ),
}


@dataclass
class Deck:
    """A collection that is being written by hand; every part of it can be made wrong."""

    notetypes: Mapping[int, Any] = field(default_factory=lambda: dict(STOCK))
    decks: Mapping[int, str] = field(default_factory=lambda: {1: "Default", DECK: "Cells"})
    conf: Mapping[str, Any] = field(default_factory=lambda: {"schedVer": 2, "curDeck": 1})
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    cards: list[tuple[Any, ...]] = field(default_factory=list)
    revlog: list[tuple[Any, ...]] = field(default_factory=list)

    def note(
        self,
        *values: str,
        kind: int = BASIC,
        guid: str = "",
        ordinals: Sequence[int] = (0,),
        queue: int = 0,
    ) -> list[int]:
        """Add a note with a card for each ordinal; returns the ids of the cards."""
        key = JUNE_2020 + len(self.notes)
        flds = "\x1f".join(values)
        name = guid or f"g{len(self.notes)}"
        self.notes.append((key, name, kind, key // 1000, -1, "", flds, values[0], 0, 0, ""))
        made = []
        for ordinal in ordinals:
            card = JUNE_2020 + len(self.cards)
            columns = (0, queue, 1, 0, 0, 0, 0, 0, 0, 0, 0, "")
            self.cards.append((card, key, DECK, ordinal, key // 1000, -1, *columns))
            made.append(card)
        return made

    def answer(self, card: int, day: int, ease: int = 3, kind: int = 1, **columns: int) -> int:
        """Add an answer on a day after 1 June 2020; returns its moment in milliseconds."""
        moment = columns.get("moment", JUNE_2020 + day * DAY_MS + len(self.revlog))
        factor = columns.get("factor", 2500)
        duration = columns.get("duration", 4200)
        self.revlog.append((moment, card, -1, ease, 1, 0, factor, duration, kind))
        return moment

    def database(self, tables: str = TABLES, more: str = "") -> bytes:
        """The bytes of the collection; `more` is SQL that is run when all is written."""
        database = sqlite3.connect(":memory:")
        database.executescript(tables)
        decks = {key: {"id": key, "name": name} for key, name in self.decks.items()}
        texts = (json.dumps(each) for each in (self.conf, self.notetypes, decks, {}, {}))
        database.execute(
            f"INSERT INTO col VALUES ({','.join('?' * 13)})",  # noqa: S608
            (1, 1_590_000_000, 0, 0, 11, 0, 0, 0, *texts),
        )
        for table, rows in (("notes", self.notes), ("cards", self.cards), ("revlog", self.revlog)):
            for row in rows:
                marks = ",".join("?" * len(row))
                database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
        database.executescript(more)
        database.commit()
        return database.serialize()

    def package(self, media: Mapping[str, bytes] | None = None) -> bytes:
        """The deck as Anki exported it in 2020."""
        return packed(self.database(), media)


def packed(database: bytes, media: Mapping[str, bytes] | None = None) -> bytes:
    """A database as a package of the oldest form, with media under their numbers."""
    named = dict(media or {})
    members = {
        "collection.anki2": database,
        "media": json.dumps({str(number): name for number, name in enumerate(named)}).encode(),
        **{str(number): data for number, data in enumerate(named.values())},
    }
    return zipped(members)


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def deck_of_2020(notes: int = 318) -> Deck:
    """A deck of human-made notes: marked up by hand, studied for weeks, a few cards suspended."""
    deck = Deck(conf={"curDeck": 1}, decks={1: "Default", DECK: "Biology::Cells::Organelles"})
    for number in range(notes):
        match number % 4:
            case 0:
                cards = deck.note(
                    f"What does organelle <b>{number}</b> do?",
                    f"<div>It makes substance&nbsp;{number}</div><div>and <i>stores</i> it</div>",
                )
            case 1:
                cards = deck.note(
                    f"Organelle {number}", f"Part {number}", kind=REVERSED, ordinals=(0, 1)
                )
            case 2:
                cards = deck.note(
                    f"Membrane {number} has {{{{c1::two}}}} layers of {{{{c2::lipids}}}}",
                    "<ul><li>outer</li><li>inner</li></ul>",
                    kind=CLOZE,
                    ordinals=(0, 1),
                )
            case _:
                cards = deck.note(
                    f'Name part {number} <img src="cell-{number}.jpg">',
                    f"Part H<sub>2</sub>O {number}",
                )
        for card in cards:
            deck.answer(card, number % 30, 1 + number % 3, kind=0)
            deck.answer(card, number % 30 + 3, 1 + number % 4)
    return deck
