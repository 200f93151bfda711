"""Addresses of the bank below /api/v1/."""

from django.urls import re_path
from rest_framework.routers import SimpleRouter

from apps.bank import api

router = SimpleRouter()
router.register("cards", api.CardViewSet, basename="card")
router.register("questions", api.QuestionViewSet, basename="question")
router.register("disputes", api.DisputeViewSet, basename="dispute")

urlpatterns = [
    re_path(r"^images/(?P<sha256>[0-9a-f]{64})/$", api.ImageView.as_view(), name="image"),
    *router.urls,
]
