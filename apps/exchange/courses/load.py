"""Putting a course folder into the bank, or bringing what is there up to date with it."""

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.bank.models import Question, Status
from apps.bank.services.items import ChoiceText, save_question
from apps.common.errors import DomainError
from apps.common.models import JobState
from apps.courses.models import Exam, Topic, Visibility
from apps.courses.services import create_topic, find_or_create_topic
from apps.exchange.courses.format import (
    BadCourse,
    CourseFolder,
    DomainEntry,
    QuestionEntry,
    cited_lines,
)
from apps.exchange.models import CourseLoad
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from apps.ingest.services.submit import submit_note
from apps.notes.models import NoteVersion
from apps.notes.services import cite

HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def load_course(course: CourseFolder, *, now: datetime) -> Exam:
    """Store a course for everybody; loading the same folder again does nothing.

    Notes are read as any note is, so their cards keep their identity when a note is edited.
    Raises BadCourse.
    """
    exam = store_exam(course)
    known = CourseLoad.objects.filter(exam=exam).first()
    if known is not None and known.sha256 == course.sha256:
        return exam
    for domain in course.entry.domains:
        topic = store_domain(exam, domain)
        versions = {name: read_note(exam, topic, name, course) for name in domain.notes}
        store_questions(exam, topic, course.questions[domain.slug], versions)
    CourseLoad.objects.update_or_create(
        exam=exam, defaults={"sha256": course.sha256, "loaded_at": now}
    )
    return exam


def store_exam(course: CourseFolder) -> Exam:
    entry = course.entry
    exam, _ = Exam.objects.update_or_create(
        code=entry.code,
        defaults={
            "title": entry.title,
            "description": entry.description,
            "minutes": entry.minutes,
            "question_count": entry.question_count,
            "pass_mark": entry.pass_mark,
            "licence": entry.licence,
            "visibility": Visibility.OPEN,
        },
    )
    return exam


def store_domain(exam: Exam, domain: DomainEntry) -> Topic:
    topic = Topic.objects.filter(
        exam=exam, parent=None, owner=None, title__iexact=domain.title
    ).first()
    if topic is None:
        return create_topic(exam=exam, title=domain.title, weight=domain.weight)
    topic.weight = domain.weight
    topic.save(update_fields=["weight", "updated_at"])
    return topic


def read_note(exam: Exam, topic: Topic, name: str, course: CourseFolder) -> NoteVersion:
    run = submit_note(
        exam=exam, name=name, data=course.notes[name], started_by=None, owner=None, topic=topic
    )
    run_ingest(run_id=run.pk, clock=timezone.now)
    run = IngestRun.objects.select_related("version").get(pk=run.pk)
    if run.state != JobState.SUCCEEDED:
        raise BadCourse(f"The note {name} could not be read: {run.error}")
    return run.version


@transaction.atomic
def store_questions(
    exam: Exam,
    domain: Topic,
    entries: tuple[QuestionEntry, ...],
    versions: dict[str, NoteVersion],
) -> None:
    """Bring the domain's hand-written questions up to date; those that are gone are retired."""
    held = {
        question.key: question
        for question in Question.objects.filter(
            exam=exam, owner=None, note=None, topic__path__startswith=domain.path
        ).exclude(key="")
    }
    for position, entry in enumerate(entries):
        question = held.pop(entry.key, None) or Question(exam=exam, key=entry.key)
        question.topic = topic_of(exam, domain, entry, versions[entry.note].text)
        question.kind = entry.kind
        question.stem = entry.stem
        question.accepted = list(entry.accepted)
        question.explanation = entry.explanation
        question.status = Status.PUBLISHED
        question.position = position
        choices = [ChoiceText(c.text, c.correct, c.why) for c in entry.choices]
        try:
            save_question(question=question, author=None, choices=choices)
        except DomainError as error:
            raise BadCourse(f"Question {entry.key}: {error.message}") from error
        version = versions[entry.note]
        (line,) = cited_lines(version.text, entry.cite)
        question.passages.set(cite(version=version, spans=[(line, line)]))
    for gone in held.values():
        gone.status = Status.RETIRED
        gone.save(update_fields=["status", "updated_at"])


def topic_of(exam: Exam, domain: Topic, entry: QuestionEntry, text: str) -> Topic:
    """The topic a question names: a heading of its note, below the domain.

    A heading that gave no card is no topic yet and is made one now.
    """
    if entry.topic not in HEADING.findall(text):
        raise BadCourse(
            f"Question {entry.key} names the topic “{entry.topic}”, which is no heading of "
            f"{entry.note}."
        )
    known = Topic.objects.branch(domain).filter(owner=None, title__iexact=entry.topic).first()
    return known or find_or_create_topic(exam=exam, title=entry.topic, parent=domain, owner=None)
