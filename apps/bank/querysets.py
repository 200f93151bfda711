"""Which cards, questions and images a person sees, studies and may edit."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from apps.accounts.models import Person, User
from apps.courses.models import Exam
from apps.notes.models import Passage

if TYPE_CHECKING:
    from apps.bank.models import Dispute, Flag, Item, MediaFile, Suggestion

ItemT_co = TypeVar("ItemT_co", bound="Item", covariant=True)


class ItemQuerySet(QuerySet[ItemT_co]):
    def visible_to(self, user: Person) -> Self:
        """Published items and the person's own; in exams they edit, drafts as well."""
        if not isinstance(user, User):
            return self.none()
        course = Q(owner=None, status="published", exam__in=Exam.objects.visible_to(user))
        drafts = Q(owner=None, exam__in=Exam.objects.editable_by(user))
        return self.filter(course | drafts | Q(owner=user))

    def editable_by(self, user: Person) -> Self:
        """The person's own items and those of exams they edit."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(owner=user) | Q(owner=None, exam__in=Exam.objects.editable_by(user)))

    def studied_by(self, user: User, exam: Exam) -> Self:
        """What the person is asked in this exam: the published course and their own items."""
        return self.filter(exam=exam, status="published").filter(Q(owner=None) | Q(owner=user))

    def with_images(self) -> Self:
        """Cards that can name their images without more queries."""
        return self.prefetch_related("images__file")

    def with_sources(self) -> Self:
        """Items that can quote their passages without more queries."""
        passages = Prefetch("passages", Passage.objects.with_note())
        return self.select_related("topic").prefetch_related(passages)


class MediaFileQuerySet(QuerySet["MediaFile"]):
    def on_cards(self, cards: "ItemQuerySet[Item]") -> Self:
        """The images that one of these cards shows."""
        return self.filter(shown__card__in=cards).distinct()

    def unwanted_since(self, moment: datetime) -> Self:
        """Images that no card was given since then."""
        return self.filter(wanted_at__lt=moment)


class SuggestionQuerySet(QuerySet["Suggestion"]):
    def answerable_by(self, user: Person) -> Self:
        """Suggestions for items that the person may edit."""
        if not isinstance(user, User):
            return self.none()
        edited = Exam.objects.editable_by(user)
        return self.filter(
            Q(card__owner=user)
            | Q(question__owner=user)
            | Q(card__owner=None, card__exam__in=edited)
            | Q(question__owner=None, question__exam__in=edited)
        )


class FlagQuerySet(QuerySet["Flag"]):
    def answerable_by(self, user: Person) -> Self:
        """Flags on cards that the person may edit."""
        if not isinstance(user, User):
            return self.none()
        edited = Exam.objects.editable_by(user)
        return self.filter(Q(card__owner=user) | Q(card__owner=None, card__exam__in=edited))

    def visible_to(self, user: Person) -> Self:
        """The person's own flags, and those on cards that they may edit."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(author=user) | Q(pk__in=self.answerable_by(user)))

    def open(self) -> Self:
        """Flags that nobody has seen to."""
        return self.filter(is_settled=False)


class DisputeQuerySet(QuerySet["Dispute"]):
    def editable_by(self, user: Person) -> Self:
        """Disputes in the person's own notes, and in those of exams they edit."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(owner=user) | Q(owner=None, exam__in=Exam.objects.editable_by(user)))

    def of_note(self, note_id: int) -> Self:
        """Disputes of which one side at least stands in this note."""
        return self.filter(Q(one__version__note=note_id) | Q(other__version__note=note_id))

    def with_notes(self) -> Self:
        """Disputes that can quote both sides without more queries."""
        texts = [
            f"{side}__version__{text}" for side in ("one", "other") for text in ("text", "fates")
        ]
        return self.select_related("one__version__note", "other__version__note").defer(*texts)
