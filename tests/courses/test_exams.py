"""Who comes into an exam, and as what."""

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.courses.models import Exam, Membership, Role, Topic
from apps.courses.services import create_exam, join_exam
from tests.factories import make_topic


def role_of(user: User, exam: Exam) -> str:
    return Membership.objects.get(user=user, exam=exam).role


def test_whoever_makes_an_exam_owns_it(dave: User) -> None:
    exam = create_exam(owner=dave, code="own", title="My own")
    assert role_of(dave, exam) == Role.OWNER


def test_two_exams_cannot_have_one_code(exam: Exam, dave: User) -> None:
    with pytest.raises(ValidationError, match="already exists"):
        create_exam(owner=dave, code=exam.code, title="Another")


def test_a_pass_mark_is_at_most_everything(dave: User) -> None:
    with pytest.raises(ValidationError):
        create_exam(owner=dave, code="own", title="My own", pass_mark=101)
    assert not Exam.objects.exists()


def test_anybody_joins_an_open_exam_as_a_learner(open_exam: Exam, dave: User) -> None:
    join_exam(exam=open_exam, user=dave)
    assert role_of(dave, open_exam) == Role.LEARNER


def test_joining_again_changes_nothing(exam: Exam, alice: User, bob: User) -> None:
    join_exam(exam=exam, user=alice)
    join_exam(exam=exam, user=bob)
    assert (role_of(alice, exam), role_of(bob, exam)) == (Role.OWNER, Role.EDITOR)


def test_nobody_joins_a_private_exam_uninvited(exam: Exam, dave: User) -> None:
    with pytest.raises(NotAllowed):
        join_exam(exam=exam, user=dave)
    assert not Membership.objects.filter(user=dave).exists()


def test_an_exam_is_seen_by_its_members_and_edited_by_owner_and_editors(
    exam: Exam, alice: User, bob: User, carol: User, dave: User, mallory: User
) -> None:
    people = (alice, bob, carol, dave, mallory)
    sees = [exam in Exam.objects.visible_to(person) for person in people]
    edits = [exam in Exam.objects.editable_by(person) for person in people]
    assert sees == [True, True, True, False, False]
    assert edits == [True, True, False, False, False]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ASSISTANT])
def test_reviewers_and_assistants_read_and_do_not_edit(exam: Exam, carol: User, role: Role) -> None:
    Membership.objects.filter(user=carol).update(role=role)
    assert exam in Exam.objects.visible_to(carol)
    assert exam not in Exam.objects.editable_by(carol)


def test_domains_are_the_topmost_topics_with_a_share(exam: Exam) -> None:
    cells = make_topic(exam, "Cells", weight=60)
    make_topic(exam, "Appendix")
    make_topic(exam, "Membrane", parent=cells)
    assert list(Topic.objects.filter(exam=exam).domains()) == [cells]
