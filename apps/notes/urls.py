"""Addresses of notes below /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.notes import api

router = SimpleRouter()
router.register("notes", api.NoteViewSet, basename="note")

urlpatterns = router.urls
