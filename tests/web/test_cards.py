"""Looking through the cards of an exam, changing them, and writing one beside a note."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Flag, Status
from apps.bank.services.flags import settle
from apps.courses.models import Exam, Membership, Role, Topic
from apps.notes.models import NoteVersion
from apps.study.models import Enrolment, Memory
from apps.study.services.enrolments import add_new_prompts
from tests.factories import make_card, make_topic, make_version
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
LIST, ACT = "/exams/bio/cards/", "/exams/bio/cards/act/"


@pytest.fixture
def cell(topic: Topic, enrolment: Enrolment) -> Card:
    return make_card(topic, "What is a cell?", "The smallest unit of life")


@pytest.fixture
def leaf(topic: Topic, enrolment: Enrolment) -> Card:
    return make_card(topic, "What is a leaf?", "An organ of a plant", kind=CardKind.REVERSED)


def know(enrolment: Enrolment, card: Card, **fields: object) -> None:
    """Let the learner's memory of a card stand so."""
    add_new_prompts(enrolment=enrolment)
    Memory.objects.filter(enrolment=enrolment, card=card).update(**fields)


def found(client_of: SignIn, user: User, query: str) -> set[str]:
    page = client_of(user).get(f"{LIST}?{query}").text
    return {word for word in ("cell", "leaf") if f"What is a {word}?" in page}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"cell", "leaf"}),
        ("q=unit+life", {"cell"}),
        ("q=PLANT", {"leaf"}),
        ("q=unit+plant", set()),
        ("kind=reversed", {"leaf"}),
        ("state=new", {"cell", "leaf"}),
        ("state=known", set()),
        ("kind=nonsense&topic=999999&state=x", {"cell", "leaf"}),
    ],
)
def test_cards_are_found_by_words_kind_and_state(
    client_of: SignIn, carol: User, cell: Card, leaf: Card, query: str, expected: set[str]
) -> None:
    assert found(client_of, carol, query) == expected


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("known", {"stability": 30}),
        ("learning", {"stability": 3}),
        ("leech", {"stability": 3, "lapses": 8}),
        ("due", {"stability": 3, "due_day": timezone.now().date() - timedelta(days=1)}),
        ("suspended", {"is_suspended": True}),
    ],
)
def test_cards_are_found_by_how_well_they_are_known(
    client_of: SignIn,
    carol: User,
    cell: Card,
    leaf: Card,
    enrolment: Enrolment,
    state: str,
    fields: dict[str, object],
) -> None:
    know(enrolment, cell, **fields)
    assert found(client_of, carol, f"state={state}") == {"cell"}
    assert found(client_of, carol, "state=new") == {"leaf"}


def report(client_of: SignIn, user: User, card: Card) -> None:
    told = {"reason": "outdated", "words": "There is a newer one."}
    address = f"/api/v1/cards/{card.pk}/flag/"
    assert client_of(user).post(address, told, "application/json").status_code == 201


def test_reported_cards_are_found_by_who_reported_and_who_edits_them(
    client_of: SignIn, carol: User, bob: User, dave: User, exam: Exam, cell: Card, leaf: Card
) -> None:
    Membership.objects.create(exam=exam, user=dave, role=Role.LEARNER)
    report(client_of, carol, cell)
    for who, expected in ((carol, {"cell"}), (bob, {"cell"}), (dave, set())):
        assert found(client_of, who, "flagged=on") == expected
        listed = client_of(who).get("/api/v1/cards/?flagged=true").json()["results"]
        assert {card["id"] for card in listed} == ({str(cell.pk)} if expected else set())
    assert client_of(carol).get(LIST).text.count("Reported</span>") == 1
    assert "Reported</span>" not in client_of(dave).get(LIST).text
    others = client_of(carol).get("/api/v1/cards/?flagged=false").json()["results"]
    assert [card["id"] for card in others] == [str(leaf.pk)]
    settle(flag=Flag.objects.get())
    assert found(client_of, carol, "flagged=on") == set()


