"""Addresses of insights below /api/v1/."""

from django.urls import path

from apps.insights import api

urlpatterns = [
    path(
        "enrolments/<int:pk>/readiness/",
        api.ReadinessView.as_view(),
        name="enrolment-readiness",
    ),
]
