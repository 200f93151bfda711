"""Addresses of study below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.study import api

router = SimpleRouter()
router.register("enrolments", api.EnrolmentViewSet, basename="enrolment")

urlpatterns = [
    path("reviews/", api.ReviewBatchView.as_view(), name="reviews"),
    *router.urls,
]
