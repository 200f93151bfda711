"""Names this part of the authoring pages."""

from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "apps.bank"
    verbose_name = "Cards and questions"
