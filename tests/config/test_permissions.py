"""Nobody gets through a door that is not theirs: every route of the site, for the whole cast."""

import json
from collections.abc import Iterator
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from apps.accounts.models import User
from apps.bank.models import Dispute, Flag, Status, Suggestion
from apps.bank.services.items import card_content
from apps.common.models import JobState
from apps.courses.models import Exam, Topic
from apps.courses.permissions import make_instructor
from apps.exchange.models import Export, ImportRun, QuestionImport
from apps.ingest.models import IngestRun
from apps.notes.services import cite
from apps.quizzes.models import (
    Blueprint,
    Case,
    ExtraTime,
    Fault,
    QuizKind,
    Report,
    RulingKind,
)
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.regrading import rule
from apps.study.models import Enrolment
from tests.config.doors import DOORS, Actor, Door, Outcome
from tests.factories import NOW, make_card, make_question, make_user, make_version

SIGN_IN = ("/accounts/login/", "/admin/login/")


def routes(
    resolver: URLResolver, namespaces: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[str]:
    """Every route of the site by its name, or by its pattern where it has none."""
    for pattern in resolver.url_patterns:
        here = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern, inner, here)
        else:
            yield ":".join((*namespaces, pattern.name)) if pattern.name else here


def outcome_of(address: str, response: HttpResponseBase) -> Outcome:
    """What somebody meets, in one word."""
    code = response.status_code
    if 300 <= code < 400:
        place = response["Location"]
        if place.startswith(SIGN_IN):
            return Outcome.LOGIN
        # The authoring pages send whoever asks for a row that is not theirs to their start.
        sent_away = place == "/admin/" and address not in {"/admin/login/", "/admin/logout/"}
        return Outcome.HIDDEN if sent_away else Outcome.GONE_ON
    if code < 300:
        return Outcome.OK
    return {
        400: Outcome.INVALID,
        401: Outcome.LOGIN,
        403: Outcome.FORBIDDEN,
        404: Outcome.HIDDEN,
        405: Outcome.METHOD,
        409: Outcome.CONFLICT,
    }[code]


@pytest.fixture
def world(
    alice: User,
    bob: User,
    carol: User,
    mallory: User,
    exam: Exam,
    topic: Topic,
    enrolment: Enrolment,
) -> SimpleNamespace:
    """One row of everything in the exam; attempt, enrolment, export and import are carol's."""
    sam = make_user("sam")
    for instructor in (alice, bob, sam):
        make_instructor(instructor)
    version = make_version(exam, "Cells are small.")
    passages = [cite(version=make_version(exam, text), spans=[(1, 1)])[0] for text in "ab"]
    card = make_card(topic, status=Status.DRAFT, version=version)
    for _ in range(12):
        make_question(topic)
    attempt, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)
    asked = attempt.items.select_related("question_version").first()
    assert asked is not None
    fault = Report.objects.create(
        question=asked.question_version.question,
        question_version=asked.question_version,
        user=carol,
        fault=Fault.UNCLEAR,
    )
    return SimpleNamespace(
        nobody=None,
        alice=alice,
        bob=bob,
        carol=carol,
        mallory=mallory,
        sam=sam,
        exam=exam,
        topic=topic,
        enrolment=enrolment,
        note=version.note,
        run=IngestRun.objects.create(version=version, state=JobState.FAILED),
        card=card,
        flag=Flag.objects.create(card=card, author=carol, reason="wrong"),
        dispute=Dispute.objects.create(exam=exam, one=passages[0], other=passages[1]),
        suggestion=Suggestion.objects.create(card=card, content=card_content(card)),
        published=make_card(topic),
        question=make_question(topic, status=Status.DRAFT),
        attempt=attempt,
        export=Export.objects.create(exam=exam, user=carol),
        questions=QuestionImport.objects.create(exam=exam, user=alice, name="bank.gift"),
        deck=ImportRun.objects.create(exam=exam, user=carol, name="deck.apkg"),
        blueprint=Blueprint.objects.create(
            exam=exam, name="Mock", kind=QuizKind.MOCK, question_count=5
        ),
        case=Case.objects.create(exam=exam, title="A case", text="It happened."),
        extra_time=ExtraTime.objects.create(exam=exam, user=carol, minutes=30),
        ruling=rule(
            question=fault.question,
            kind=RulingKind.DISREGARD,
            reason="It is unclear.",
            made_by=bob,
            now=NOW,
        ),
        report=fault,
        group=Group.objects.get(),
        address=EmailAddress.objects.create(user=carol, email=carol.email),
    )


def filled(template: Any, world: SimpleNamespace) -> Any:
    """A value of a door's data with the names in braces filled in."""
    return template.format_map(vars(world)) if isinstance(template, str) else template


def knock(door: Door, method: str, client: Client, world: SimpleNamespace) -> Outcome:
    """Try one door, and leave everything as it was."""
    address = door.address.format_map(vars(world))
    data = {name: filled(value, world) for name, value in door.data.items()}
    cache.clear()
    with transaction.atomic():
        if method == "GET":
            response = client.get(address)
        elif address.startswith("/api/"):
            response = client.generic(method, address, json.dumps(data), "application/json")
        else:
            response = client.post(address, data)
        found = outcome_of(address, response)
        if response.streaming:
            list(response)  # a download closes its file once it is read
        transaction.set_rollback(True)
    return found


def test_every_route_says_who_may_use_it() -> None:
    missing = sorted(set(routes(get_resolver())) - set(DOORS))
    assert not missing, f"Add a row to tests/config/doors.py for: {', '.join(missing)}"


def test_the_table_names_no_route_that_is_gone() -> None:
    gone = sorted(set(DOORS) - set(routes(get_resolver())))
    assert not gone, f"Take these rows out of tests/config/doors.py: {', '.join(gone)}"


def test_every_row_leads_to_the_route_it_is_about(world: SimpleNamespace) -> None:
    for name, door in DOORS.items():
        match = resolve(door.address.format_map(vars(world)).partition("?")[0])
        assert name in {match.view_name, match.route}


@pytest.mark.parametrize("actor", Actor)
def test_everybody_meets_what_the_table_says(actor: Actor, world: SimpleNamespace) -> None:
    world.me = getattr(world, actor) or world.carol
    client = Client()
    if actor != Actor.NOBODY:
        client.force_login(getattr(world, actor))
    signed_in = deepcopy(client.cookies)
    surprises = []
    for name, door in DOORS.items():
        for method, row in door.rows.items():
            client.cookies = deepcopy(signed_in)
            found = knock(door, method, client, world)
            if found != row[actor]:
                surprises.append(f"{method} {name}: {found}, not {row[actor]}")
    assert not surprises, f"{actor} meets:\n" + "\n".join(surprises)
