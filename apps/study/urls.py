"""Addresses of study below /api/v1/."""

from datetime import date

from django.urls import path, register_converter
from rest_framework.routers import SimpleRouter

from apps.study import api


class DateConverter:
    """A date in an address, as 2026-03-09; any other text is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DateConverter, "date")

router = SimpleRouter()
router.register("enrolments", api.EnrolmentViewSet, basename="enrolment")

urlpatterns = [
    path("availability/", api.AvailabilityView.as_view(), name="availability"),
    path("availability/days/<date:day>/", api.DayMinutesView.as_view(), name="day-minutes"),
    path("reviews/", api.ReviewBatchView.as_view(), name="reviews"),
    *router.urls,
]
