"""Addresses of the bank below /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.bank import api

router = SimpleRouter()
router.register("cards", api.CardViewSet, basename="card")
router.register("questions", api.QuestionViewSet, basename="question")
router.register("disputes", api.DisputeViewSet, basename="dispute")

urlpatterns = router.urls
