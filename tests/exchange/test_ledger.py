"""A deck can be fetched again and again: edits arrive in Anki, and nothing else moves."""

import io
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Status
from apps.bank.services.items import save_card
from apps.bank.services.workflow import publish, retire
from apps.courses.models import Exam, Topic
from apps.exchange.models import Change, Export, LedgerEntry
from apps.exchange.services import build_export, mark_downloaded, request_export
from tests.exchange.anki_gate import assert_clean, assert_gentle, import_into_anki, update_in_anki
from tests.factories import make_card, make_topic

# Anki dates what a learner does by its own clock; what we write later has to be later there too.
SOON = datetime.now(UTC) + timedelta(minutes=5)


@pytest.fixture
def cards(topic: Topic) -> dict[str, Card]:
    """Cards enough for a learner to study some, in a topic of two."""
    other = make_topic(topic.exam, "Genes", weight=0)
    kinds = {"cloze": CardKind.CLOZE, "list": CardKind.LIST, "both": CardKind.REVERSED}
    return {
        name: make_card(
            other if name == "gene" else topic,
            f"{{{{c1::{name}}}}} is {{{{c2::hidden}}}}" if name == "cloze" else f"What is {name}?",
            f"The back of {name}",
            kind=kinds.get(name, CardKind.BASIC),
            items=["one", "two"] if name == "list" else [],
        )
        for name in ("cell", "cloze", "list", "both", "wall", "core", "skin", "gene")
    }


class Downloads:
    """What one learner fetches, an hour after each other."""

    def __init__(self, user: User, exam: Exam) -> None:
        self.user, self.exam, self.now = user, exam, SOON - timedelta(days=1)

    def build(self, **wish: bool) -> Export:
        self.now = max(self.now + timedelta(hours=1), SOON) if self.any() else self.now
        asked = request_export(user=self.user, exam=self.exam, **wish)
        build_export(export_id=asked.pk, clock=lambda: self.now)
        return Export.objects.get(pk=asked.pk)

    def fetch(self, **wish: bool) -> bytes:
        export = self.build(**wish)
        mark_downloaded(export=export, now=self.now)
        with export.file.open("rb") as file:
            content: bytes = file.read()
        return content

    def any(self) -> bool:
        return Export.objects.filter(user=self.user, downloaded_at__isnull=False).exists()

    def changes(self) -> dict[str, int]:
        newest: dict[str, int] = Export.objects.filter(user=self.user)[0].changes
        return newest


@pytest.fixture
def downloads(carol: User, exam: Exam) -> Downloads:
    return Downloads(carol, exam)


def edit(card: Card, **words: Any) -> None:
    for name, value in words.items():
        setattr(card, name, value)
    save_card(card=card, author=None)


def dates(package: bytes, folder: Path) -> dict[str, int]:
    """The date of each note of a package, by its guid, in seconds."""
    path = folder / "collection.anki2"
    with zipfile.ZipFile(io.BytesIO(package)) as members:
        path.write_bytes(members.read("collection.anki2"))
    database = sqlite3.connect(path)
    try:
        return dict(database.execute("SELECT guid, mod FROM notes"))
    finally:
        database.close()


def test_edits_additions_retirements_and_moves_arrive_and_study_survives(
    downloads: Downloads, cards: dict[str, Card], topic: Topic
) -> None:
    first = downloads.fetch()
    edit(cards["cell"], front="What is a cell, really?")
    edit(cards["cloze"], front="{{c1::cloze}} is {{c2::hidden}} {{c3::thrice}}")
    retire(item=cards["wall"])
    cards["gene"].topic = topic
    cards["gene"].save()
    new = make_card(topic, "What is new?", "This")
    second = downloads.fetch()
    assert downloads.changes() == {"edited": 2, "retired": 1, "moved": 1, "new": 1, "same": 4}
    assert_clean(import_into_anki(first, second))
    update = update_in_anki(first, second)
    assert_gentle(update)
    assert (update.added, update.updated) == (1, 4)
    notes = update.notes
    assert notes[cards["cell"].pk.hex].fields["Front"] == "What is a cell, really?"
    assert "{{c3::thrice}}" in notes[cards["cloze"].pk.hex].fields["Text"]
    retired = notes[cards["wall"].pk.hex]
    assert retired.fields["Topic"].startswith("<strong>No longer part of this exam since ")
    assert [tag for tag in retired.tags if tag.startswith("retired::")]
    moved = notes[cards["gene"].pk.hex]
    assert (moved.deck, moved.fields["Topic"]) == ("Biology::02 Genes", "Cells")
    assert notes[new.pk.hex].deck == "Biology::01 Cells"


