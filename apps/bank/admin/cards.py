"""Authoring of cards."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import Person, User
from apps.bank.admin.fields import LinesField, show_for
from apps.bank.admin.items import ItemAdmin, author_of
from apps.bank.models import LISTED, Card, CardKind
from apps.bank.prompts import prompts_of
from apps.bank.services.items import save_card
from apps.courses.authoring import AuthoringForm
from apps.courses.models import Exam


class CardForm(AuthoringForm[Card]):
    items = LinesField(
        required=False,
        label="Items",
        help_text="For lists and steps: each item on a line of its own.",
    )

    class Meta:
        model = Card
        fields = ("topic", "kind", "front", "back", "items", "explanation", "position")
        help_texts = {
            "front": "For a gap in a sentence, mark what is hidden: {{c1::hidden words}}.",
            "back": "The answer. Of a gap in a sentence: what is shown with it, if anything.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            show_for(self.fields, "back", [kind for kind in CardKind if kind not in LISTED])
            show_for(self.fields, "items", LISTED)


@admin.register(Card)
class CardAdmin(ItemAdmin[Card]):
    form = CardForm
    search_fields = ("front", "back", "items", "topic__title", "note__name")
    fieldsets = (
        (None, {"fields": ("topic", "kind", "front", "back", "items", "explanation")}),
        ("Where it comes from", {"fields": ("source", "sureness", "status", "version")}),
        ("Order", {"fields": ("position",), "classes": ("collapse",)}),
    )

    def rows(self, user: Person) -> QuerySet[Card]:
        course = Card.objects.filter(owner=None, exam__in=Exam.objects.editable_by(user))
        return course.with_sources()

    def save_model(self, request: HttpRequest, obj: Card, form: Any, change: Any) -> None:
        obj.exam = obj.topic.exam
        save_card(card=obj, author=author_of(request))

    def store(self, item: Card, author: User | None, content: dict[str, Any]) -> None:
        for field, words in content.items():
            setattr(item, field, words)
        save_card(card=item, author=author)

    def as_learner_sees(self, item: Card) -> dict[str, Any]:
        return super().as_learner_sees(item) | {"prompts": prompts_of(item)}
