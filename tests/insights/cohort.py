"""Many learners who sit the same questions, with answers laid out by a test."""

from collections.abc import Callable, Sequence

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam, Membership, Role
from apps.quizzes.models import AttemptItem
from tests.factories import make_user
from tests.insights.sitting import Choose, right, sit, wrong

Plan = Callable[[int, AttemptItem], Choose]


def cohort(exam: Exam, count: int, prefix: str = "learner") -> list[User]:
    """So many learners of an exam."""
    people = [make_user(f"{prefix}{number}") for number in range(count)]
    Membership.objects.bulk_create(
        Membership(exam=exam, user=person, role=Role.LEARNER) for person in people
    )
    return people


def all_sit(exam: Exam, people: Sequence[User], plan: Plan, **how: float) -> None:
    """Each sits one quiz; `plan` says how learner number n answers an item."""
    for number, person in enumerate(people):
        sit(person, exam, lambda item, n=number: plan(n, item)(item), **how)  # type: ignore[misc, arg-type]


def by_skill(hard: Question) -> Plan:
    """Learner n gets `hard` right from 20 on, and of the others as many as n is high."""

    def choose(number: int, item: AttemptItem) -> Choose:
        if item.question_id == hard.pk:
            return right if number >= 20 else wrong
        return right if (item.index * 7) % 60 < number else wrong

    return choose
