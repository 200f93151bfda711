"""POST and PATCH /api/v1/enrolments/: beginning to study, and changing one's mind."""

from collections.abc import Callable

from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.study.models import Enrolment
from tests.factories import make_card

URL = "/api/v1/enrolments/"
ApiOf = Callable[[User | None], APIClient]


def test_it_works(api_of: ApiOf, dave: User, open_exam: Exam) -> None:
    wish = {"exam": "open", "exam_date": "2026-06-01", "minutes_per_day": 30}
    response = api_of(dave).post(URL, wish, format="json")
    assert response.status_code == 201
    enrolment = Enrolment.objects.get(user=dave)
    assert response.json()["minutes_per_day"] == 30
    assert (str(enrolment.exam_date), enrolment.minutes_per_day) == ("2026-06-01", 30)


def test_a_private_exam_is_not_there_for_strangers(api_of: ApiOf, dave: User, exam: Exam) -> None:
    response = api_of(dave).post(URL, {"exam": exam.code}, format="json")
    assert response.status_code == 400
    assert not Enrolment.objects.filter(user=dave).exists()


def test_enrolling_twice_keeps_the_first_enrolment(
    api_of: ApiOf, dave: User, open_exam: Exam
) -> None:
    ids = {api_of(dave).post(URL, {"exam": "open"}, format="json").json()["id"] for _ in "ab"}
    assert len(ids) == 1


def test_more_minutes_change_today(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    for _ in range(20):
        make_card(topic)
    api = api_of(carol)
    api.patch(f"{URL}{enrolment.pk}/", {"minutes_per_day": 5}, format="json")
    short = api.get(f"{URL}{enrolment.pk}/queue/").json()["new_left"]
    api.patch(f"{URL}{enrolment.pk}/", {"minutes_per_day": 60}, format="json")
    long = api.get(f"{URL}{enrolment.pk}/queue/").json()["new_left"]
    assert 0 < short < long == 20


def test_impossible_minutes_are_refused(api_of: ApiOf, carol: User, enrolment: Enrolment) -> None:
    response = api_of(carol).patch(f"{URL}{enrolment.pk}/", {"minutes_per_day": 0}, format="json")
    assert response.status_code == 400
    assert "minutes_per_day" in response.json()["errors"]
