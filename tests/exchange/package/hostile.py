"""Packages of people who mean harm, or of machines that broke; each with a name for the tests."""

import io
import json
import struct
import zipfile
from collections.abc import Callable

import zstandard

from tests.exchange.package.foreign import BASIC, STOCK, TABLES, Deck, packed, template, zipped
from tests.exchange.package.hostile_media import HOSTILE_MEDIA

MEGABYTE = 1024 * 1024
SEVERAL_TIMES_TOO_LARGE = 900 * MEGABYTE
LATEST_META = b"\x08\x03"

Maker = Callable[[], bytes]


def small() -> Deck:
    deck = Deck()
    deck.note("Front", "Back")
    return deck


def latest(collection: bytes, media: bytes = b"") -> bytes:
    """A package of the newest form with these parts, which are compressed if they are not yet."""
    return zipped(
        {"meta": LATEST_META, "collection.anki21b": collection, "media": media},
        zipfile.ZIP_STORED,
    )


def zeros(count: int) -> bytes:
    """So many zeros as one frame of zstandard, written piece by piece."""
    out = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(out, closefd=False) as writer:
        for _ in range(count // MEGABYTE):
            writer.write(bytes(MEGABYTE))
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("collection.anki2", "w", force_zip64=True) as member:
            for _ in range(260):
                member.write(bytes(MEGABYTE))
        archive.writestr("media", "{}")
    return out.getvalue()


def lying_zip() -> bytes:
    """A bomb that declares a size of one kilobyte in its directory."""
    bomb = bytearray(zip_bomb())
    at = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"PK\x01\x02"))
    bomb[at + 24 : at + 28] = struct.pack("<I", 1024)
    return bytes(bomb)


def endless_zstd() -> bytes:
    return latest(zeros(SEVERAL_TIMES_TOO_LARGE))


def zstd_with_a_huge_window() -> bytes:
    # A frame header that asks for a window of two gigabytes before the first byte is out.
    return latest(b"\x28\xb5\x2f\xfd\x00" + bytes([(31 - 10) << 3]) + b"\x01\x00\x00" + bytes(64))


def media_bomb() -> bytes:
    collection = zstandard.compress(small().database())
    return latest(collection, zeros(300 * MEGABYTE))


def lying_media_entries() -> bytes:
    collection = zstandard.compress(small().database())
    return latest(collection, zstandard.compress(b"\x0a" + b"\xff" * 9 + b"\x01"))


def with_member(name: str) -> Maker:
    def make() -> bytes:
        return zipped({"collection.anki2": small().database(), "media": b"{}", name: b"x"})

    return make


def media_names_that_lead_out() -> bytes:
    media = json.dumps({"0": "../../../etc/passwd", "1": "/etc/shadow", "2": "C:\\x.png"}).encode()
    return zipped({"collection.anki2": small().database(), "media": media})


def with_media_map(text: bytes) -> Maker:
    def make() -> bytes:
        return zipped({"collection.anki2": small().database(), "media": text})

    return make


def twice_the_same_member() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("collection.anki2", small().database())
        with archive.open(zipfile.ZipInfo("media"), "w") as member:
            member.write(b"{}")
        archive.filelist.append(archive.filelist[-1])
    return out.getvalue()


def encrypted() -> bytes:
    package = bytearray(small().package())
    for at in (package.index(b"PK\x03\x04") + 6, package.index(b"PK\x01\x02") + 8):
        package[at] |= 1
    return bytes(package)


def many_members() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("collection.anki2", small().database())
        for number in range(120_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return out.getvalue()


def tables_with(table: str, instead: str) -> str:
    """The tables of a collection with one of them made otherwise."""
    statements = TABLES.split(";")
    return ";".join(instead if f"TABLE {table} " in each else each for each in statements)


def database(tables: str = TABLES, more: str = "", deck: Deck | None = None) -> Maker:
    def make() -> bytes:
        return packed((deck or small()).database(tables, more))

    return make


def without_notes(instead: str) -> Maker:
    """A collection in which something else answers to the name of its notes."""

    def make() -> bytes:
        deck = Deck()
        return packed(deck.database(more=f"DROP TABLE notes; {instead}"))

    return make


ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS id, 'g' || i AS guid, 1 AS mid, '' AS tags, 'a' AS flds FROM n"
)
GENERATED = tables_with(
    "notes",
    "CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, "
    "usn integer, tags text, flds text GENERATED ALWAYS AS (hex(zeroblob(500000000))), "
    "sfld integer, csum integer, flags integer, data text)",
)


def generated_columns() -> bytes:
    return packed(Deck().database(GENERATED))


def damaged_pages() -> bytes:
    deck = Deck()
    for number in range(400):
        deck.note(f"Front {number}", "Back")
    pages = bytearray(deck.database())
    for at in range(4096, len(pages), 97):
        pages[at] ^= 0x5A
    return packed(bytes(pages))


def huge_cell() -> bytes:
    deck = small()
    deck.note("x" * (40 * MEGABYTE), "Back")
    return deck.package()


def models(text: str) -> Maker:
    def make() -> bytes:
        return packed(small().database(more=f"UPDATE col SET models = '{text}'"))  # noqa: S608

    return make


