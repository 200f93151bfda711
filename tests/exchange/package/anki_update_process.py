"""A learner imports a package, studies and makes it their own, then imports an update of it.

Prints what the update did, as JSON. Run as a program of its own, like `anki_process`.
"""

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import anki.lang
from anki.collection import Collection, ImportCsvRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

BIDI_MARKS = re.compile("[\u2066-\u2069]")
SCHEDULING = "id, nid, did, type, queue, due, ivl, factor, reps, lapses, left, flags, data"
RATINGS = (CardAnswer.EASY, CardAnswer.GOOD, CardAnswer.AGAIN)
STUDIED = 9


def import_file(col: Collection, path: str) -> Any:
    """Import with Anki's default answers; returns its log."""
    if path.endswith(".txt"):
        metadata = col.get_csv_metadata(path, None)
        log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    else:
        request = ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions())
        log = col.import_anki_package(request).log
    col._clear_caches()
    return log


def study(col: Collection) -> None:
    col.set_config("fsrs", True)
    for deck in col.decks.all_names_and_ids():
        if "::" not in deck.name and deck.name != "Default":
            col.decks.select(deck.id)  # type: ignore[arg-type]
    scheduler: Any = col.sched
    for turn in range(STUDIED):
        queued = scheduler.get_queued_cards(fetch_limit=1).cards
        if queued:
            card = col.get_card(queued[0].card.id)
            card.start_timer()
            rating = RATINGS[turn % len(RATINGS)]
            states = queued[0].states
            scheduler.answer_card(scheduler.build_answer(card=card, states=states, rating=rating))


def make_it_their_own(col: Collection) -> None:
    """Tag and annotate every note, suspend one card and take another to a deck of their own."""
    for note_id in col.find_notes(""):
        note = col.get_note(note_id)
        note.tags.append("mine")
        note["My notes"] = "remember"
        col.update_note(note)
    cards = list(col.find_cards("", order=True))
    col.sched.suspend_cards(cards[:1])
    col.set_deck(cards[-1:], col.decks.id("My own deck"))  # type: ignore[arg-type]


def scheduling(col: Collection) -> dict[int, list[Any]]:
    rows = col.db.all(f"select {SCHEDULING} from cards")  # type: ignore[union-attr]  # noqa: S608
    return {row[0]: list(row[1:]) for row in rows}


def revlog(col: Collection) -> list[Any]:
    return col.db.all("select * from revlog order by id")  # type: ignore[union-attr]


def described(col: Collection) -> dict[str, Any]:
    notes = {}
    for note_id in col.find_notes(""):
        note = col.get_note(note_id)
        deck = col.decks.name(note.cards()[0].did)
        notes[note.guid] = {"fields": dict(note.items()), "tags": note.tags, "deck": deck}
    return notes


def update(col: Collection, first: str, second: str) -> dict[str, Any]:
    import_file(col, first)
    study(col)
    make_it_their_own(col)
    cards, answers = scheduling(col), revlog(col)
    log = import_file(col, second)
    now = scheduling(col)
    notes = described(col)
    again = import_file(col, second)
    messages, _ = col.fix_integrity()
    problems = [BIDI_MARKS.sub("", line) for line in messages.splitlines() if line.strip()]
    return {
        "notes": notes,
        "answers": len(answers),
        "scheduling_survives": revlog(col) == answers
        and all(now.get(card) == before for card, before in cards.items()),
        "added": len(log.new),
        "updated": len(log.updated),
        "conflicting": len(log.conflicting),
        "missing": len(log.missing_notetype) + len(log.missing_deck),
        "added_again": len(again.new),
        "media": sorted(each.name for each in Path(col.media.dir()).iterdir()),
        "database_problems": [p for p in problems if "rebuilt and optimized" not in p.lower()],
    }


def main() -> None:
    anki.lang.set_lang("en_US")
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder, "collection.anki2")))
        told = update(col, *sys.argv[1:])
        col.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
