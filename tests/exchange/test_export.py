"""A deck leaves for Anki whole, and its progress with it."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, QuestionKind, Status
from apps.bank.services.items import ChoiceText
from apps.bank.services.workflow import retire
from apps.courses.models import Exam, Topic
from apps.exchange.models import Export
from apps.exchange.services import build_export, mark_downloaded, request_export
from apps.study.memory.fsrs import retrievability
from apps.study.models import Enrolment, Memory
from apps.study.services.sync import IncomingEvent, record_events
from tests.exchange.anki_gate import assert_clean, import_into_anki
from tests.factories import NOW, make_card, make_question, make_version
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
    assert all(card.reps == 2 for card in report.with_progress.cards.values())


def test_what_a_learner_put_away_stays_put_away_in_anki(
    deck: Exam, enrolment: Enrolment, tmp_path: Path
) -> None:
    review(enrolment, 10, 3)
    make_card(Topic.objects.get(), "Never answered?")
    put_away = [Card.objects.get(front=front) for front in ("Mitosis", "Bases of DNA")]
    Memory.objects.filter(card__in=put_away).update(is_suspended=True)
    out = tmp_path / "bio.apkg"
    call_command("export_anki", "bio", str(out), learner=enrolment.user.email, with_progress=True)
    report = import_into_anki(out.read_bytes())
    assert_clean(report)
    suspended = {guid for (guid, _), card in report.with_progress.cards.items() if card.queue < 0}
    assert suspended == {card.pk.hex for card in put_away}


def test_anki_expects_the_same_recall_of_every_card(
    topic: Topic, enrolment: Enrolment, tmp_path: Path
) -> None:
    """Histories of every shape: each card answered on other days and with other ratings."""
    cards = [make_card(topic, f"Card {number}?") for number in range(40)]
    events = [
        IncomingEvent(
            id=uuid4(),
            kind="answer",
            enrolment=enrolment.pk,
            card=card.pk,
            ordinal=0,
            reviewed_at=NOW - timedelta(days=200 - turn * (number % 23 + 1), minutes=number),
            rating=(number * 7 + turn * 3) % 4 + 1,
            seq=turn,
        )
        for number, card in enumerate(cards)
        for turn in range(number % 6 + 1)
    ]
    record_events(user=enrolment.user, events=events, now=NOW)
    out = tmp_path / "bio.apkg"
    call_command("export_anki", "bio", str(out), learner=enrolment.user.email, with_progress=True)
    report = import_into_anki(out.read_bytes())
    assert_clean(report)
    now = datetime.now(UTC)
    memories = Memory.objects.filter(enrolment=enrolment)
    assert len(memories) == len(report.with_progress.cards) == 40
    for memory in memories:
        theirs = report.with_progress.cards[memory.card_id.hex, 0]
        assert memory.stability is not None
        assert memory.last_reviewed_at is not None
        days = (now - memory.last_reviewed_at) / timedelta(days=1)
        ours = retrievability(memory.stability, days, enrolment.parameters)
        assert theirs.retrievability == pytest.approx(ours, abs=0.001)
        assert theirs.stability == pytest.approx(memory.stability, abs=0.001)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "x.apkg"], "There is no exam nothing. Known: bio"),
        (["bio", "x.apkg", "--with-progress"], "Whose progress"),
        (["bio", "x.apkg", "--learner", "nobody@example.org"], "Nobody is signed up"),
        (["bio", "x.apkg", "--learner", "dave@example.org"], "Join this exam"),
        (["bio", "x.txt", "--learner", "carol@example.org", "--text"], "Download the deck itself"),
        (["bio", "/no/such/folder/x.apkg"], "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(
    deck: Exam, dave: User, arguments: list[str], told: str
) -> None:
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


def built(user: User, exam: Exam, **wish: bool) -> Export:
    asked = request_export(user=user, exam=exam, **wish)
    build_export(export_id=asked.pk, clock=lambda: NOW)
    return Export.objects.get(pk=asked.pk)


def test_who_has_the_file_already_is_not_sent_it_again(
    api_of: ApiOf, client_of: Callable[[User], Client], deck: Exam, carol: User
) -> None:
    addresses = [f"{URL}{built(carol, deck).pk}/download/"]
    addresses.append(addresses[0].removeprefix("/api/v1"))
    for address, browser in zip(addresses, (api_of(carol), client_of(carol)), strict=True):
        fetched = browser.get(address)
        etag = fetched.headers["ETag"]
        assert fetched.getvalue().startswith(b"PK")
        again = browser.get(address, HTTP_IF_NONE_MATCH=etag)
        assert (again.status_code, again.headers["ETag"]) == (304, etag)
    same = api_of(carol).get(f"{URL}{built(carol, deck).pk}/download/")
    assert same.headers["ETag"] == etag, "nothing changed, so the file is the same"
    same.close()


def test_looking_at_the_headers_is_no_download(api_of: ApiOf, deck: Exam, carol: User) -> None:
    export = built(carol, deck)
    assert api_of(carol).head(f"{URL}{export.pk}/download/").getvalue() == b""
    export.refresh_from_db()
    assert export.downloaded_at is None
    assert api_of(carol).get(f"{URL}{export.pk}/download/").getvalue()
    export.refresh_from_db()
    assert export.downloaded_at is not None


def test_a_learner_sees_what_a_file_changes_before_fetching_it(
    api_of: ApiOf, client_of: Callable[[User], Client], deck: Exam, carol: User, topic: Topic
) -> None:
    first = built(carol, deck)
    mark_downloaded(export=first, now=NOW)
    nothing = client_of(carol).get(f"/exports/{built(carol, deck).pk}/").text
    assert "Nothing has changed since your last download" in nothing
    gone = Card.objects.get(front="Mitosis")
    retire(item=gone)
    make_card(topic, "What is <new>?", "This")
    second = built(carol, deck)
    page = client_of(carol).get(f"/exports/{second.pk}/").text
    assert "Mitosis" in page
    assert "What is &lt;new&gt;?" in page
    assert "tag:retired::*" in page
    assert f"/exports/{second.pk}/download/" in page
    told = api_of(carol).get(f"{URL}{second.pk}/").json()
    assert told["change_counts"] == {"new": 1, "retired": 1, "same": 4}
    listed = api_of(carol).get(f"{told['changes']}?change=retired").json()["results"]
    assert [(row["item"], row["words"]) for row in listed] == [(str(gone.pk), "Mitosis")]


def test_a_text_update_needs_a_deck_to_update(
    api_of: ApiOf, client_of: Callable[[User], Client], deck: Exam, carol: User
) -> None:
    wish = {"exam": "bio", "as_text": True}
    refused = api_of(carol).post(URL, wish, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "Text update" not in client_of(carol).get("/exams/bio/export/").text
    mark_downloaded(export=built(carol, deck), now=NOW)
    assert "Text update" in client_of(carol).get("/exams/bio/export/").text
    both = api_of(carol).post(URL, wish | {"with_progress": True}, format="json")
    assert both.status_code == 400
    asked = api_of(carol).post(URL, wish, format="json").json()
    build_export(export_id=asked["id"], clock=lambda: NOW)
    fetched = api_of(carol).get(f"{URL}{asked['id']}/download/")
    assert fetched.headers["Content-Type"].startswith("text/plain")
    assert 'filename="bio-update.txt"' in fetched.headers["Content-Disposition"]
    fetched.close()


def test_questions_go_to_anki_only_with_who_may_see_their_keys(
    deck: Exam, topic: Topic, carol: User, bob: User, client_of: Callable[[User], Client]
) -> None:
    make_question(topic, "Whose nucleus?")
    assert built(carol, deck, with_questions=True).note_count == 5
    assert built(bob, deck, with_questions=True).note_count == 6
    assert "Questions too" not in client_of(carol).get("/exams/bio/export/").text
    assert "Questions too" in client_of(bob).get("/exams/bio/export/").text
    make_question(topic, "Carol's own?", owner=carol)
    assert built(carol, deck, with_questions=True).note_count == 6


def test_every_kind_of_question_can_be_asked_in_anki(topic: Topic, tmp_path: Path) -> None:
    pairs = [ChoiceText(f"term {n}", why=f"meaning {n}") for n in range(3)]
    several = [ChoiceText("A", True), ChoiceText("B", True), ChoiceText("C", why="No.")]
    make_question(topic, "One?")
    make_question(topic, "Several?", several, kind=QuestionKind.MULTIPLE)
    make_question(topic, "Typed?", (), kind=QuestionKind.TYPED, accepted=["DNA", "RNA"])
    make_question(topic, "Steps?", (), kind=QuestionKind.ORDER, accepted=["a", "b", "c"])
    make_question(topic, "Pairs?", pairs, kind=QuestionKind.MATCH)
    make_card(topic, "One?", "A card that asks what a question asks")
    make_card(topic, "One?", "And another")
    out = tmp_path / "bio.apkg"
    call_command("export_anki", "bio", str(out), questions=True)
    report = import_into_anki(out.read_bytes())
    assert_clean(report)
    kinds = sorted(note.notetype for note in report.deck_only.notes.values())
    choices, lists = ["Passnotes Choice"] * 2, ["Passnotes List"] * 2
    assert kinds == ["Passnotes Basic"] * 2 + choices + lists + ["Passnotes Typed"]
    fronts = [note.fields["Front"] for note in report.deck_only.notes.values()]
    assert len(set(fronts)) == len(fronts), "Anki would call them duplicates"


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
