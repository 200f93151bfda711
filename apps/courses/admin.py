"""Authoring of exams: their rules, domains, topics, and who works on them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import Person, User
from apps.courses.authoring import (
    AuthoringForm,
    ExamFilter,
    RowT,
    ScopedAdmin,
    StockForm,
)
from apps.courses.models import Exam, Membership, Role, Topic
from apps.courses.permissions import make_instructor
from apps.courses.querysets import EDITING_ROLES
from apps.courses.services import create_exam, create_topic, move_topic

if TYPE_CHECKING:
    ExamForm = AuthoringForm[Exam]
    DomainInlineBase = admin.TabularInline[Topic, Exam]
    MembershipInlineBase = admin.TabularInline[Membership, Exam]
    DomainSet = forms.BaseInlineFormSet[Topic, Exam, forms.ModelForm[Topic]]
    MembershipSet = forms.BaseInlineFormSet[Membership, Exam, forms.ModelForm[Membership]]
else:
    ExamForm = AuthoringForm
    DomainInlineBase = MembershipInlineBase = admin.TabularInline
    DomainSet = MembershipSet = forms.BaseInlineFormSet

WHOLE = 100


def filled(formset: Any) -> list[dict[str, Any]]:
    """What the rows of a formset say that are neither empty nor to be deleted."""
    return [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]


class DomainFormSet(DomainSet):
    """All domains of one exam."""

    def clean(self) -> None:
        super().clean()
        titles = [row["title"].casefold() for row in filled(self) if "title" in row]
        if len(titles) != len(set(titles)):
            raise ValidationError("Two domains have the same title.")


class DomainInline(DomainInlineBase):
    """The domains, which are the topics without a parent, with their shares of the exam."""

    model = Topic
    formset = DomainFormSet
    fields = ("title", "weight")
    verbose_name = "domain"
    extra = 1
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).filter(parent=None, owner=None)


class MembershipForm(StockForm[Membership]):
    """A person, named by the address they signed up with, and their role."""

    email = forms.EmailField(label="Email address")

    class Meta:
        model = Membership
        fields = ("role",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].disabled = True
            self.initial["email"] = self.instance.user.email

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            raise ValidationError("Nobody has signed up with this address yet.")
        self.instance.user = user
        return email


class MembershipFormSet(MembershipSet):
    """Everybody who works on one exam."""

    def clean(self) -> None:
        super().clean()
        rows = filled(self)
        emails = [row["email"] for row in rows if "email" in row]
        if len(emails) != len(set(emails)):
            raise ValidationError("Somebody is named twice: give each person one role.")
        if not any(row.get("role") == Role.OWNER for row in rows):
            raise ValidationError("An exam keeps at least one owner.")


class MembershipInline(MembershipInlineBase):
    """Who works on the exam; learners, who may be thousands, are not listed."""

    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = ("email", "role")
    verbose_name = "person at work on this exam"
    verbose_name_plural = "people at work on this exam"
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        everybody = super().get_queryset(request).select_related("user")
        return everybody.exclude(role=Role.LEARNER).order_by("pk")

    def is_owner(self, request: HttpRequest, exam: Exam | None) -> bool:
        """Whether the person owns the exam; Django also asks in general, before it knows one."""
        user = request.user
        if exam is None or user.is_superuser:
            return True
        return exam.memberships.filter(user=user.pk, role=Role.OWNER).exists()

    def has_view_permission(self, request: HttpRequest, obj: Exam | None = None) -> bool:
        return self.is_owner(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Exam | None = None) -> bool:
        return self.is_owner(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Exam | None = None) -> bool:
        return self.is_owner(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Exam | None = None) -> bool:
        return self.is_owner(request, obj)


@admin.register(Exam)
class ExamAdmin(ScopedAdmin[Exam]):
    """The exams somebody edits. Whoever makes one is its owner."""

    form = ExamForm
    list_display = ("title", "code", "visibility", "question_count", "minutes", "pass_mark")
    search_fields = ("title", "code")
    fields = (
        "title",
        "code",
        "description",
        ("question_count", "minutes", "pass_mark"),
        "visibility",
        "licence",
    )

    def rows(self, user: Person) -> QuerySet[Exam]:
        return Exam.objects.editable_by(user)

    def get_inlines(self, request: HttpRequest, obj: Exam | None) -> Any:
        return [] if obj is None else [DomainInline, MembershipInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Exam | None = None) -> Any:
        """The code stands in addresses that people have kept."""
        return [] if obj is None else ["code"]

    def save_model(self, request: HttpRequest, obj: Exam, form: Any, change: Any) -> None:
        if change:
            obj.save()
            return
        owner = request.user if isinstance(request.user, User) else None
        made = create_exam(owner=owner, **form.cleaned_data)
        adopt(obj, made)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        rows = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        if formset.model is Membership:
            for row in rows:
                Membership.objects.update_or_create(
                    exam=form.instance, user=row.user, defaults={"role": row.role}
                )
                if row.role in EDITING_ROLES:
                    make_instructor(row.user)
            return
        for domain in rows:
            if domain.pk:
                domain.save(update_fields=["title", "weight", "updated_at"])
            else:
                create_topic(exam=form.instance, title=domain.title, weight=domain.weight)
        self.weigh(request, form.instance)

    def weigh(self, request: HttpRequest, exam: Exam) -> None:
        """Say so where the domains' shares do not make a whole."""
        total = sum(topic.weight or 0 for topic in Topic.objects.filter(exam=exam).domains())
        if total not in {0, WHOLE}:
            text = f"The domains’ shares add up to {total} per cent, not to {WHOLE}."
            self.message_user(request, text, messages.WARNING)


class TopicForm(AuthoringForm[Topic]):
    """A topic's place in the tree, and its title."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        if parent is not None and cleaned.get("weight"):
            raise ValidationError("Only a domain, a topic without a parent, has a share.")
        exam = cleaned.get("exam") or self.instance.exam_id
        title = cleaned.get("title", "")
        known = Topic.objects.filter(exam=exam, parent=parent, owner=None, title__iexact=title)
        if known.exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is a topic of this title in this place already.")
        return cleaned


@admin.register(Topic)
class TopicAdmin(ScopedAdmin[Topic]):
    """The course's topics; learners' own are theirs alone."""

    form = TopicForm
    list_display = ("title", "below", "exam", "weight", "position")
    list_filter = (("exam", ExamFilter),)
    search_fields = ("title",)
    ordering = ("exam__title", "path")

    def rows(self, user: Person) -> QuerySet[Topic]:
        edited = Exam.objects.editable_by(user)
        mine = Topic.objects.filter(owner=None, exam__in=edited)
        return mine.select_related("exam", "parent")

    @admin.display(description="below")
    def below(self, topic: Topic) -> str:
        return topic.parent.title if topic.parent else "–"

    def get_fields(self, request: HttpRequest, obj: Topic | None = None) -> Any:
        if obj is None:
            return ["exam", "parent", "title", "weight"]
        return ["exam", "parent", "title", "weight", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> Any:
        return [] if obj is None else ["exam"]

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: Any) -> None:
        if not change:
            adopt(obj, create_topic(**form.cleaned_data))
            return
        obj.save(update_fields=["title", "weight", "position", "updated_at"])
        if "parent" in form.changed_data:
            move_topic(topic=obj, parent=obj.parent)


def adopt(blank: RowT, made: RowT) -> None:
    """Have the row that Django's form began be the one that a service made."""
    blank.pk = made.pk
    blank.refresh_from_db()
