"""Addresses of exchange below /api/v1/."""

from rest_framework.routers import SimpleRouter

from apps.exchange import api

router = SimpleRouter()
router.register("exports", api.ExportViewSet, basename="export")
router.register("imports", api.ImportRunViewSet, basename="import")

urlpatterns = router.urls
