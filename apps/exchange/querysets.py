"""Whose exports these are."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from apps.accounts.models import Person, User

if TYPE_CHECKING:
    from apps.exchange.models import Export


class ExportQuerySet(QuerySet["Export"]):
    def visible_to(self, user: Person) -> Self:
        """The person's own exports."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)