def test_what_did_not_change_keeps_the_learners_tags_and_notes(
    downloads: Downloads, cards: dict[str, Card]
) -> None:
    first = downloads.fetch()
    edit(cards["cell"], back="Edited")
    update = update_in_anki(first, downloads.fetch())
    for name in ("core", "skin", "list"):
        note = update.notes[cards[name].pk.hex]
        assert "mine" in note.tags
        assert note.fields["My notes"] == "remember"


def test_an_edit_gets_through_although_the_learner_tagged_the_note_since(
    downloads: Downloads, cards: dict[str, Card], tmp_path: Path
) -> None:
    """The card was edited before the learner's tag, so only the ledger makes it newer."""
    first = downloads.fetch()
    edit(cards["cell"], back="Edited")
    cards["cell"].versions.update(created_at=SOON - timedelta(days=2))
    second = downloads.fetch()
    assert dates(second, tmp_path)[cards["cell"].pk.hex] > datetime.now(UTC).timestamp()
    update = update_in_anki(first, second)
    assert update.notes[cards["cell"].pk.hex].fields["Back"] == "Edited"


def test_a_text_update_brings_the_same_edits_and_keeps_all_that_is_the_learners(
    downloads: Downloads, cards: dict[str, Card], topic: Topic
) -> None:
    first = downloads.fetch()
    edit(cards["cell"], front='What is a\t"cell"?\n# Really?')
    edit(cards["list"], items=["one", "two", "three"])
    retire(item=cards["wall"])
    new = make_card(make_topic(topic.exam, "Late", parent=topic), "What is new?", "This")
    text = downloads.fetch(as_text=True)
    assert text.decode().startswith("#separator:Tab\n#html:true\n")
    assert text.count(b"\n") == 6 + 4, "a head of six lines, and only what changed"
    update = update_in_anki(first, text)
    assert_gentle(update)
    assert (update.added, update.updated) == (1, 3)
    for name, card in cards.items():
        note = update.notes[card.pk.hex]
        assert "mine" in note.tags, name
        assert note.fields["My notes"] == "remember", name
    assert update.notes[cards["cell"].pk.hex].fields["Front"] == 'What is a\t"cell"?<br># Really?'
    assert "three" in update.notes[cards["list"].pk.hex].fields["Back"]
    assert "No longer part" in update.notes[cards["wall"].pk.hex].fields["Topic"]
    assert update.notes[new.pk.hex].deck == "Biology::01 Cells::01 Late"


def test_nothing_changed_gives_the_same_bytes_and_an_empty_text(
    downloads: Downloads, cards: dict[str, Card]
) -> None:
    assert downloads.fetch() == downloads.fetch()
    assert downloads.fetch(as_text=True).count(b"\n") == 6
    assert downloads.changes() == {"same": 8}


def test_a_file_that_was_never_fetched_does_not_count(
    downloads: Downloads, cards: dict[str, Card], tmp_path: Path
) -> None:
    downloads.fetch()
    edit(cards["cell"], back="Edited")
    unfetched = downloads.build()
    downloads.build()
    fetched = downloads.fetch()
    assert downloads.changes() == {"edited": 1, "same": 7}
    assert dates(fetched, tmp_path)[cards["cell"].pk.hex] == int(downloads.now.timestamp())
    assert not Export.objects.filter(pk=unfetched.pk).exists()


