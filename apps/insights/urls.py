"""Addresses of insights below /api/v1/."""

from django.urls import path

from apps.insights import api

OF_ENROLMENT = {
    "readiness": api.ReadinessView,
    "mastery": api.MasteryView,
    "retention": api.RetentionView,
    "due": api.DueView,
    "activity": api.ActivityView,
}

urlpatterns = [
    *(
        path(f"enrolments/<int:pk>/{name}/", view.as_view(), name=f"enrolment-{name}")
        for name, view in OF_ENROLMENT.items()
    ),
    path(
        "exams/<slug:code>/item-analysis/",
        api.ItemAnalysisView.as_view(),
        name="exam-item-analysis",
    ),
]
