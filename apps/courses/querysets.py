"""Which exams and topics a person sees, and which they may write in."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from apps.accounts.models import Person, User

if TYPE_CHECKING:
    from apps.courses.models import Exam, Topic

EDITING_ROLES = ("owner", "editor")


class ExamQuerySet(QuerySet["Exam"]):
    def visible_to(self, user: Person) -> Self:
        """Open exams and those the person is a member of; everything for superusers."""
        if not isinstance(user, User):
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(Q(visibility="open") | Q(pk__in=user.memberships.values("exam")))

    def editable_by(self, user: Person) -> Self:
        """Exams in which the person may write and publish for everybody."""
        if not isinstance(user, User):
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(pk__in=user.memberships.filter(role__in=EDITING_ROLES).values("exam"))


class TopicQuerySet(QuerySet["Topic"]):
    def visible_to(self, user: Person) -> Self:
        """The course's topics and the person's own, in exams they see."""
        if not isinstance(user, User):
            return self.none()
        mine = self.filter(Q(owner=None) | Q(owner=user))
        if user.is_superuser:
            return mine
        return mine.filter(Q(exam__visibility="open") | Q(exam__in=user.memberships.values("exam")))

    def editable_by(self, user: Person) -> Self:
        """The course's topics in exams the person edits, and the person's own."""
        if not isinstance(user, User):
            return self.none()
        if user.is_superuser:
            return self.filter(owner=None)
        edited = user.memberships.filter(role__in=EDITING_ROLES).values("exam")
        return self.filter(Q(owner=None, exam__in=edited) | Q(owner=user))

    def domains(self) -> Self:
        """Topics that carry a share of the exam."""
        return self.filter(parent=None, weight__gt=0)

    def branch(self, topic: "Topic") -> Self:
        """A topic and everything below it."""
        return self.filter(exam=topic.exam_id, path__startswith=topic.path)
