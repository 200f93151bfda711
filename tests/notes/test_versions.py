"""Notes keep every text they were given, and items cite its lines."""

from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.notes.models import Note, NoteVersion
from apps.notes.services import cite, store_version
from tests.factories import make_version


def store(exam: Exam, text: str, owner: User | None = None) -> tuple[NoteVersion, bool]:
    return store_version(
        exam=exam, owner=owner, topic=None, name="cells.txt", kind="text", text=text
    )


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(exam: Exam) -> None:
    first, _ = store(exam, "one")
    second, is_new = store(exam, "two")
    assert is_new
    assert [v.text for v in second.note.versions.all()] == ["two", "one"]
    assert (first.number, second.number) == (1, 2)


def test_the_same_text_again_is_the_same_version(exam: Exam) -> None:
    first, _ = store(exam, "one")
    again, is_new = store(exam, "one")
    assert (again, is_new) == (first, False)


def test_going_back_to_an_older_text_is_a_version_of_its_own(exam: Exam) -> None:
    for text in ("one", "two", "one"):
        newest, is_new = store(exam, text)
    assert (newest.number, is_new) == (3, True)


def test_a_learners_note_of_the_same_name_is_another_note(exam: Exam, carol: User) -> None:
    shared, _ = store(exam, "one")
    own, is_new = store(exam, "one", owner=carol)
    assert is_new
    assert own.note != shared.note


def test_notes_are_seen_by_members_and_a_learners_own_by_them_alone(
    exam: Exam, bob: User, carol: User, mallory: User
) -> None:
    shared = make_version(exam, "one").note
    own = make_version(exam, "one", owner=carol).note
    assert set(Note.objects.visible_to(carol)) == {shared, own}
    assert set(Note.objects.editable_by(carol)) == {own}
    assert set(Note.objects.visible_to(bob)) == {shared}
    assert set(Note.objects.editable_by(bob)) == {shared}
    assert not Note.objects.visible_to(mallory).exists()


def test_a_citation_quotes_its_lines_both_ends_included(exam: Exam) -> None:
    version = make_version(exam, "one\ntwo\nthree\nfour")
    [passage] = cite(version=version, spans=[(2, 3)])
    assert passage.quote == "two\nthree"
    assert str(passage).endswith("lines 2 to 3")


def test_lines_cited_again_are_the_same_passage(exam: Exam) -> None:
    version = make_version(exam, "one\ntwo")
    first = cite(version=version, spans=[(1, 1)])
    again = cite(version=version, spans=[(2, 2), (1, 1), (2, 2)])
    assert [p.quote for p in again] == ["two", "one"]
    assert again[1] == first[0]
    assert version.passages.count() == 2


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=20))
def test_the_lines_of_a_version_are_the_lines_that_were_given(lines: list[str]) -> None:
    assert NoteVersion(text="\n".join(lines)).lines == lines
