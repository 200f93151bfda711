"""Remove images that no version of a card shows."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.bank.services.media import remove_unused


class Command(BaseCommand):
    help = "Remove images that no version of any card shows; a worker does so each night."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_unused(now=timezone.now())
        self.stdout.write(f"{removed} image{'' if removed == 1 else 's'} removed.")
