"""The API below /api/v1/: every app's endpoints under one roof, with their description."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from apps.common import schema  # noqa: F401 - importing it registers it

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api:schema"),
        name="docs",
    ),
    path("", include("apps.accounts.urls")),
    path("", include("apps.courses.urls")),
    path("", include("apps.bank.urls")),
    path("", include("apps.ingest.urls")),
    path("", include("apps.study.urls")),
    path("", include("apps.quizzes.urls")),
    path("", include("apps.exchange.urls")),
]
