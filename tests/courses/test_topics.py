"""The tree of topics: where a topic stands, and what moves along with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic
from apps.courses.services import create_topic, find_or_create_topic, move_topic
from apps.courses.trees import TopicTree
from tests.factories import make_topic


def test_a_topic_knows_its_way_from_the_domain_down(exam: Exam) -> None:
    domain = make_topic(exam, "Cells")
    below = make_topic(exam, "Membrane", parent=domain)
    assert domain.path == f"/{domain.pk}/"
    assert below.path == f"/{domain.pk}/{below.pk}/"


def test_a_new_topic_stands_after_its_siblings(exam: Exam) -> None:
    assert [make_topic(exam).position for _ in range(3)] == [0, 1, 2]


def test_a_topic_and_its_parent_belong_to_one_exam(exam: Exam, open_exam: Exam) -> None:
    elsewhere = make_topic(open_exam)
    with pytest.raises(DomainError, match="same exam"):
        create_topic(exam=exam, title="Lost", parent=elsewhere)


def test_a_branch_moves_with_all_below_it(exam: Exam) -> None:
    old, new = make_topic(exam, "Old"), make_topic(exam, "New")
    moved = make_topic(exam, "Moved", parent=old)
    leaf = make_topic(exam, "Leaf", parent=moved)
    move_topic(topic=moved, parent=new)
    moved.refresh_from_db()
    leaf.refresh_from_db()
    assert moved.parent == new
    assert moved.path == f"/{new.pk}/{moved.pk}/"
    assert leaf.path == f"{moved.path}{leaf.pk}/"
    assert leaf.parent == moved


def test_a_topic_can_become_a_domain(exam: Exam) -> None:
    below = make_topic(exam, parent=make_topic(exam))
    move_topic(topic=below, parent=None)
    below.refresh_from_db()
    assert (below.parent, below.path) == (None, f"/{below.pk}/")


@pytest.mark.parametrize("depth", [0, 1])
def test_a_topic_never_hangs_below_itself(exam: Exam, depth: int) -> None:
    topic = make_topic(exam)
    chain = [topic, make_topic(exam, parent=topic)]
    with pytest.raises(DomainError, match="below itself"):
        move_topic(topic=topic, parent=chain[depth])


def test_a_topic_stays_in_its_exam(exam: Exam, open_exam: Exam) -> None:
    with pytest.raises(DomainError, match="within its exam"):
        move_topic(topic=make_topic(exam), parent=make_topic(open_exam))


def test_moving_costs_the_same_however_much_hangs_below(
    exam: Exam, django_assert_max_num_queries: object
) -> None:
    top, new = make_topic(exam), make_topic(exam)
    for _ in range(20):
        make_topic(exam, parent=top)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        move_topic(topic=top, parent=new)


def test_a_learners_notes_use_the_courses_topic_of_the_same_title(exam: Exam, carol: User) -> None:
    shared = make_topic(exam, "Cells")
    found = find_or_create_topic(exam=exam, title="CELLS", parent=None, owner=carol)
    assert found == shared


def test_a_learners_new_topic_is_theirs_alone(exam: Exam, carol: User, dave: User) -> None:
    mine = find_or_create_topic(exam=exam, title="Mine", parent=None, owner=carol)
    again = find_or_create_topic(exam=exam, title="mine", parent=None, owner=carol)
    other = find_or_create_topic(exam=exam, title="Mine", parent=None, owner=dave)
    assert again == mine
    assert other != mine
    assert mine in Topic.objects.visible_to(carol)
    assert other not in Topic.objects.visible_to(carol)


def topics_of(parents: list[int]) -> list[Topic]:
    """Topics 1, 2, … of no database; the parent of each is an earlier one, or none (0)."""
    made: list[Topic] = []
    for number, choice in enumerate(parents, start=1):
        parent = made[choice % number - 1] if choice % number else None
        path = f"{parent.path if parent else '/'}{number}/"
        made.append(
            Topic(pk=number, title=f"T{number}", path=path, parent=parent, position=-number)
        )
    return made


@given(st.lists(st.integers(0, 100), max_size=30), st.randoms())
def test_a_tree_shows_every_topic_once_after_its_parent(parents: list[int], random: object) -> None:
    topics = topics_of(parents)
    random.shuffle(topics)  # type: ignore[attr-defined]
    walked = [topic.pk for topic, _ in TopicTree(topics).walk()]
    assert sorted(walked) == sorted(topic.pk for topic in topics)
    for topic in topics:
        if topic.parent_id:
            assert walked.index(topic.parent_id) < walked.index(topic.pk)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_a_tree_names_each_topics_domain_and_depth(parents: list[int]) -> None:
    tree = TopicTree(topics_of(parents))
    for topic, depth in tree.walk():
        lineage = tree.lineage(topic.pk)
        assert len(lineage) == depth + 1
        assert lineage[0] == tree.domain(topic.pk)
        assert tree.titles(topic.pk)[-1] == topic.title
        assert tree.domain(topic.pk).parent is None
