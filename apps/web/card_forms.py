"""The words of a card, and the search for cards, as people type them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.bank.models import LISTED, Card, CardKind, Status
from apps.bank.prompts import gap_numbers
from apps.bank.services.writing import CardWords
from apps.courses.models import Topic
from apps.courses.trees import TopicTree
from apps.web.standing import Narrowing

INDENT = "\u2003"
# What a person chooses among when they write; the others are variants of question and answer.
WRITTEN_KINDS = (CardKind.BASIC, CardKind.REVERSED, CardKind.CLOZE, CardKind.LIST)


def short_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "short"})


class CardForm(forms.Form):
    """A card's words; how it is asked is chosen when it is new, and stays."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in WRITTEN_KINDS],
        label="How is it asked?",
        required=False,
    )
    front = forms.CharField(
        label="Front",
        widget=short_text(3),
        help_text="What you are asked. For a gap, mark it in a sentence: "
        "The {{c1::stomata}} let gas in; with a hint: {{c1::stomata::s…}}.",
    )
    back = forms.CharField(
        required=False,
        strip=False,
        label="Back",
        widget=short_text(4),
        help_text="The answer; of a list, one item a line.",
    )
    explanation = forms.CharField(
        required=False,
        label="Explanation",
        widget=short_text(2),
        help_text="Shown below the answer.",
    )

    def __init__(self, *args: Any, card: Card | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card
        if card is not None:
            del self.fields["kind"]
            back = "\n".join(card.items) if card.items else card.back
            self.initial.update(front=card.front, back=back, explanation=card.explanation)

    @property
    def words(self) -> CardWords:
        """What was typed, as the bank takes it."""
        given = self.cleaned_data
        kind = self.card.kind if self.card else given.get("kind") or CardKind.BASIC
        if self.card is None and gap_numbers(given["front"]):
            kind = CardKind.CLOZE
        back = given["back"].strip()
        lines = [line.strip() for line in back.splitlines() if line.strip()]
        is_listed = kind in LISTED
        return CardWords(
            kind=kind,
            front=given["front"],
            back="" if is_listed else back,
            items=lines if is_listed else (),
            explanation=given["explanation"],
        )


class SearchForm(forms.Form):
    """What somebody looks for among the cards of an exam."""

    q = forms.CharField(required=False, max_length=200, label="Words")
    topic = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label="Topic")
    kind = forms.ChoiceField(
        required=False, choices=[("", "Any kind"), *CardKind.choices], label="Kind"
    )
    state = forms.ChoiceField(
        required=False, choices=[("", "Any state"), *Narrowing.choices], label="State"
    )
    status = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Asked"),
            (Status.DRAFT, "Drafts"),
            (Status.IN_REVIEW, "In review"),
            (Status.RETIRED, "Retired"),
        ],
        label="Which",
    )
    flagged = forms.BooleanField(required=False, label="Only reported ones")

    def __init__(
        self, *args: Any, topics: Iterable[Topic], is_enrolled: bool, has_others: bool, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        tree = TopicTree(topics)
        named = [(topic.pk, INDENT * depth + topic.title) for topic, depth in tree.walk()]
        self.fields["topic"].choices = [("", "Any topic"), *named]  # type: ignore[attr-defined]
        self.tree = tree
        if not is_enrolled:
            del self.fields["state"]
        if not has_others:
            del self.fields["status"]

    def found(self, name: str) -> Any:
        """What was chosen in a field; nothing where the field is not there or makes no sense."""
        return self.cleaned_data.get(name) or None
