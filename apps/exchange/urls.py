"""Addresses of exchange below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.exchange import api, questions_api

router = SimpleRouter()
router.register("exports", api.ExportViewSet, basename="export")
router.register("imports", api.ImportRunViewSet, basename="import")

router.register("question-imports", questions_api.QuestionImportViewSet, basename="question-import")

urlpatterns = [
    path(
        "question-files/<slug:code>/<slug:form>/",
        questions_api.QuestionFileView.as_view(),
        name="question-file",
    ),
    *router.urls,
]
