"""What authoring a card and authoring a question have in common."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.bank.admin.fields import PROSE
from apps.bank.admin.filters import CertaintyFilter, DomainFilter
from apps.bank.changes import Span, changes
from apps.bank.models import Card, Question, Status
from apps.bank.services.workflow import change_status, publish, retire
from apps.common.errors import DomainError
from apps.courses.authoring import ExamFilter, ScopedAdmin, topic_labels
from apps.notes.models import Passage

ItemT = TypeVar("ItemT", Card, Question)
NOTHING = "–"


class ItemList(ChangeList):
    """A page of items that know the titles of all topics above them, by one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        labels = topic_labels({item.topic for item in self.result_list})
        for item in self.result_list:
            item.topic_label = labels[item.topic_id]


def author_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def source_link(passages: Iterable[Passage]) -> str:
    """The lines an item was read from, with a link to them; a dash where a person wrote it."""
    first = next(iter(passages), None)
    if first is None:
        return NOTHING
    address = f"{reverse('note', args=[first.version.note_id])}?line={first.first_line}"
    return format_html('<a href="{}">{}</a>', address, first)


class ItemAdmin(ScopedAdmin[ItemT]):
    """The items of exams somebody edits. They are retired, not deleted."""

    list_display = ("__str__", "status", "topic_path", "kind", "sureness", "version", "source")
    list_filter = (("exam", ExamFilter), DomainFilter, "status", "kind", CertaintyFilter)
    list_per_page = 50
    readonly_fields = ("status", "version", "sureness", "source")
    formfield_overrides = {models.TextField: PROSE}
    actions = ("publish_items", "send_to_review", "retire_items")
    save_on_top = True

    class Media:
        js = [forms.Script("admin-authoring/kinds.js", type="module")]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ItemList

    def store(self, item: ItemT, author: User | None, content: dict[str, Any]) -> None:
        """Give the item these words, as its versions spell them, and keep them."""
        raise NotImplementedError

    # --- Columns

    @admin.display(description="topic")
    def topic_path(self, item: Any) -> str:
        return format_html('<span title="{}">{}</span>', item.topic_label, item.topic)

    @admin.display(description="certainty", ordering="certainty")
    def sureness(self, item: ItemT) -> str:
        return f"{item.certainty:.0%}"

    @admin.display(description="source")
    def source(self, item: ItemT) -> str:
        return source_link(item.passages.all())

    # --- Steps from draft to retired

    @admin.action(description="Publish", permissions=["change"])
    def publish_items(self, request: HttpRequest, queryset: QuerySet[ItemT]) -> None:
        self.move(request, queryset, Status.PUBLISHED)

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[ItemT]) -> None:
        self.move(request, queryset, Status.IN_REVIEW)

    @admin.action(description="Retire", permissions=["change"])
    def retire_items(self, request: HttpRequest, queryset: QuerySet[ItemT]) -> None:
        self.move(request, queryset, Status.RETIRED)

    def move(self, request: HttpRequest, items: Iterable[ItemT], status: Status) -> None:
        """Take each item this step, and name those that cannot take it."""
        moved = 0
        for item in items:
            try:
                change_status(item=item, status=status)
            except DomainError as error:
                self.message_user(request, f"“{item}”: {error.message}", messages.ERROR)
            else:
                self.log_change(request, item, f"Now {status.label.lower()}.")
                moved += 1
        if moved:
            text = f"{moved} now {status.label.lower()}."
            self.message_user(request, text, messages.SUCCESS)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            publish(item=form.instance)
        elif "_retire" in request.POST:
            retire(item=form.instance)

    # --- Pages beside the form

    def get_urls(self) -> list[URLPattern]:
        name = f"bank_{self.opts.model_name}"
        guard = self.admin_site.admin_view
        preview, restore = guard(self.preview_view), guard(self.restore_view)
        version = "<path:object_id>/versions/<int:number>"
        return [
            path("<path:object_id>/preview/", preview, name=f"{name}_preview"),
            path(f"{version}/restore/", restore, name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def item_or_404(self, request: HttpRequest, object_id: str) -> ItemT:
        item = self.get_object(request, unquote(object_id))
        if item is None or not self.has_view_or_change_permission(request, item):
            raise Http404
        return item

    def as_learner_sees(self, item: ItemT) -> dict[str, Any]:
        """The context of the preview; the template is named after the model."""
        return {"item": item, "face": f"admin/bank/{self.opts.model_name}_face.html"}

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The item as a learner sees it."""
        item = self.item_or_404(request, object_id)
        context = self.as_learner_sees(item) | {
            "opts": self.opts,
            "topic_path": topic_labels([item.topic])[item.topic_id],
            "passages": item.passages.all(),
        }
        return render(request, "admin/bank/preview.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = kwargs.get("obj")
        if item is not None:
            context |= self.as_learner_sees(item)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's log, below the versions of the item's words."""
        item = self.get_object(request, unquote(object_id))
        versions = versions_of(item) if item is not None else []
        can_restore = self.has_change_permission(request, item)
        extra = {"versions": versions, "can_restore": can_restore}
        return super().history_view(request, object_id, extra | (extra_context or {}))

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Make the words of an old version the newest one."""
        item = self.item_or_404(request, object_id)
        if not self.has_change_permission(request, item):
            raise Http404
        version = item.versions.filter(number=number).first()
        if version is None:
            raise Http404
        back = HttpResponseRedirect(
            reverse(f"admin:bank_{self.opts.model_name}_history", args=[item.pk])
        )
        try:
            self.store(item, author_of(request), version.content)
        except DomainError as error:
            self.message_user(request, error.message, messages.ERROR)
            return back
        self.log_change(request, item, f"Restored version {number}.")
        self.message_user(request, f"It reads as in version {number} again.", messages.SUCCESS)
        return back


def versions_of(item: Card | Question) -> list[tuple[Any, list[tuple[str, list[Span]]]]]:
    """The versions of an item, the newest first, each with what it changed."""
    versions = list(item.versions.select_related("author"))
    pairs = [(new, changes(old.content, new.content)) for new, old in pairwise(versions)]
    return [*pairs, *((first, changes({}, first.content)) for first in versions[-1:])]
