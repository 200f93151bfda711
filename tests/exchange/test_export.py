"""A deck leaves for Anki whole, and its progress with it."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import CardKind, Status
from apps.courses.models import Exam, Topic
from apps.exchange.models import Export
from apps.exchange.services import build_export
from apps.study.models import Enrolment, Memory
from apps.study.services.sync import IncomingEvent, record_events
from tests.exchange.anki_gate import assert_clean, import_into_anki
from tests.factories import NOW, make_card, make_version
from tests.study.events import answer

URL = "/api/v1/exports/"
ApiOf = Callable[[User | None], APIClient]


@pytest.fixture
def deck(exam: Exam, topic: Topic) -> Exam:
    """An exam with one card of each kind, and a draft that must stay at home."""
    version = make_version(exam, "The nucleus holds the DNA.", name="cells.txt")
    make_card(topic, "What holds the DNA?", "The nucleus", version=version)
    make_card(topic, "Mitosis", "Division of a nucleus", kind=CardKind.REVERSED)
    make_card(topic, "DNA has {{c1::four}} bases in {{c2::two}} pairs.", "", kind=CardKind.CLOZE)
    make_card(topic, "Bases of DNA", "", kind=CardKind.LIST, items=["A", "C", "G", "T"])
    make_card(topic, "1 < 2 & {{curly}} <b>?", "[latex]x[/latex]\nsecond line")
    make_card(topic, "Not finished", "Draft", status=Status.DRAFT)
    return exam


def review(enrolment: Enrolment, days_ago: int, rating: int) -> None:
    at = NOW - timedelta(days=days_ago)
    for seq, memory in enumerate(Memory.objects.filter(enrolment=enrolment)):
        raw = answer(enrolment, memory.card, rating, at=at, seq=seq, ordinal=memory.ordinal)
        event = IncomingEvent(**raw | {"reviewed_at": at, "card": memory.card_id})
        record_events(user=enrolment.user, events=[event], now=NOW)


def test_the_command_writes_a_deck_that_anki_takes(deck: Exam, tmp_path: Path) -> None:
    out = tmp_path / "bio.apkg"
    told = io.StringIO()
    call_command("export_anki", "bio", str(out), stdout=told)
    assert "5 notes" in told.getvalue()
    report = import_into_anki(out.read_bytes())
    assert_clean(report)
    assert (len(report.deck_only.notes), len(report.deck_only.cards)) == (5, 7)


def test_progress_arrives_in_anki(deck: Exam, enrolment: Enrolment, tmp_path: Path) -> None:
    review(enrolment, 10, 3)
    review(enrolment, 8, 3)
    out = tmp_path / "bio.apkg"
    email = enrolment.user.email
    call_command("export_anki", "bio", str(out), learner=email, with_progress=True)
    report = import_into_anki(out.read_bytes())
    assert_clean(report)
    assert report.with_progress.revlog == 14
    assert report.deck_only.revlog == 0
    stabilities = {memory.stability for memory in Memory.objects.filter(enrolment=enrolment)}
    (stability,) = stabilities
    for card in report.with_progress.cards.values():
        assert card.stability == pytest.approx(stability, abs=1e-3)
        assert card.reps == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "x.apkg"], "There is no exam nothing. Known: bio"),
        (["bio", "x.apkg", "--with-progress"], "Whose progress"),
        (["bio", "x.apkg", "--learner", "nobody@example.org"], "Nobody is signed up"),
        (["bio", "/no/such/folder/x.apkg"], "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(deck: Exam, arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("export_anki", *arguments)


def test_an_exam_without_cards_has_no_deck(exam: Exam, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no published cards"):
        call_command("export_anki", "bio", str(tmp_path / "bio.apkg"))
    assert list(tmp_path.iterdir()) == []


def test_the_api_writes_in_the_background_and_hands_out_the_file(
    api_of: ApiOf, deck: Exam, carol: User
) -> None:
    api = api_of(carol)
    export = api.post(URL, {"exam": "bio"}, format="json").json()
    assert export["state"] == "queued"
    early = api.get(f"{URL}{export['id']}/download/")
    assert (early.status_code, early.json()["code"]) == (409, "conflict")
    build_export(export_id=export["id"], clock=lambda: NOW)
    done = api.get(f"{URL}{export['id']}/").json()
    assert (done["state"], done["note_count"]) == ("succeeded", 5)
    fetched = api.get(f"{URL}{export['id']}/download/")
    assert 'filename="bio.apkg"' in fetched.headers["Content-Disposition"]
    content = fetched.getvalue()
    assert "collection.anki2" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_an_export_is_its_owners_only(
    api_of: ApiOf, deck: Exam, carol: User, alice: User, dave: User
) -> None:
    export = api_of(carol).post(URL, {"exam": "bio"}, format="json").json()
    assert api_of(None).post(URL, {"exam": "bio"}, format="json").status_code == 401
    assert api_of(dave).post(URL, {"exam": "bio"}, format="json").status_code == 400
    for person in (alice, dave):
        assert api_of(person).get(f"{URL}{export['id']}/download/").status_code == 404


def test_a_newer_export_replaces_the_older_file(deck: Exam, carol: User) -> None:
    exports = [Export.objects.create(exam=deck, user=carol) for _ in range(2)]
    for export in exports:
        build_export(export_id=export.pk, clock=lambda: NOW)
    kept = Export.objects.get()
    assert kept.pk == exports[1].pk
    assert kept.file.storage.exists(str(kept.file.name))


def test_two_learners_do_not_get_each_others_cards(
    deck: Exam, topic: Topic, carol: User, bob: User, tmp_path: Path
) -> None:
    make_card(topic, "Carol's own", "Secret", owner=carol)
    counts: dict[str, Any] = {}
    for person in (carol, bob):
        out = tmp_path / f"{person.name}.apkg"
        call_command("export_anki", "bio", str(out), learner=person.email)
        counts[person.name] = len(import_into_anki(out.read_bytes()).deck_only.notes)
    assert counts == {"Carol": 6, "Bob": 5}
