"""Serializer fields that point at other rows, but only at rows the caller may see."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers

ModelT = TypeVar("ModelT", bound=Model)


class VisibleMixin:
    """Narrows the field's queryset with its `visible_to(user)`."""

    context: Any

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()  # type: ignore[misc]
        visible: QuerySet[Any] = rows.visible_to(self.context["request"].user)
        return visible


class VisibleSlugField(VisibleMixin, serializers.SlugRelatedField[ModelT]):
    """A row known by a readable name; rows that are not visible do not exist."""


class VisibleKeyField(VisibleMixin, serializers.PrimaryKeyRelatedField[ModelT]):
    """A row known by its primary key; rows that are not visible do not exist."""