def test_a_topic_brings_all_below_it(
    client_of: SignIn, carol: User, exam: Exam, topic: Topic, cell: Card, leaf: Card
) -> None:
    below = make_topic(exam, "Organs", parent=topic)
    Card.objects.filter(pk=leaf.pk).update(topic=below)
    assert found(client_of, carol, f"topic={topic.pk}") == {"cell", "leaf"}
    assert found(client_of, carol, f"topic={below.pk}") == {"leaf"}


def test_cards_that_are_ticked_are_suspended_and_resumed(
    client_of: SignIn, carol: User, cell: Card, leaf: Card
) -> None:
    browser = client_of(carol)
    page = browser.post(ACT, {"act": "suspend", "card": [leaf.pk]}, follow=True)
    assert "1 card suspended" in page.text
    held = Memory.objects.filter(is_suspended=True)
    assert {(memory.card_id, memory.ordinal) for memory in held} == {(leaf.pk, 0), (leaf.pk, 1)}
    browser.post(ACT, {"act": "resume", "card": [leaf.pk]})
    assert not Memory.objects.filter(is_suspended=True).exists()


def test_all_that_were_found_can_be_taken_at_once(
    client_of: SignIn, carol: User, cell: Card, leaf: Card
) -> None:
    client_of(carol).post(ACT, {"act": "suspend", "everything": "on", "asked": "q=leaf"})
    assert set(Memory.objects.filter(is_suspended=True).values_list("card", flat=True)) == {leaf.pk}


def test_a_learner_retires_their_own_cards_and_never_the_courses(
    client_of: SignIn, carol: User, topic: Topic, cell: Card
) -> None:
    own = make_card(topic, owner=carol)
    wish = {"act": "retire", "card": [own.pk, cell.pk]}
    page = client_of(carol).post(ACT, wish, follow=True).text
    assert "1 card retired" in page
    assert "1 card of the course stay" in page
    assert set(Card.objects.filter(status=Status.RETIRED)) == {own}


def test_nobody_touches_cards_they_do_not_see(
    client_of: SignIn, carol: User, bob: User, topic: Topic
) -> None:
    own = make_card(topic, owner=carol)
    client_of(bob).post(ACT, {"act": "retire", "card": [own.pk]})
    own.refresh_from_db()
    assert own.status == Status.PUBLISHED


def test_cards_leave_as_a_table_that_no_spreadsheet_carries_out(
    client_of: SignIn, carol: User, topic: Topic
) -> None:
    card = make_card(topic, "=1+1", "Two, they say")
    answer = client_of(carol).post(ACT, {"act": "export", "card": [card.pk]})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert '\'=1+1,"Two, they say",Cells,' in answer.text


@pytest.mark.parametrize(
    "data", [{}, {"act": "suspend"}, {"act": "x"}, {"act": "retire", "card": "x"}]
)
def test_what_makes_no_sense_is_explained(
    client_of: SignIn, carol: User, cell: Card, data: dict[str, str]
) -> None:
    assert "Tick the cards first" in client_of(carol).post(ACT, data, follow=True).text


def test_an_exam_without_cards_says_what_to_do(client_of: SignIn, carol: User, exam: Exam) -> None:
    browser = client_of(carol)
    assert "/exams/bio/notes/add/" in browser.get(LIST).text
    assert "Show all cards" in browser.get(f"{LIST}?q=x").text


def test_many_cards_come_in_pages_that_keep_the_search(
    client_of: SignIn, carol: User, topic: Topic
) -> None:
    for number in range(60):
        make_card(topic, f"Leaf {number}?")
    page = client_of(carol).get(f"{LIST}?q=leaf").text
    assert "?q=leaf&amp;page=2" in page


