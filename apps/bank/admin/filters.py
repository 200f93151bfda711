"""What a list of items may be narrowed to."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.courses.models import Topic

UNSURE = 0.7


class DomainFilter(admin.SimpleListFilter):
    """Items below one domain of an exam the person edits."""

    title = "domain"
    parameter_name = "domain"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        domains = Topic.objects.editable_by(request.user).filter(owner=None, parent=None)
        exam = request.GET.get("exam__id__exact", "")
        if exam.isdecimal():
            domains = domains.filter(exam=int(exam))
        ordered = domains.select_related("exam").order_by("exam__title", "position", "pk")
        return [(str(domain.pk), f"{domain} ({domain.exam})") for domain in ordered]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        domain = self.value()
        return queryset.filter(topic__path__startswith=f"/{domain}/") if domain else queryset


class CertaintyFilter(admin.SimpleListFilter):
    """Items that extraction was not sure of."""

    title = "certainty"
    parameter_name = "certainty"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("low", f"Low, below {UNSURE:.0%}")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(certainty__lt=UNSURE) if self.value() == "low" else queryset
