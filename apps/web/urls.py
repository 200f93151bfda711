"""Addresses of the pages."""

from django.urls import path

from apps.bank.models import Card, Question
from apps.web import disputes, exams, export, home, ingest, notes, quizzes, settings, study, today

CARD, QUESTION = {"model": Card}, {"model": Question}

urlpatterns = [
    path("", home.home, name="home"),
    path("demo/", home.enter_demo, name="demo"),
    path("today/", today.today, name="today"),
    path("exams/", exams.exams, name="exams"),
    path("exams/<slug:code>/", exams.exam, name="exam"),
    path("exams/<slug:code>/join/", exams.join_exam, name="join_exam"),
    path("exams/<slug:code>/study/", study.study, name="study"),
    path("exams/<slug:code>/study/more/", today.add_more, name="study_more"),
    path("exams/<slug:code>/notes/add/", ingest.upload, name="upload"),
    path("exams/<slug:code>/export/", export.export, name="export"),
    path("exports/<uuid:pk>/download/", export.export_download, name="export_download"),
    path("runs/<int:pk>/", ingest.run, name="run"),
    path("runs/<int:pk>/retry/", ingest.retry_run, name="retry_run"),
    path("runs/<int:pk>/apply/", ingest.apply_run, name="apply_run"),
    path("exams/<slug:code>/disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/settle/", disputes.settle, name="settle_dispute"),
    path("suggestions/<int:pk>/accept/", disputes.accept_suggestion, name="accept_suggestion"),
    path("suggestions/<int:pk>/decline/", disputes.decline_suggestion, name="decline_suggestion"),
    path("cards/<uuid:pk>/keep/", ingest.keep_draft, CARD, name="keep_card"),
    path("cards/<uuid:pk>/discard/", ingest.discard_draft, CARD, name="discard_card"),
    path("questions/<uuid:pk>/keep/", ingest.keep_draft, QUESTION, name="keep_question"),
    path("questions/<uuid:pk>/discard/", ingest.discard_draft, QUESTION, name="discard_question"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("settings/", settings.settings, name="settings"),
    path("settings/token/", settings.make_token, name="make_token"),
    path("settings/token/delete/", settings.delete_token, name="delete_token"),
    *quizzes.urlpatterns,
]
