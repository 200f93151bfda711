"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from apps.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/two-steps/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("api/v1/", include("apps.config.api_router")),
    path("", include("apps.web.urls")),
]
handler404 = "apps.config.errors.not_found"
handler500 = "apps.config.errors.server_error"
