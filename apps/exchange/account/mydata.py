"""All that is somebody's own, as one JSON file that is written while it is sent."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CASCADE, Field, FileField, ForeignKey, Model, Q, QuerySet

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.exchange.account.closing import exams_alone

OURS = "apps."
WHOSE = ("owner", "user")
KEPT_BACK = {"password"}
CHUNK = 2000
ABOUT = (
    "Everything Passnotes holds of you, table by table. A field that ends in _id names a row of "
    "another table."
)


def my_data(*, user: User, now: datetime) -> Iterator[str]:
    """The file piece by piece: `{about, made_at, tables: {name: [row, …]}}`."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield f'{{"about": {encoder.encode(ABOUT)}, "made_at": {encoder.encode(now)}, "tables": {{'
    for number, (name, rows) in enumerate(tables_of(user)):
        yield f"{',' if number else ''}\n{json.dumps(name)}: ["
        columns = columns_of(rows.model)
        for place, row in enumerate(rows.values(*columns).iterator(chunk_size=CHUNK)):
            yield f"{',' if place else ''}\n{encoder.encode(row)}"
        yield "]"
    yield "\n}}\n"


def columns_of(model: type[Model]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in KEPT_BACK and field.column and not isinstance(field, FileField)
    ]


def tables_of(user: User) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Every table that holds rows of the person's own, found by the relations of the models.

    A new model is in the file as soon as it points at a person or at something they own.
    """
    ways = ways_to_the_owner(user)
    for model, way in ways.items():
        rows = model._default_manager.filter(way).order_by("pk")
        if rows.exists():
            yield model._meta.label_lower, rows


def ways_to_the_owner(user: User) -> dict[type[Model], Q]:
    """For each model, which of its rows are the person's."""
    alone = list(exams_alone(user).values_list("pk", flat=True))
    ways: dict[type[Model], Q] = {
        User: Q(pk=user.pk),
        Exam: Q(pk__in=user.memberships.values("exam")),
    }
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
    ]
    found = True
    while found:
        found = False
        for model in models:
            way = None if model in ways else way_of(model, ways, user, alone)
            if way is not None:
                ways[model] = way
                found = True
    return ways


def way_of(
    model: type[Model], ways: dict[type[Model], Q], user: User, alone: list[int]
) -> Q | None:
    """Which rows of a model are the person's: by their own owner, or by what they belong to."""
    keys = {field.name: field for field in model._meta.fields if isinstance(field, ForeignKey)}
    whose = next((name for name in WHOSE if name in keys), None)
    if whose is not None:
        mine = Q(**{whose: user})
        # In an exam that is theirs alone the course's items are theirs as well.
        return mine | Q(**{whose: None, "exam__in": alone}) if "exam" in keys else mine
    parents = [field for field in keys.values() if belongs(field) and field.related_model in ways]
    if not parents:
        return None
    if parents[0].related_model is Exam:
        return Q(**{f"{parents[0].name}__in": alone})
    way = Q()
    for field in parents if parents[0].null else parents[:1]:
        way |= Q(**{f"{field.name}__in": rows_of(field, ways)})
    return way


def belongs(field: "ForeignKey[Any, Any]") -> bool:
    """Whether a row goes where the row goes that this key names."""
    return field.remote_field.on_delete is CASCADE and field.related_model is not field.model


def rows_of(field: "Field[Any, Any]", ways: dict[type[Model], Q]) -> QuerySet[Any]:
    parent: Any = field.related_model
    return QuerySet(parent).filter(ways[parent]).order_by().values("pk")
