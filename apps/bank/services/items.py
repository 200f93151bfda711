"""Writing one card or question: what is checked, and what becomes a new version."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.bank.errors import Unpublishable
from apps.bank.models import (
    LISTED,
    WRITTEN,
    Card,
    CardImage,
    CardKind,
    CardVersion,
    Choice,
    Question,
    QuestionKind,
    QuestionVersion,
    Status,
)
from apps.bank.prompts import gap_numbers, prompts_of
from apps.common.errors import DomainError

FEWEST_PARTS = 3
MOST_IMAGES = 20


@dataclass(frozen=True)
class Attached:
    """An image on a side of a card; its bytes are stored already, under their hash."""

    side: str
    sha256: str
    alt: str


@dataclass(frozen=True)
class ChoiceText:
    """A choice as its author writes it."""

    text: str
    is_correct: bool = False
    why: str = ""


@transaction.atomic
def save_card(*, card: Card, author: User | None, images: Sequence[Attached] | None = None) -> bool:
    """Check and store a card, replacing its images if some are given.

    A change of its words or images becomes a new version. Returns whether there was one. Raises
    DomainError where the card cannot be asked.
    """
    check_card(card)
    card.prompt_count = len(prompts_of(card))
    shown = images_of(card) if images is None else list(images)
    check_images(shown)
    content = card_content(card, shown)
    latest = card.versions.first()
    changed = latest is None or latest.content != content
    if changed:
        card.version += 1
    card.save()
    if images is not None and images_of(card) != shown:
        card.images.all().delete()
        CardImage.objects.bulk_create(image_rows(card, shown))
    if changed:
        CardVersion.objects.create(card=card, number=card.version, content=content, author=author)
    return changed


def card_content(card: Card, images: Sequence[Attached] = ()) -> dict[str, Any]:
    """What a card's version remembers."""
    content = {
        "kind": str(card.kind),
        "front": card.front,
        "back": card.back,
        "items": list(card.items),
        "explanation": card.explanation,
    }
    return content | {"images": [asdict(image) for image in images]} if images else content


def images_of(card: Card) -> list[Attached]:
    """The card's images, in their order."""
    return [Attached(row.side, row.file_id, row.alt) for row in card.images.all()]


def image_rows(card: Card, images: Sequence[Attached]) -> list[CardImage]:
    return [
        CardImage(card=card, position=n, file_id=each.sha256, side=each.side, alt=each.alt)
        for n, each in enumerate(images)
    ]


def check_images(images: Sequence[Attached]) -> None:
    """Raise DomainError if a card cannot have these images."""
    if len(images) > MOST_IMAGES:
        raise DomainError(f"A card has {MOST_IMAGES} images at most.")
    if not all(image.alt.strip() for image in images):
        raise DomainError("Each image needs an alternative text: say what it shows.")


def check_card(card: Card) -> None:
    """Raise DomainError if the card could not be shown to anybody."""
    if not card.front.strip():
        raise DomainError("The front is empty: write what the learner is asked.")
    if card.kind == CardKind.CLOZE:
        if not gap_numbers(card.front):
            raise DomainError("A gap card needs a gap: mark it as {{c1::hidden words}}.")
    elif card.kind in LISTED:
        if not isinstance(card.items, list) or not all(
            isinstance(item, str) and item.strip() for item in card.items
        ):
            raise DomainError("Each item of a list is a line of text.")
        if len(card.items) < 2:  # noqa: PLR2004 - one item is no list
            raise DomainError("A list card needs two items or more.")
    elif not card.back.strip():
        raise DomainError("The back is empty: write the answer.")


@transaction.atomic
def save_question(
    *, question: Question, author: User | None, choices: Sequence[ChoiceText] | None = None
) -> bool:
    """Store a question, replacing its choices if some are given.

    A change of its words becomes a new version; attempts keep the version they were drawn
    with. Returns whether the words changed. A draft may be incomplete; what learners can be
    given is checked by `publish`.
    """
    if not question.stem.strip():
        raise DomainError("The stem is empty: write the question.")
    question.save()
    if choices is not None:
        question.choices.all().delete()
        Choice.objects.bulk_create(choice_rows(question, choices))
    content = question_content(question, choices_of(question))
    latest = question.versions.first()
    if latest is not None and latest.content == content:
        return False
    if question.status == Status.PUBLISHED:
        check_question(question, choices_of(question))
    question.version += 1
    question.save(update_fields=["version", "updated_at"])
    QuestionVersion.objects.create(
        question=question, number=question.version, content=content, author=author
    )
    return True


def choice_rows(question: Question, choices: Sequence[ChoiceText]) -> list[Choice]:
    """The rows that hold these choices in this order."""
    return [
        Choice(
            question=question,
            text=choice.text,
            is_correct=choice.is_correct,
            why=choice.why,
            position=position,
        )
        for position, choice in enumerate(choices)
    ]


def question_content(question: Question, choices: Sequence[ChoiceText]) -> dict[str, Any]:
    """What a question's version remembers, the key included."""
    return {
        "kind": str(question.kind),
        "stem": question.stem,
        "accepted": list(question.accepted),
        "explanation": question.explanation,
        "choices": [asdict(choice) for choice in choices],
    }


def choices_of(question: Question) -> list[ChoiceText]:
    """A stored question's choices, in their order."""
    return [
        ChoiceText(choice.text, choice.is_correct, choice.why) for choice in question.choices.all()
    ]


def check_question(question: Question, choices: Sequence[ChoiceText]) -> None:
    """Raise Unpublishable, with all that is missing, unless the question can be scored."""
    if question.kind in WRITTEN:
        if not any(str(answer).strip() for answer in question.accepted):
            raise Unpublishable("A typed question needs an answer that it accepts.")
        return
    if question.kind == QuestionKind.ORDER:
        check_parts([str(item) for item in question.accepted], "steps")
        return
    if question.kind == QuestionKind.MATCH:
        check_parts([choice.text for choice in choices], "terms")
        check_parts([choice.why for choice in choices], "meanings")
        return
    check_choices(question, choices)


def check_choices(question: Question, choices: Sequence[ChoiceText]) -> None:
    """Raise Unpublishable, with all that is missing, unless the choices can be chosen among."""
    keys = sum(choice.is_correct for choice in choices)
    texts = {choice.text.strip().casefold() for choice in choices}
    faults = []
    if len(texts) < len(choices):
        faults.append("two choices are the same")
    if question.kind == QuestionKind.MULTIPLE:
        if not 1 < keys < len(choices):
            faults.append("several choices must be right and at least one wrong")
    elif keys != 1:
        faults.append("exactly one choice must be right")
    fewest = 2 if question.kind == QuestionKind.TRUE_FALSE else 3
    if len(choices) < fewest:
        faults.append(f"at least {fewest} choices are needed")
    if faults:
        raise Unpublishable(f"This question cannot be published: {'; '.join(faults)}.")


def check_parts(parts: Sequence[str], name: str) -> None:
    """Raise Unpublishable unless there are three parts or more, all of them different."""
    different = {part.strip().casefold() for part in parts if part.strip()}
    if len(different) < max(FEWEST_PARTS, len(parts)):
        raise Unpublishable(
            f"This question cannot be published: at least {FEWEST_PARTS} {name} are needed, "
            "all of them different."
        )
