"""What is asked: cards and questions, with their versions and the passages they cite."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from apps.bank.querysets import (
    DisputeQuerySet,
    FlagQuerySet,
    ItemQuerySet,
    SuggestionQuerySet,
)
from apps.common.models import Stamped
from apps.courses.models import Exam, Topic
from apps.notes.models import Note, Passage


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class CardKind(models.TextChoices):
    BASIC = "basic", "Question and answer"
    REVERSED = "reversed", "Both directions"
    CLOZE = "cloze", "Gap in a sentence"
    LIST = "list", "List, item by item"
    DEFINITION = "definition", "Definition"
    STEPS = "steps", "Steps in order"
    COMPARISON = "comparison", "Comparison"
    ACRONYM = "acronym", "Abbreviation"


# Kinds whose answer is revealed item by item.
LISTED = (CardKind.LIST, CardKind.STEPS)


class QuestionKind(models.TextChoices):
    SINGLE = "single", "One right choice"
    MULTIPLE = "multiple", "Several right choices"
    TRUE_FALSE = "true_false", "True or false"
    NUMERIC = "numeric", "A number with its unit"
    TYPED = "typed", "Typed answer"
    ORDER = "order", "Steps to put in order"
    MATCH = "match", "Terms to match with meanings"


# Kinds that are answered in writing.
WRITTEN = (QuestionKind.TYPED, QuestionKind.NUMERIC)


class Item(Stamped):
    """What a card and a question have in common.

    The primary key never changes: reviews, attempts and Anki packages know the item by it.
    `owner` is set for a learner's own item, which only they see. `key` is the identity that
    extraction gives an item within its note; it survives edits of the note.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="%(class)ss")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="%(class)ss")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    note = models.ForeignKey(
        Note, models.SET_NULL, null=True, blank=True, related_name="%(class)ss"
    )
    passages = models.ManyToManyField(Passage, blank=True, related_name="%(class)ss")
    key = models.CharField(max_length=80, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_orphan = models.BooleanField(
        default=False,
        editable=False,
        help_text="Retired because the newest version of its note no longer says it",
    )
    certainty = models.FloatField(
        default=1, help_text="How sure extraction is of it, from 0 to 1; 1 if a person wrote it"
    )
    position = models.PositiveIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Card(Item):
    """Something to recall.

    `front` holds Anki's `{{c1::gap}}` marks where the kind is cloze. `items` are the steps of
    a list. `prompt_count` is in how many ways the card is asked: two for a reversed card, one
    for each gap number of a cloze card.
    """

    kind = models.CharField(max_length=10, choices=CardKind, default=CardKind.BASIC)
    front = models.TextField()
    back = models.TextField(blank=True)
    items = models.JSONField(default=list, blank=True)
    explanation = models.TextField(blank=True)
    prompt_count = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta(Item.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["note", "key"], condition=~models.Q(key=""), name="card_key_once_per_note"
            ),
        ]
        indexes = [models.Index(fields=["exam", "status", "position"])]

    def __str__(self) -> str:
        return self.front[:80]


class Question(Item):
    """Something to answer in a quiz.

    `accepted` are the answers a typed or numeric question takes; of an order, its items in their
    right order. The choices of a match are its pairs: `text` the term, `why` its meaning.
    """

    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE)
    stem = models.TextField()
    accepted = models.JSONField(default=list, blank=True)
    explanation = models.TextField(blank=True)

    class Meta(Item.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["note", "key"],
                condition=~models.Q(key=""),
                name="question_key_once_per_note",
            ),
        ]
        indexes = [models.Index(fields=["exam", "status", "position"])]

    def __str__(self) -> str:
        return self.stem[:80]


class Choice(models.Model):
    """One of the answers a question offers; `why` tells a learner what speaks for or against it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    text = models.TextField()
    is_correct = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ItemVersion(models.Model):
    """An item as it read at one time, for history and for attempts that must not change."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-number"]


class CardVersion(ItemVersion):
    """Content: `{kind, front, back, items, explanation}`."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="versions")

    class Meta(ItemVersion.Meta):
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="card_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.card}, version {self.number}"


class QuestionVersion(ItemVersion):
    """Content: `{kind, stem, accepted, explanation, choices: [{text, is_correct, why}]}`."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")

    class Meta(ItemVersion.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="question_version_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, version {self.number}"


class SuggestionState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class Suggestion(Stamped):
    """New words for an item that a person has edited: its note now says something else.

    `content` has the form of the item's versions.
    """

    card = models.ForeignKey(
        Card, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    question = models.ForeignKey(
        Question, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    content = models.JSONField()
    state = models.CharField(max_length=8, choices=SuggestionState, default=SuggestionState.OPEN)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_suggestion_is_for_a_card_or_a_question",
                condition=models.Q(card=None, question__isnull=False)
                | models.Q(card__isnull=False, question=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion for {self.item}"

    @property
    def item(self) -> Card | Question | None:
        return self.card or self.question


class FlagReason(models.TextChoices):
    WRONG = "wrong", "It is wrong"
    UNCLEAR = "unclear", "It is unclear what it asks"
    OUTDATED = "outdated", "It is out of date"
    WORDING = "wording", "A slip in the wording"
    OTHER = "other", "Something else"


class Flag(Stamped):
    """Somebody who was asked a card says what is wrong with it, for those who edit it.

    One person has one open flag on a card: what they say later replaces what they said.
    """

    card = models.ForeignKey(Card, models.CASCADE, related_name="flags")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=8, choices=FlagReason)
    words = models.TextField(blank=True, max_length=1000)
    is_settled = models.BooleanField(default=False)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "author"],
                condition=models.Q(is_settled=False),
                name="one_open_flag_of_a_person_on_a_card",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.card}"


class Dispute(Stamped):
    """Two passages that do not agree; nobody but a person can say which is right.

    The passages may stand in one note or in two of the same exam and owner.
    """

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="disputes")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="disputes"
    )
    one = models.ForeignKey(Passage, models.CASCADE, related_name="+")
    other = models.ForeignKey(Passage, models.CASCADE, related_name="+")
    is_settled = models.BooleanField(default=False)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="dispute_once_for_two_passages"),
        ]

    def __str__(self) -> str:
        return f"{self.one} against {self.other}"

    @property
    def is_in_one_note(self) -> bool:
        """Whether a note contradicts itself."""
        return self.one.version.note_id == self.other.version.note_id
