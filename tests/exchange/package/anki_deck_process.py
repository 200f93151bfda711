"""Makes decks with Anki itself, or studies one of ours in it, and exports what comes of it.

Run as a program of its own, like `anki_process`: Anki's backend never enters our own process.

    anki_deck_process.py make FOLDER          a deck of every stock notetype, in every form
    anki_deck_process.py study IN OUT PLAN    import IN with progress, do as the JSON PLAN says
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import anki.lang
from anki.collection import Collection, ExportAnkiPackageOptions
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def add(col: Collection, notetype: str, deck: str, *values: str, tags: str = "") -> Any:
    note = col.new_note(col.models.by_name(notetype))  # type: ignore[arg-type]
    for place, value in enumerate(values):
        note.fields[place] = value
    note.tags = tags.split()
    col.add_note(note, col.decks.id(deck))  # type: ignore[arg-type]
    return note


def fill(col: Collection) -> None:
    """One note or more of every stock notetype, in nested decks."""
    media = Path(col.media.dir())
    (media / "femur.png").write_bytes(PICTURE)
    (media / "vein.mp3").write_bytes(b"ID3")
    bones, blood = "Anatomy::Bones", "Anatomy::Blood"
    add(col, "Basic", bones, "Longest <b>bone</b>?", "The femur<br>of the thigh", tags="leg x::y")
    add(
        col, "Basic", bones, "Which bone is this? <img src=femur.png>", "The femur [sound:vein.mp3]"
    )
    add(col, "Basic", bones, "<img src=femur.png>", "Only a picture asks")
    add(col, "Basic (and reversed card)", blood, "Vena cava", "The large vein &amp; its name")
    add(col, "Basic (optional reversed card)", blood, "Aorta", "The large artery", "y")
    add(col, "Basic (optional reversed card)", blood, "Platelets", "Clot blood", "")
    add(col, "Basic (type in the answer)", blood, "Iron carrier?", "Haemoglobin")
    add(col, "Cloze", blood, "{{c1::Red}} and {{c2::white::a colour}} cells", "Extra line")
    add(col, "Cloze", blood, "{{c1::Plasma has {{c2::water}} in it}}", "")
    add(col, "Cloze", "Anatomy", r"\( E = {{c1::mc^2}} \)", "")


def answer(col: Collection, count: int, ratings: list[int]) -> None:
    """Answer the cards Anki asks for, with these ratings in turn."""
    for turn in range(count):
        card = col.sched.getCard()
        if card is None:
            return
        card.start_timer()
        col.sched.answerCard(card, ratings[turn % len(ratings)])  # type: ignore[arg-type]


def export(col: Collection, out: Path, *, legacy: bool, media: bool = True) -> None:
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=media, legacy=legacy
    )
    col.export_anki_package(out_path=str(out), options=options, limit=None)


def make(folder: Path) -> None:
    col = Collection(str(folder / "made.anki2"))
    fill(col)
    col.decks.select(col.decks.id("Anatomy"))  # type: ignore[arg-type]
    answer(col, 12, [3, 1, 4, 2])
    col.sched.suspend_cards(col.find_cards("Platelets"))
    export(col, folder / "legacy.apkg", legacy=True)
    export(col, folder / "latest.apkg", legacy=False)
    for legacy, name in ((True, "legacy.colpkg"), (False, "latest.colpkg")):
        col.export_collection_package(str(folder / name), include_media=True, legacy=legacy)
        col.reopen(after_full_sync=False)
    told = {
        "notes": col.note_count(),
        "cards": col.card_count(),
        "reviews": col.db.scalar("select count() from revlog where ease > 0 and type < 4"),  # type: ignore[union-attr]
    }
    sys.stdout.write(json.dumps(told))
    col.close()


def study(package: str, out: Path, plan: dict[str, Any]) -> None:
    """Import with progress, then `answers` times answer, `edits` fields, `suspend` by search."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder, "collection.anki2")))
        col.set_config("fsrs", True)
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
        col._clear_caches()
        before = int(col.db.scalar("select count() from revlog"))  # type: ignore[union-attr]
        col.decks.select(col.decks.id(plan["deck"]))  # type: ignore[arg-type]
        answer(col, plan.get("answers", 0), plan.get("ratings", [3]))
        for search, field, value in plan.get("edits", []):
            note = col.get_note(col.find_notes(search)[0])
            note[field] = value
            col.update_note(note)
        for search in plan.get("suspend", []):
            col.sched.suspend_cards(col.find_cards(search))
        export(col, out, legacy=plan.get("legacy", True), media=plan.get("media", True))
        after = col.db.scalar("select count() from revlog")  # type: ignore[union-attr]
        sys.stdout.write(json.dumps({"before": before, "after": after}))
        col.close()


def main() -> None:
    anki.lang.set_lang("en_US")
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        study(sys.argv[2], Path(sys.argv[3]), json.loads(sys.argv[4]))


if __name__ == "__main__":
    main()
