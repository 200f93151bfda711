"""Authoring of questions, their choices beside them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from apps.accounts.models import Person, User
from apps.bank.admin.fields import PROSE, LinesField, show_for
from apps.bank.admin.items import ItemAdmin, author_of
from apps.bank.admin.linting import told, written
from apps.bank.models import WRITTEN, Choice, Question, QuestionKind
from apps.bank.services.faults import faults_of, stored_faults
from apps.bank.services.items import ChoiceText, choices_of, save_question
from apps.courses.authoring import AuthoringForm, StockForm
from apps.courses.models import Exam

if TYPE_CHECKING:
    ChoiceInlineBase = admin.TabularInline[Choice, Question]
else:
    ChoiceInlineBase = admin.TabularInline

LAST = float("inf")
# Kinds with choices to choose among, and those with choices of any sort.
CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)
WITH_CHOICES = (*CHOSEN, QuestionKind.MATCH)


class QuestionForm(AuthoringForm[Question]):
    accepted = LinesField(
        required=False,
        label="Accepted answers",
        help_text="For a typed answer: each wording on a line of its own. "
        "For steps to put in order: the steps in their right order.",
    )

    class Meta:
        model = Question
        fields = ("topic", "kind", "stem", "accepted", "explanation", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            show_for(self.fields, "accepted", (*WRITTEN, QuestionKind.ORDER))


class ChoiceForm(StockForm[Choice]):
    """A choice; one without a position stands after the others."""

    position = forms.IntegerField(required=False, min_value=0, widget=AdminIntegerFieldWidget)

    class Meta:
        model = Choice
        fields = ("text", "is_correct", "why", "position")
        help_texts = {
            "text": "Of a match: the term.",
            "why": "What speaks for or against it. Of a match: the meaning of the term.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The headings of the table are no labels to a screen reader.
            field.widget.attrs["aria-label"] = field.label
        if "text" in self.fields:
            show_for(self.fields, "is_correct", CHOSEN)
            self.fields["text"].widget.attrs["data-group-kinds"] = " ".join(WITH_CHOICES)
        if self.instance.pk is None:
            self.initial["position"] = None


class ChoiceInline(ChoiceInlineBase):
    model = Choice
    form = ChoiceForm
    formfield_overrides = {models.TextField: PROSE}
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        """Taking a choice out changes the question; its versions keep what it said."""
        return self.has_change_permission(request, obj)


def choices_in(formset: Any) -> list[ChoiceText]:
    """The choices a person has written, in the order of their positions."""
    rows = [
        form.cleaned_data
        for form in formset.forms
        if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")
    ]
    rows.sort(key=lambda row: LAST if row["position"] is None else row["position"])
    return [ChoiceText(row["text"], row["is_correct"], row["why"]) for row in rows]


@admin.register(Question)
class QuestionAdmin(ItemAdmin[Question]):
    form = QuestionForm
    inlines = (ChoiceInline,)
    search_fields = ("stem", "choices__text", "topic__title", "note__name")
    fieldsets = (
        (None, {"fields": ("topic", "kind", "stem", "accepted", "explanation")}),
        ("Where it comes from", {"fields": ("source", "sureness", "status", "version")}),
        ("Order", {"fields": ("position",), "classes": ("collapse",)}),
    )

    class Media:
        js = [forms.Script("admin-authoring/lint.js", type="module")]

    def rows(self, user: Person) -> QuerySet[Question]:
        course = Question.objects.filter(owner=None, exam__in=Exam.objects.editable_by(user))
        return course.with_sources()

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: Any) -> None:
        """Nothing yet: a question and its choices become one version, in `save_formset`."""
        obj.exam = obj.topic.exam

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        formset.save(commit=False)  # tells Django's log what changed; the service stores it
        choices = choices_in(formset)
        save_question(question=form.instance, author=author_of(request), choices=choices)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Publish where asked to, and tell what learners may stumble over."""
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            for fault in stored_faults(form.instance):
                if fault.is_error:
                    self.message_user(
                        request, f"Published, though with a fault: {fault.what}.", messages.WARNING
                    )

    def store(self, item: Question, author: User | None, content: dict[str, Any]) -> None:
        words = dict(content)
        choices = [ChoiceText(**choice) for choice in words.pop("choices")]
        for field, text in words.items():
            setattr(item, field, text)
        save_question(question=item, author=author, choices=choices)

    def as_learner_sees(self, item: Question) -> dict[str, Any]:
        return super().as_learner_sees(item) | {"choices": choices_of(item)}

    # --- Lint, while it is written

    def get_urls(self) -> list[URLPattern]:
        lint = self.admin_site.admin_view(self.lint_view)
        return [path("lint/", lint, name="bank_question_lint"), *super().get_urls()]

    @method_decorator(require_POST)
    def lint_view(self, request: HttpRequest) -> HttpResponse:
        """What is doubtful about the form as it was sent; nothing is saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            question, choices = written(request.POST)
        except ValueError:
            return JsonResponse({"faults": []}, status=400)
        return JsonResponse(told(faults_of(question, choices)))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = kwargs.get("obj")
        context |= {"is_linted": True, "faults": stored_faults(item) if item is not None else []}
        return super().render_change_form(request, context, *args, **kwargs)
