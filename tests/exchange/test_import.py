"""A deck comes in from Anki: whole, once, and with every row accounted for."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, CardVersion, Status, Suggestion
from apps.bank.services.items import save_card
from apps.bank.services.suggestions import accept, decline
from apps.courses.models import Exam, Topic
from apps.exchange.anki.importing.reading import UnreadableDeck, read_apart
from apps.exchange.anki.importing.report import Report
from apps.exchange.anki.importing.runs import carry_out, preview
from apps.study.models import Enrolment, Memory, ReviewEvent
from apps.study.services.memories import rebuild
from apps.study.services.sync import IncomingEvent, record_events
from tests.exchange.anki_gate import make_decks, study_in_anki
from tests.exchange.package.foreign import CLOZE, REVERSED, Deck, deck_of_2020
from tests.factories import make_card, make_question
from tests.study.events import answer

pytestmark = pytest.mark.django_db


def bring_in(package: bytes | Path, exam: Exam, learner: User, folder: Path) -> Report:
    path = package if isinstance(package, Path) else folder / "deck.apkg"
    if isinstance(package, bytes):
        path.write_bytes(package)
    with read_apart(path) as read:
        return carry_out(package=read, exam=exam, learner=learner, now=now())


def look_at(package: bytes, exam: Exam, learner: User, folder: Path) -> Report:
    path = folder / "deck.apkg"
    path.write_bytes(package)
    with read_apart(path) as read:
        return preview(package=read, exam=exam, learner=learner)


def told(report: Report) -> dict[str, dict[str, int]]:
    """The counts that are not zero."""
    said = report.to_json()
    return {
        rows: {fate: count for fate, count in said[rows].items() if count}
        for rows in ("notes", "cards", "reviews")
    }


def everything() -> dict[str, Any]:
    """All that an import can change, to see that one changed nothing."""
    return {
        "cards": list(Card.objects.order_by("pk").values()),
        "versions": CardVersion.objects.count(),
        "topics": list(Topic.objects.order_by("pk").values()),
        "memories": list(Memory.objects.order_by("card_id", "ordinal").values()),
        "events": sorted(ReviewEvent.objects.values_list("pk", flat=True)),
        "suggestions": list(Suggestion.objects.values("pk", "content", "state")),
    }


def memories(enrolment: Enrolment) -> list[dict[str, Any]]:
    held = Memory.objects.filter(enrolment=enrolment).order_by("card_id", "ordinal")
    return [dict(row) for row in held.values()]


# --- Decks of others ----------------------------------------------------------------------


def test_a_deck_of_2020_comes_in_whole_with_its_answers(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    deck = deck_of_2020()
    report = bring_in(deck.package(), exam, carol, tmp_path)
    assert told(report) == {
        "notes": {"imported": 318},
        "cards": {"imported": 477},
        "reviews": {"imported": 954},
    }
    cards = Card.objects.filter(exam=exam, owner=carol, status=Status.PUBLISHED)
    assert cards.count() == 318
    assert sum(card.prompt_count for card in cards) == 477
    assert ReviewEvent.objects.count() == 954
    path = [topic.title for topic in Topic.objects.filter(exam=exam).order_by("path")]
    assert path == ["Cells", "Organelles"]  # the exam itself is called Biology


def test_a_second_import_changes_nothing(exam: Exam, carol: User, tmp_path: Path) -> None:
    package = deck_of_2020(60).package()
    bring_in(package, exam, carol, tmp_path)
    before = everything()
    report = bring_in(package, exam, carol, tmp_path)
    assert report.changes_nothing
    assert told(report)["reviews"] == {"merged": 180}
    assert everything() == before


def test_what_would_happen_is_told_and_nothing_happens(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    package = deck_of_2020(40).package()
    before = everything()
    foretold = look_at(package, exam, carol, tmp_path)
    assert everything() == before
    assert not Enrolment.objects.filter(user=carol).exists()
    assert bring_in(package, exam, carol, tmp_path).to_json() == foretold.to_json()


def test_memory_equals_a_replay_of_the_whole_log(exam: Exam, carol: User, tmp_path: Path) -> None:
    bring_in(deck_of_2020(40).package(), exam, carol, tmp_path)
    enrolment = Enrolment.objects.get(user=carol)
    arrived = memories(enrolment)
    assert sum(row["reps"] for row in arrived) == ReviewEvent.objects.count()
    rebuild(enrolment=enrolment)
    assert memories(enrolment) == arrived


def test_moments_ratings_and_durations_are_kept(exam: Exam, carol: User, tmp_path: Path) -> None:
    deck = Deck()
    (card,) = deck.note("Front", "Back")
    moment = deck.answer(card, 3, 2, duration=7_321)
    bring_in(deck.package(), exam, carol, tmp_path)
    event = ReviewEvent.objects.get()
    assert round(event.reviewed_at.timestamp() * 1000) == moment
    assert (event.rating, event.duration_ms, event.device) == (2, 7_321, "anki")


@pytest.mark.parametrize("form", ["legacy.apkg", "latest.apkg", "legacy.colpkg", "latest.colpkg"])
def test_a_deck_of_todays_anki_is_accounted_for(
    exam: Exam, carol: User, tmp_path: Path, form: str
) -> None:
    counts = make_decks(tmp_path)
    report = bring_in(tmp_path / form, exam, carol, tmp_path)
    assert sum(report.notes.values()) == counts["notes"]
    assert sum(report.cards.values()) == counts["cards"]
    assert sum(report.reviews.values()) == counts["reviews"]
    assert told(report)["notes"] == {"imported": 10}
    assert report.media == {"imported": 1, "skipped": 1}
    kinds = Card.objects.filter(owner=carol).values_list("kind", flat=True)
    assert set(kinds) == {CardKind.BASIC, CardKind.REVERSED, CardKind.CLOZE}
    assert bring_in(tmp_path / form, exam, carol, tmp_path).changes_nothing


def test_two_learners_may_bring_in_the_same_deck(
    exam: Exam, carol: User, bob: User, tmp_path: Path
) -> None:
    package = deck_of_2020(8).package()
    for learner in (carol, bob):
        assert told(bring_in(package, exam, learner, tmp_path))["reviews"] == {"imported": 24}
    assert Card.objects.filter(owner=carol).count() == Card.objects.filter(owner=bob).count() == 8
    assert ReviewEvent.objects.filter(enrolment__user=bob).count() == 24


def test_words_edited_in_anki_later_reach_the_learners_own_cards(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    deck = Deck()
    deck.note("Front", "Old back", guid="one")
    deck.note("Gap {{c1::one}}", "", kind=CLOZE, guid="two")
    bring_in(deck.package(), exam, carol, tmp_path)
    newer = Deck()
    newer.note("Front", "New back", guid="one")
    newer.note("Gap {{c1::one}}", "", kind=CLOZE, guid="two")
    report = bring_in(newer.package(), exam, carol, tmp_path)
    assert told(report)["notes"] == {"updated": 1, "merged": 1}
    assert Card.objects.get(front="Front").back == "New back"
    assert bring_in(newer.package(), exam, carol, tmp_path).changes_nothing
    # An older file than the one before does not take the words back.
    assert bring_in(deck.package(), exam, carol, tmp_path).changes_nothing


def test_what_is_suspended_in_anki_is_not_asked_here(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    deck = Deck()
    deck.note("Asked", "Yes", guid="a")
    deck.note("Suspended", "No", guid="b", queue=-1)
    report = bring_in(deck.package(), exam, carol, tmp_path)
    assert report.suspended == 1
    assert asked_fronts(carol) == {"Asked"}
    assert bring_in(deck.package(), exam, carol, tmp_path).changes_nothing
    deck.cards[1] = (*deck.cards[1][:7], 0, *deck.cards[1][8:])
    assert bring_in(deck.package(), exam, carol, tmp_path).resumed == 1
    assert asked_fronts(carol) == {"Asked", "Suspended"}


def asked_fronts(learner: User) -> set[str]:
    enrolment = Enrolment.objects.get(user=learner)
    asked = Memory.objects.studied(enrolment).select_related("card")
    return {memory.card.front for memory in asked}


def test_a_deck_that_fails_half_way_leaves_nothing(
    exam: Exam, carol: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    monkeypatch.setattr("apps.study.services.sync.CLOCK_TOLERANCE", None)  # breaks the last step
    with pytest.raises(TypeError):
        bring_in(deck_of_2020(8).package(), exam, carol, tmp_path)
    assert everything() == before


def test_deep_decks_and_long_titles_become_topics(exam: Exam, carol: User, tmp_path: Path) -> None:
    deck = Deck(decks={1: "Default", 1_590_000_000_001: "::".join(["x" * 400, *"abcdefghijkl"])})
    deck.note("Front", "Back")
    bring_in(deck.package(), exam, carol, tmp_path)
    assert Card.objects.get(owner=carol).topic.title == "g › h › i › j › k › l"


# --- Our own deck coming back -------------------------------------------------------------


@pytest.fixture
def course(exam: Exam, topic: Topic, enrolment: Enrolment) -> Exam:
    """A course of four cards, each answered twice by Carol."""
    make_card(topic, "What holds the DNA?", "The nucleus")
    make_card(topic, "Mitosis", "Division of a nucleus", kind=CardKind.REVERSED)
    make_card(topic, "DNA has {{c1::four}} bases in {{c2::two}} strands.", "", kind=CardKind.CLOZE)
    make_card(topic, "Bases of DNA", "", kind=CardKind.LIST, items=["A", "C", "G", "T"])
    make_card(topic, "My own", "Card", owner=enrolment.user)
    for days_ago in (300, 290):  # long ago, so that Anki has something to ask
        study(enrolment, days_ago)
    return exam


def study(enrolment: Enrolment, days_ago: int) -> None:
    at = now() - timedelta(days=days_ago)
    for seq, card in enumerate(Card.objects.filter(exam=enrolment.exam)):
        for ordinal in range(card.prompt_count):
            raw = answer(enrolment, card, 3, at=at, seq=seq, ordinal=ordinal)
            event = IncomingEvent(**raw | {"reviewed_at": at, "card": card.pk})
            record_events(user=enrolment.user, events=[event], now=now())


def export(exam: Exam, learner: User, folder: Path) -> Path:
    out = folder / "ours.apkg"
    call_command(
        "export_anki",
        exam.code,
        str(out),
        learner=learner.email,
        with_progress=True,
        stdout=io.StringIO(),
    )
    return out


def test_our_deck_comes_back_with_the_answers_given_in_anki_each_once(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    enrolment = Enrolment.objects.get(user=carol)
    package, studied = export(course, carol, tmp_path), tmp_path / "studied.apkg"
    held = ReviewEvent.objects.count()
    counts = study_in_anki(package, studied, deck="Biology", answers=9, ratings=[3, 1, 4, 2])
    assert (counts["before"], counts["after"]) == (held, held + 9)
    report = bring_in(studied, course, carol, tmp_path)
    assert told(report)["reviews"] == {"imported": 9, "merged": held}
    assert told(report)["notes"] == {"merged": 5}
    assert ReviewEvent.objects.count() == held + 9
    arrived = memories(enrolment)
    rebuild(enrolment=enrolment)
    assert memories(enrolment) == arrived
    before = everything()
    assert bring_in(studied, course, carol, tmp_path).changes_nothing
    assert everything() == before


def test_a_deck_that_goes_back_and_forth_keeps_every_answer_once(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    held = ReviewEvent.objects.count()
    for turn in (1, 2, 3):
        studied = tmp_path / f"{turn}.apkg"
        package = export(course, carol, tmp_path)
        study_in_anki(package, studied, deck="Biology", answers=2, ratings=[4], legacy=turn != 2)
        bring_in(studied, course, carol, tmp_path)
        assert ReviewEvent.objects.count() == held + 2 * turn


def test_an_answer_taken_back_here_stays_taken_back(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    enrolment = Enrolment.objects.get(user=carol)
    package = export(course, carol, tmp_path)
    given = ReviewEvent.objects.filter(kind="answer").order_by("reviewed_at").last()
    assert given is not None
    undone = IncomingEvent(
        id=uuid4(),
        kind="undo",
        enrolment=enrolment.pk,
        card=given.card_id,
        ordinal=given.ordinal,
        reviewed_at=now(),
        target=given.pk,
    )
    record_events(user=carol, events=[undone], now=now())
    reps = sum(row["reps"] for row in memories(enrolment))
    assert bring_in(package, course, carol, tmp_path).changes_nothing
    assert sum(row["reps"] for row in memories(enrolment)) == reps


def test_edits_in_anki_become_suggestions_and_reach_the_learners_own_card(
    course: Exam, carol: User, bob: User, tmp_path: Path
) -> None:
    studied = tmp_path / "studied.apkg"
    edits = [
        ("Front:*holds*", "Back", "The <b>cell</b> nucleus"),
        ("Front:Bases*", "Back", "<ol><li>A</li><li>C</li><li>G</li><li>T</li><li>U</li></ol>"),
        ("Front:My*", "Back", "My own answer"),
    ]
    study_in_anki(export(course, carol, tmp_path), studied, deck="Biology", edits=edits)
    report = bring_in(studied, course, carol, tmp_path)
    assert told(report)["notes"] == {"suggested": 2, "updated": 1, "merged": 2}
    assert Card.objects.get(front="My own").back == "My own answer"
    assert Card.objects.get(front="What holds the DNA?").back == "The nucleus"
    offered = {each.card.front: each for each in Suggestion.objects.all() if each.card}
    assert offered["What holds the DNA?"].content["back"] == "The cell nucleus"
    assert offered["Bases of DNA"].content["items"] == ["A", "C", "G", "T", "U"]
    accept(suggestion=offered["What holds the DNA?"], author=bob)
    decline(suggestion=offered["Bases of DNA"])
    assert Card.objects.get(front="What holds the DNA?").back == "The cell nucleus"
    assert bring_in(studied, course, carol, tmp_path).changes_nothing


def test_an_older_wording_is_no_edit_of_the_learners(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    package = export(course, carol, tmp_path)
    card = Card.objects.get(front="What holds the DNA?")
    card.back = "The nucleus, in eukaryotes"
    save_card(card=card, author=None)
    assert bring_in(package, course, carol, tmp_path).changes_nothing
    assert not Suggestion.objects.exists()


def test_a_course_card_suspended_in_anki_is_not_asked(
    course: Exam, carol: User, tmp_path: Path
) -> None:
    studied = tmp_path / "studied.apkg"
    study_in_anki(export(course, carol, tmp_path), studied, deck="Biology", suspend=["Mitosis"])
    assert bring_in(studied, course, carol, tmp_path).suspended == 2
    again = export(course, carol, tmp_path)
    assert bring_in(again, course, carol, tmp_path).changes_nothing


def test_others_own_cards_are_not_touched_by_whoever_knows_their_id(
    exam: Exam, topic: Topic, carol: User, bob: User, tmp_path: Path
) -> None:
    theirs = make_card(topic, "Bob's", "Secret", owner=bob)
    question = make_question(topic)
    deck = Deck()
    (card,) = deck.note("Bob's", "Stolen", guid=theirs.pk.hex)
    deck.answer(card, 1)
    deck.note("Stem", "Key", guid=question.pk.hex)
    report = bring_in(deck.package(), exam, carol, tmp_path)
    theirs.refresh_from_db()
    assert (theirs.back, ReviewEvent.objects.filter(card=theirs).count()) == ("Secret", 0)
    assert told(report)["notes"] == {"imported": 1, "skipped": 1}
    assert Card.objects.get(owner=carol).back == "Stolen"


def test_strangers_bring_nothing_into_an_exam(exam: Exam, dave: User, tmp_path: Path) -> None:
    for way in (bring_in, look_at):
        with pytest.raises(Exception, match="Join this exam"):
            way(deck_of_2020(4).package(), exam, dave, tmp_path)


# --- The command --------------------------------------------------------------------------


def command(path: Path, **options: Any) -> str:
    out = io.StringIO()
    given = {"exam": "bio", "learner": "carol@example.org", **options}
    call_command("import_anki", str(path), stdout=out, **given)
    return out.getvalue()


def test_the_command_tells_what_it_would_do_and_does_it(
    exam: Exam, carol: User, tmp_path: Path
) -> None:
    path, out = tmp_path / "deck.apkg", tmp_path / "report.json"
    deck = deck_of_2020(8)
    deck.note("One", "two", "three", kind=REVERSED)
    path.write_bytes(deck.package())
    dry = command(path, dry_run=True)
    assert "Nothing is changed" in dry
    assert not Card.objects.exists()
    said = command(path, json=out)
    assert "notes: 8 imported, 1 skipped" in said
    assert "another number of fields" in said
    report = json.loads(out.read_text())
    assert report["reviews"] == {"imported": 24, "merged": 0, "skipped": 0}
    assert [left["names"] for left in report["skipped"] if left["what"] == "note"] == [["One"]]


@pytest.mark.parametrize(
    ("options", "told_so"),
    [
        ({"exam": "nothing"}, "There is no exam nothing. Known: bio"),
        ({"learner": "nobody@example.org"}, "Nobody is signed up"),
        ({"learner": "dave@example.org"}, "Join this exam"),
    ],
)
def test_the_command_says_what_is_wrong(
    exam: Exam, carol: User, dave: User, tmp_path: Path, options: dict[str, str], told_so: str
) -> None:
    path = tmp_path / "deck.apkg"
    path.write_bytes(deck_of_2020(4).package())
    with pytest.raises(CommandError, match=told_so):
        command(path, **options)


def test_the_command_refuses_what_is_no_package(exam: Exam, carol: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "missing.apkg")
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"no package")
    with pytest.raises(CommandError, match="no Anki package"):
        command(path)


def test_a_refused_package_leaves_no_file_behind(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    path = tmp_path / "deck.apkg"
    path.write_bytes(b"PK no package")
    with pytest.raises(UnreadableDeck), read_apart(path):
        pass
    assert list(tmp_path.iterdir()) == [path]
