"""Saying by program how sure one wants to be."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Topic
from apps.study.models import Enrolment, Memory
from apps.study.services.sync import record_events
from tests.factories import NOW, make_card
from tests.study.events import answer, incoming

pytestmark = pytest.mark.django_db
ApiOf = Callable[[User | None], APIClient]


def test_who_wants_to_be_surer_is_asked_sooner(
    api_of: ApiOf, carol: User, topic: Topic, enrolment: Enrolment
) -> None:
    card = make_card(topic)
    record_events(user=carol, events=[incoming(answer(enrolment, card, 3))], now=NOW)
    before = Memory.objects.get(card=card).interval
    answered = api_of(carol).patch(
        f"/api/v1/enrolments/{enrolment.pk}/", {"desired_retention": 0.97}
    )
    assert answered.json()["desired_retention"] == 0.97
    assert 0 < Memory.objects.get(card=card).interval < before


@pytest.mark.parametrize("share", [0.69, 0.98, "x", None])
def test_nobody_can_be_as_sure_as_that(
    api_of: ApiOf, carol: User, enrolment: Enrolment, share: object
) -> None:
    address = f"/api/v1/enrolments/{enrolment.pk}/"
    assert api_of(carol).patch(address, {"desired_retention": share}).status_code == 400
    enrolment.refresh_from_db()
    assert enrolment.desired_retention == 0.9
