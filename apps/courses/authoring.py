"""What every authoring page shares: whose rows it shows, and how a refusal reaches the form."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.related import ForeignKey, RelatedField
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import Person
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree

RowT = TypeVar("RowT", bound=models.Model)

# Django's admin and forms are generic to the type checker only.
if TYPE_CHECKING:
    StockAdmin = admin.ModelAdmin
    StockForm = forms.ModelForm
    TopicChoiceIterator = ModelChoiceIterator[Topic]
    TopicChoiceField = forms.ModelChoiceField[Topic]
else:

    class StockAdmin(admin.ModelAdmin, Generic[RowT]):
        pass

    class StockForm(forms.ModelForm, Generic[RowT]):
        pass

    TopicChoiceIterator = ModelChoiceIterator
    TopicChoiceField = forms.ModelChoiceField

INDENT = "\N{EM SPACE}"


class RefusedRequest(HttpRequest):
    """A request that a service has refused once."""

    refusal: str


class TopicIterator(TopicChoiceIterator):
    """The choices of a topic: each exam's tree, indented."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        topics = self.queryset.select_related("exam").order_by("exam__title", "exam_id")
        for exam, branch in groupby(topics, key=lambda topic: topic.exam):
            tree = TopicTree(branch)
            yield (
                exam.title,
                [(topic.pk, f"{INDENT * depth}{topic.title}") for topic, depth in tree.walk()],
            )


class TopicField(TopicChoiceField):
    iterator = TopicIterator


class AuthoringForm(StockForm[RowT]):
    """A form that offers the topics of its own exam, and shows what a service refused."""

    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exam_id = getattr(self.instance, "exam_id", None)
        for field in self.fields.values():
            if exam_id and isinstance(field, TopicField) and field.queryset is not None:
                field.queryset = field.queryset.filter(exam=exam_id)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


class ScopedAdmin(StockAdmin[RowT]):
    """Shows somebody only rows of exams they edit: in lists, choices, filters and addresses.

    A permission of the Instructors group says what may be done, `rows` says to which rows.
    """

    show_full_result_count = False

    def rows(self, user: Person) -> models.QuerySet[RowT]:
        """The rows this person may work on: the course's, never a learner's own."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RowT]:
        rows = self.rows(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def has_row(self, request: HttpRequest, obj: RowT | None) -> bool:
        """Whether the page may be about this row; pages about no row in particular may be."""
        return obj is None or self.rows(request.user).filter(pk=obj.pk).exists()

    def has_view_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return super().has_view_permission(request, obj) and self.has_row(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return super().has_change_permission(request, obj) and self.has_row(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        """Only an administrator deletes, for learners' reviews and attempts go along."""
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def get_field_queryset(
        self, db: str | None, db_field: "RelatedField[Any, Any]", request: HttpRequest
    ) -> models.QuerySet[Any] | None:
        """Choices of a related row: those its own authoring pages would show."""
        try:
            related = self.admin_site.get_model_admin(db_field.related_model)
        except NotRegistered:
            return super().get_field_queryset(db, db_field, request)
        rows = related.get_queryset(request)
        return rows if related.has_view_permission(request) else rows.none()

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.related_model is Topic:
            kwargs["form_class"] = TopicField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: RowT | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Shows the form again with what was typed and the reason, where a service refuses."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as error:
            cast("RefusedRequest", request).refusal = error.message
            return super().changeform_view(request, object_id, form_url, extra_context)


class ReadOnlyAdmin(ScopedAdmin[RowT]):
    """Pages to look at: what they show comes about elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RowT | None = None) -> bool:
        return False


class ExamFilter(admin.RelatedFieldListFilter):
    """Offers the exams the person edits, and no others."""

    def field_choices(
        self, field: "RelatedField[Any, Any]", request: HttpRequest, model_admin: Any
    ) -> list[Any]:
        return [(exam.pk, exam.title) for exam in Exam.objects.editable_by(request.user)]


def topic_labels(topics: Iterable[Topic]) -> dict[int, str]:
    """Each topic's titles from its domain down, by its key; one query for all of them."""
    wanted = list(topics)
    lineages = {topic.pk: [int(key) for key in topic.path.split("/") if key] for topic in wanted}
    keys = {key for lineage in lineages.values() for key in lineage}
    titles = dict(Topic.objects.filter(pk__in=keys).values_list("pk", "title"))
    return {
        pk: " › ".join(titles[key] for key in lineage if key in titles)
        for pk, lineage in lineages.items()
    }
