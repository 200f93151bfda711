"""The API below /api/v1/: every app's endpoints under one roof, with their description."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from apps.common import schema  # noqa: F401 - importing it registers it

# Swagger's own page styles itself inline; nothing of ours is shown there.
docs = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(url_name="api:schema")
)

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("", include("apps.accounts.urls")),
    path("", include("apps.courses.urls")),
    path("", include("apps.bank.urls")),
    path("", include("apps.ingest.urls")),
    path("", include("apps.study.urls")),
    path("", include("apps.quizzes.urls")),
    path("", include("apps.insights.urls")),
    path("", include("apps.exchange.urls")),
]
