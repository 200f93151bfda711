"""What is examined: exams, their tree of topics, and who may do what with them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower

from apps.common.models import Stamped
from apps.courses.querysets import ExamQuerySet, TopicQuerySet


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    EDITOR = "editor", "Editor"
    REVIEWER = "reviewer", "Reviewer"
    ASSISTANT = "assistant", "Assistant"
    LEARNER = "learner", "Learner"


class Visibility(models.TextChoices):
    OPEN = "open", "Anybody signed in may join"
    PRIVATE = "private", "Members only"


class Exam(Stamped):
    """An exam somebody prepares for, with the rules of the real one."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=60, validators=[MinValueValidator(1)])
    question_count = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=70, validators=[MaxValueValidator(100)], help_text="Per cent"
    )
    licence = models.CharField(max_length=60, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)

    objects = ExamQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class Topic(Stamped):
    """A place in an exam's tree of topics; a topic without a parent is a domain.

    `path` is the primary keys from the domain down, each in slashes ("/7/31/"), so that a
    whole branch is one prefix. `owner` is set for a learner's own topics, which only they see.
    """

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="topics")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="topics"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, editable=False, db_index=True)
    title = models.CharField(max_length=300)
    weight = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="A domain's share of the exam, in per cent",
    )
    position = models.PositiveIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                "exam",
                Coalesce("parent", 0),
                Coalesce("owner", 0),
                name="topic_title_once_below_a_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Membership(Stamped):
    """What one person may do with one exam."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.LEARNER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exam", "user"], name="one_role_per_exam"),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.get_role_display().lower()} of {self.exam}"