def test_more_cards_do_not_make_more_queries(
    client_of: SignIn,
    carol: User,
    topic: Topic,
    enrolment: Enrolment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(40):
        make_card(topic)
    browser = client_of(carol)
    with django_assert_max_num_queries(13):
        browser.get(f"{LIST}?state=new")


def test_whoever_may_edit_a_card_changes_its_words(
    client_of: SignIn, bob: User, carol: User, cell: Card
) -> None:
    address = f"/cards/{cell.pk}/"
    sent = {"front": "What is a cell of a body?", "back": "The smallest unit", "explanation": ""}
    assert client_of(bob).post(address, sent).status_code == 302
    cell.refresh_from_db()
    assert (cell.front, cell.version) == ("What is a cell of a body?", 2)
    page = client_of(carol).get(address)
    assert "its editors change its words" in page.text
    assert client_of(carol).post(address, sent).status_code == 403


def test_a_card_that_could_not_be_asked_is_explained_and_stays(
    client_of: SignIn, bob: User, cell: Card
) -> None:
    page = client_of(bob).post(f"/cards/{cell.pk}/", {"front": "Kept words?", "back": ""})
    assert "The back is empty" in page.text
    assert "Kept words?" in page.text
    cell.refresh_from_db()
    assert cell.front == "What is a cell?"


def test_a_learner_writes_a_card_beside_a_line(
    client_of: SignIn, carol: User, version: NoteVersion, card: Card, enrolment: Enrolment
) -> None:
    browser = client_of(carol)
    address = f"/notes/{version.note_id}/cards/new/?first=3&last=4&words=Ribosomes"
    page = browser.get(address).text
    assert "lines 3 to 4" in page
    assert "Ribosomes</textarea>" in page
    sent = {"kind": "basic", "front": "Who builds proteins?", "back": "Ribosomes"}
    answer = browser.post(address, sent)
    assert answer["Location"] == f"/notes/{version.note_id}/?line=3"
    own = Card.objects.get(front="Who builds proteins?")
    assert (own.owner, own.topic, own.status) == (carol, card.topic, Status.PUBLISHED)
    assert own.passages.get().quote == "Ribosomes build proteins.\nPicture credits"


def test_a_gap_or_a_list_is_made_of_what_was_typed(
    client_of: SignIn, carol: User, version: NoteVersion
) -> None:
    browser = client_of(carol)
    address = f"/notes/{version.note_id}/cards/new/?first=3"
    browser.post(address, {"kind": "basic", "front": "{{c1::Ribosomes}} build proteins."})
    browser.post(address, {"kind": "list", "front": "Organelles?", "back": "Ribosome\n\n Nucleus "})
    gap, listed = Card.objects.filter(owner=carol).order_by("created_at")
    assert gap.kind == CardKind.CLOZE
    assert listed.items == ["Ribosome", "Nucleus"]


@pytest.mark.parametrize(
    "query", ["first=0", "first=5", "first=3&last=2", "first=x", "first=1&last=99"]
)
def test_lines_the_note_does_not_have_are_not_found(
    client_of: SignIn, carol: User, version: NoteVersion, query: str
) -> None:
    address = f"/notes/{version.note_id}/cards/new/?{query}"
    assert client_of(carol).get(address).status_code == 404


def test_lines_tell_how_well_their_cards_are_known(
    client_of: SignIn, carol: User, version: NoteVersion, card: Card, enrolment: Enrolment
) -> None:
    know(enrolment, card, stability=40)
    page = client_of(carol).get(f"/notes/{version.note_id}/").text
    line = page[page.index('id="L3"') : page.index('id="L4"')]
    assert "standing-known" in line
    assert "1 card: known" in line


def test_a_line_that_waits_for_a_look_leads_there(
    client_of: SignIn, bob: User, topic: Topic, exam: Exam
) -> None:
    version = make_version(exam, "Perhaps cells sleep.")
    make_card(topic, status=Status.DRAFT, version=version)
    page = client_of(bob).get(f"/notes/{version.note_id}/").text
    assert f"/exams/bio/triage/?note={version.note_id}" in page
