"""Imports packages into fresh Anki collections and prints what arrived, as JSON.

Run as a program of its own: Anki's backend is licensed under the AGPL and is never loaded into
our own process, nor needed by anything but the tests.
"""

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import anki.lang
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

TEMPLATE_ERROR = "docs.ankiweb.net/templates/errors.html"
BIDI_MARKS = re.compile("[\u2066-\u2069]")
WAITS_FOR_A_DAY = (2, 3)


def import_package(col: Collection, package: str, *, progress: bool) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=progress, with_deck_configs=progress)
    request = ImportAnkiPackageRequest(package_path=package, options=options)
    col.import_anki_package(request)
    col._clear_caches()


def describe_notes(col: Collection) -> list[dict[str, Any]]:
    described = []
    for note_id in col.find_notes(""):
        note = col.get_note(note_id)
        notetype = note.note_type()
        described.append(
            {
                "guid": note.guid,
                "notetype": notetype["name"] if notetype else "",
                "fields": dict(note.items()),
                "tags": note.tags,
            }
        )
    return described


def describe_cards(col: Collection) -> list[dict[str, Any]]:
    return [describe_card(col, card_id) for card_id in col.find_cards("")]


def describe_card(col: Collection, card_id: Any) -> dict[str, Any]:
    card = col.get_card(card_id)
    rendered = card.render_output()
    memory = card.memory_state
    in_days = card.type in WAITS_FOR_A_DAY or card.queue in WAITS_FOR_A_DAY
    return {
        "guid": card.note().guid,
        "ordinal": card.ord,
        "deck": col.decks.name(card.did),
        "question": rendered.question_text,
        "answer": rendered.answer_text,
        "type": card.type,
        "queue": card.queue,
        "due": card.due - col.sched.today if in_days else card.due,
        "interval": card.ivl,
        "ease": card.factor,
        "reps": card.reps,
        "lapses": card.lapses,
        "stability": memory.stability if memory else None,
        "difficulty": memory.difficulty if memory else None,
        "desired_retention": card.desired_retention,
        "retrievability": retrievability(col, card_id) if memory else None,
    }


def retrievability(col: Collection, card_id: Any) -> float:
    return float(col.card_stats_data(card_id).fsrs_retrievability)


def describe_decks(col: Collection) -> dict[str, str]:
    return {
        deck.name: col.decks.config_dict_for_deck_id(deck.id)["name"]  # type: ignore[arg-type]
        for deck in col.decks.all_names_and_ids()
    }


def rendering_errors(cards: list[dict[str, Any]]) -> list[str]:
    return [
        f"{card['guid']}/{card['ordinal']}"
        for card in cards
        if TEMPLATE_ERROR in card["question"] + card["answer"]
    ]


def counts(col: Collection) -> list[int]:
    return [col.note_count(), col.card_count(), int(col.db.scalar("select count() from revlog"))]  # type: ignore[union-attr]


def report(folder: Path, packages: list[str], *, progress: bool) -> dict[str, Any]:
    folder.mkdir()
    col = Collection(str(folder / "collection.anki2"))
    col.set_config("fsrs", True)
    for package in packages:
        import_package(col, package, progress=progress)
    arrived = counts(col)
    cards = describe_cards(col)
    described = {
        "notes": describe_notes(col),
        "cards": cards,
        "revlog": arrived[2],
        "decks": describe_decks(col),
        "render_errors": rendering_errors(cards),
        "missing_media": list(col.media.check().missing),
    }
    import_package(col, packages[-1], progress=progress)
    described["second_import_added"] = [
        after - before for before, after in zip(arrived, counts(col), strict=True)
    ]
    described["empty_cards"] = sum(len(n.card_ids) for n in col.get_empty_cards().notes)
    messages, _ = col.fix_integrity()
    described["generated_cards"] = col.card_count() - arrived[1]
    described["database_problems"] = [
        BIDI_MARKS.sub("", line)
        for line in messages.splitlines()
        if line.strip() and "rebuilt and optimized" not in line.lower()
    ]
    col.close()
    return described


def main() -> None:
    anki.lang.set_lang("en_US")
    packages = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        reports = {
            "deck_only": report(Path(folder, "deck"), packages, progress=False),
            "with_progress": report(Path(folder, "progress"), packages, progress=True),
        }
    sys.stdout.write(json.dumps(reports))


if __name__ == "__main__":
    main()
