"""Registers the shared models and tasks."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "apps.common"