def template_bomb() -> bytes:
    """Sides that repeat a long field ten thousand times."""
    deck = Deck()
    sides = [template("Card", "{{Front}}" * 10_000, "{{FrontSide}}{{Back}}" * 10_000)]
    deck.notetypes = {BASIC: STOCK[BASIC] | {"tmpls": sides}}
    for _ in range(200):
        deck.note("long " * 30_000, "Back")
    return deck.package()


def tangled_markup() -> bytes:
    deck = Deck()
    for number in range(3_000):
        deck.note(f"Front {number}", "<ul><li>" * 1_400)
    return deck.package()


def many_fields() -> bytes:
    deck = Deck()
    deck.note(*["x"] * 500_000)
    return deck.package()


def too_many_notes() -> bytes:
    # Rows without a card cost nothing to send: a million of them must not cost us much either.
    more = (
        "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
        "INSERT INTO notes SELECT i, 'g' || i, 1, 0, 0, '', 'a' || char(31) || 'b', 'a', "
        "0, 0, '' FROM n"
    )
    return packed(Deck().database(more=more))


def wrong_types() -> bytes:
    return packed(
        small().database(
            tables_with(
                "cards",
                "CREATE TABLE cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, "
                "reps, lapses, left, odue, odid, flags, data)",
            ),
            "UPDATE cards SET ord = x'ff00', nid = 'many', did = 9e99, queue = NULL",
        )
    )


def write_ahead_log() -> bytes:
    """A collection that says its newest rows are in a second file, which is not here."""
    data = bytearray(small().database())
    data[18:20] = b"\x02\x02"
    return packed(bytes(data))


def half_a_character() -> bytes:
    return packed(small().database(more="UPDATE notes SET flds = CAST(x'c328' AS TEXT)"))


def newest(version: int) -> Maker:
    def make() -> bytes:
        return packed(small().database(more=f"UPDATE col SET ver = {version}"))  # noqa: S608

    return make


# Refused, each with a reason for the person who sent it.
REFUSED: dict[str, Maker] = {
    "nothing": lambda: b"",
    "text": lambda: b"What is the capital of Peru?\tLima\n" * 50,
    "half a package": lambda: small().package()[:400],
    "zip bomb": zip_bomb,
    "zip bomb that lies about its size": lying_zip,
    "endless zstandard": endless_zstd,
    "zstandard with a huge window": zstd_with_a_huge_window,
    "bomb in the list of media": media_bomb,
    "list of media that lies about its lengths": lying_media_entries,
    "deep list of media": with_media_map(b"[" * 500_000),
    "list of media that is no map": with_media_map(b"[1, 2]"),
    "name that climbs": with_member("../../../../tmp/owned"),
    "absolute name": with_member("/etc/cron.d/owned"),
    "name of another drive": with_member("C:\\owned"),
    "climbing name in Windows' way": with_member("..\\..\\owned"),
    "a member twice": twice_the_same_member,
    "encrypted": encrypted,
    "no collection": lambda: zipped({"media": b"{}", "0": b"x"}),
    "a hundred thousand members": many_members,
    "unknown meta": lambda: zipped({"meta": b"\x08\x63", "collection.anki2": b"", "media": b"{}"}),
    "collection that is no database": lambda: packed(b"SQLite format 3\0" + b"\xff" * 5000),
    "collection that is text": lambda: packed(b"hello" * 1000),
    "unknown schema": newest(99),
    "schema between two": newest(13),
    "schema of tables without tables": newest(18),
    "damaged pages": damaged_pages,
    "view that never ends for a table": without_notes(f"CREATE VIEW notes AS {ENDLESS}"),
    "virtual table for a table": without_notes(
        "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)"
    ),
    "missing table": without_notes(""),
    "missing columns": without_notes("CREATE TABLE notes (id integer primary key, guid text)"),
    "computed columns": generated_columns,
    "huge cell": huge_cell,
    "notetypes that are no JSON": models("{"),
    "deep notetypes": models("[" * 200_000),
    "notetypes that are a list": models("[]"),
    "a million notes": too_many_notes,
    "half a character": half_a_character,
    "tangled markup": tangled_markup,
}

# Read, as far as there is something to read, and nothing of it is done.
READ_SAFELY: dict[str, Maker] = {
    "media names that lead out": media_names_that_lead_out,
    **HOSTILE_MEDIA,
    "triggers": database(
        more="CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT load_extension('x'); END;"
        "CREATE VIEW v AS SELECT writefile('/tmp/owned', 'x');"
        f"CREATE VIEW w AS {ENDLESS}"
    ),
    "an index that calls": database(more="CREATE INDEX i ON notes (upper(hex(flds)))"),
    "write-ahead log": write_ahead_log,
    "wrong types": wrong_types,
    "templates that repeat": template_bomb,
    "half a million fields": many_fields,
    "notetypes that are nothing": models('{"1": null, "x": 5, "2": {"flds": 7, "tmpls": {}}}'),
    "numbers as long as a book": models('{"' + "9" * 5000 + '": {}}'),
}
