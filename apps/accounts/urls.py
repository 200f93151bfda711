"""Addresses of accounts below /api/v1/."""

from django.urls import path

from apps.accounts import api

urlpatterns = [
    path("me/", api.MeView.as_view(), name="me"),
    path("token/", api.TokenView.as_view(), name="token"),
]
