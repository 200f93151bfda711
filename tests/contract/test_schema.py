"""The API keeps what its description promises, whatever it is sent."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.authtoken.models import Token
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apps.accounts.models import User
from apps.bank.models import Dispute, Status
from apps.courses.models import Exam, Topic
from apps.exchange.models import Export, ImportRun
from apps.ingest.models import IngestRun
from apps.notes.services import cite
from apps.quizzes.models import QuizKind
from apps.quizzes.services.attempts import start_attempt
from apps.study.services.enrolments import enrol
from tests.factories import NOW, make_card, make_question, make_version

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler())
FOUND = [result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok)]
OPERATIONS = {operation.label: operation for operation in FOUND}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
# The row each collection's addresses lead to, by name of the world.
ROWS = {
    "exams": "exam",
    "topics": "topic",
    "notes": "note",
    "cards": "card",
    "questions": "question",
    "disputes": "dispute",
    "ingest-runs": "run",
    "enrolments": "enrolment",
    "attempts": "attempt",
    "exports": "export",
    "imports": "deck",
}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's connection, with its transaction, open over requests, as Django's client."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def world(alice: User, exam: Exam, topic: Topic) -> SimpleNamespace:
    """The owner of an exam, who also learns for it, with one row behind every address."""
    version = make_version(exam, "Cells are small.")
    card = make_card(topic, status=Status.DRAFT, version=version)
    for _ in range(12):
        make_question(topic)
        make_card(topic, version=version)
    one, other = (cite(version=make_version(exam, text), spans=[(1, 1)])[0] for text in "ab")
    attempt, _ = start_attempt(user=alice, exam=exam, kind=QuizKind.QUICK, now=NOW)
    return SimpleNamespace(
        token=Token.objects.create(user=alice).key,
        exam=exam.code,
        topic=topic.pk,
        note=version.note_id,
        card=card.pk,
        question=make_question(topic).pk,
        dispute=Dispute.objects.create(exam=exam, one=one, other=other).pk,
        run=IngestRun.objects.create(version=version, started_by=alice).pk,
        enrolment=enrol(user=alice, exam=exam, now=NOW).pk,
        attempt=attempt.pk,
        export=Export.objects.create(exam=exam, user=alice).pk,
        deck=ImportRun.objects.create(exam=exam, user=alice, name="deck.apkg").pk,
    )


def row_behind(path: str, world: SimpleNamespace) -> Any:
    """A row of the world for the address's one parameter; None where it names no row."""
    name = ROWS.get(path.removeprefix("/api/v1").strip("/").split("/")[0])
    return None if name is None else getattr(world, name)


@pytest.mark.django_db
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(label: str, world: SimpleNamespace) -> None:
    operation = OPERATIONS[label]
    row = row_behind(operation.path, world)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), leads_to_a_row=st.integers(0, 3))
    def keeps_its_word(case: Any, leads_to_a_row: int) -> None:
        if row is not None and leads_to_a_row:
            for name in case.path_parameters:
                if name in {"id", "code"}:
                    case.path_parameters[name] = str(row)
        cache.clear()
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": f"Token {world.token}"}, checks=CHECKS)
            transaction.set_rollback(True)

    keeps_its_word()


def test_every_operation_is_understood_and_tells_of_its_errors() -> None:
    assert len(OPERATIONS) == len(list(SCHEMA.get_all_operations()))
    for operation in OPERATIONS.values():
        assert "4XX" in operation.definition.raw["responses"], operation.label
