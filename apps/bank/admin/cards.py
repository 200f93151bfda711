"""Authoring of cards."""

from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import Person, User
from apps.bank.admin.fields import LinesField, show_for
from apps.bank.admin.images import ImageInline, store_rows
from apps.bank.admin.items import ItemAdmin, author_of
from apps.bank.models import LISTED, Card, CardImage, CardKind, Side
from apps.bank.prompts import Prompt, is_asked_with, prompts_of
from apps.bank.services.items import Attached, save_card
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
    inlines = (ImageInline,)
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
        """Nothing yet: a card and its images become one version, in `save_formset`."""
        obj.exam = obj.topic.exam

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        formset.save(commit=False)  # tells Django's log what changed; the service stores it
        card = form.instance
        # Django takes the key from a new row while it has others beside it.
        card.pk = card.pk or uuid4()
        images = store_rows(formset, timezone.now())
        save_card(card=card, author=author_of(request), images=images)

    def store(self, item: Card, author: User | None, content: dict[str, Any]) -> None:
        words = dict(content)
        images = [Attached(**image) for image in words.pop("images", [])]
        for field, text in words.items():
            setattr(item, field, text)
        save_card(card=item, author=author, images=images)

    def as_learner_sees(self, item: Card) -> dict[str, Any]:
        return super().as_learner_sees(item) | {"faces": faces_of(item)}


def faces_of(card: Card) -> list[tuple[Prompt, list[CardImage], list[CardImage]]]:
    """Each way in which a card is asked, with the images of its question and its answer."""
    images = list(card.images.select_related("file"))

    def shown(prompt: Prompt, *, asked: bool) -> list[CardImage]:
        sides = {side: is_asked_with(side, card.kind, prompt.ordinal) for side in Side}
        return [image for image in images if sides[Side(image.side)] == asked]

    return [
        (prompt, shown(prompt, asked=True), shown(prompt, asked=False))
        for prompt in prompts_of(card)
    ]
