"""Addresses of ingest below /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.ingest import api

router = SimpleRouter()
router.register("ingest-runs", api.IngestRunViewSet, basename="ingest-run")

urlpatterns = router.urls
