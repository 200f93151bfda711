"""Addresses of exchange below /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.exchange import api
from apps.exchange.account.api import MyDataView

router = SimpleRouter()
router.register("exports", api.ExportViewSet, basename="export")
router.register("imports", api.ImportRunViewSet, basename="import")

urlpatterns = [path("me/data/", MyDataView.as_view(), name="my-data"), *router.urls]