def test_a_retired_card_is_exported_once_and_returns_when_it_is_published(
    downloads: Downloads, cards: dict[str, Card], tmp_path: Path
) -> None:
    downloads.fetch()
    retire(item=cards["wall"])
    guid = cards["wall"].pk.hex
    assert guid in dates(downloads.fetch(), tmp_path)
    assert guid not in dates(downloads.fetch(), tmp_path)
    assert downloads.changes() == {"absent": 1, "same": 7}
    publish(item=cards["wall"])
    returned = downloads.fetch()
    assert downloads.changes() == {"edited": 1, "same": 7}
    assert dates(returned, tmp_path)[guid] == int(downloads.now.timestamp())


def test_a_card_asked_in_another_way_is_told_as_a_conflict_until_it_is_not(
    downloads: Downloads, cards: dict[str, Card]
) -> None:
    downloads.fetch()
    edit(cards["cell"], kind=CardKind.REVERSED)
    for _ in range(2):
        downloads.fetch()
        assert downloads.changes() == {"conflict": 1, "same": 7}
    assert downloads.fetch(as_text=True).count(b"\n") == 6
    edit(cards["cell"], kind=CardKind.BASIC)
    downloads.fetch()
    assert downloads.changes() == {"same": 8}


def test_decks_keep_their_names_whatever_becomes_of_the_topics(
    downloads: Downloads, cards: dict[str, Card], topic: Topic
) -> None:
    first = downloads.fetch()
    make_topic(topic.exam, "Overture", position=0)
    Topic.objects.filter(pk=topic.pk).update(title="Living cells", position=7)
    new = make_card(topic, "What is new?", "This")
    update = update_in_anki(first, downloads.fetch())
    assert update.notes[new.pk.hex].deck == "Biology::01 Cells"
    assert update.notes[cards["core"].pk.hex].fields["Topic"] == "Living cells"


def test_each_learner_has_a_ledger_of_their_own(
    downloads: Downloads, cards: dict[str, Card], bob: User, exam: Exam
) -> None:
    downloads.fetch()
    theirs = Downloads(bob, exam)
    theirs.fetch()
    assert theirs.changes() == {"new": 8}


def test_new_notes_before_old_ones_get_cards_of_their_own(
    downloads: Downloads, cards: dict[str, Card], topic: Topic
) -> None:
    first = downloads.fetch()
    Card.objects.update(position=100)
    for number in range(30):
        make_card(topic, f"Earlier {number}?", "Yes")
    Card.objects.filter(front__startswith="Earlier").update(position=1)
    update = update_in_anki(first, downloads.fetch())
    assert_gentle(update)
    assert update.added == 30


def test_the_entries_of_files_nobody_will_compare_with_are_let_go(
    downloads: Downloads, cards: dict[str, Card]
) -> None:
    for _ in range(4):
        downloads.fetch()
        downloads.build(with_progress=True)
    kept = LedgerEntry.objects.values_list("export", flat=True).distinct()
    assert len(set(kept)) <= 3


def test_a_worker_that_died_half_way_leaves_nothing_behind(
    downloads: Downloads, cards: dict[str, Card], carol: User, exam: Exam
) -> None:
    asked = request_export(user=carol, exam=exam)
    LedgerEntry.objects.create(
        export=asked,
        item=cards["cell"].pk,
        kind="basic",
        digest="",
        modified_at=SOON,
        topic=0,
        change=Change.NEW,
    )
    build_export(export_id=asked.pk, clock=lambda: SOON)
    assert Export.objects.get(pk=asked.pk).changes == {"new": 8}


def test_a_draft_never_leaves_the_house(
    downloads: Downloads, cards: dict[str, Card], topic: Topic
) -> None:
    make_card(topic, "Not finished", "Draft", status=Status.DRAFT)
    downloads.fetch()
    assert downloads.changes() == {"new": 8}
