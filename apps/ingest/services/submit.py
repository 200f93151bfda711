"""Taking a note in: it is read at once, so that a bad file is refused before it is stored."""

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.courses.models import Exam, Topic
from apps.extraction.items import Budget
from apps.ingest.budgets import NORMAL, checked
from apps.ingest.models import IngestRun
from apps.ingest.services.reading import KINDS, read_note
from apps.notes.models import Note
from apps.notes.services import store_version


def submit_note(
    *,
    exam: Exam,
    name: str,
    data: bytes,
    started_by: User | None,
    owner: User | None,
    topic: Topic | None = None,
    publish: bool = True,
    review_first: bool = False,
    budget: Budget | None = None,
) -> IngestRun:
    """Store a note and ask for it to be read; nothing is stored of one that cannot be read.

    With an `owner` the note and what comes of it are theirs alone; without, they are the
    course's, which only its editors may add to (`started_by` None is the operator). With
    `review_first` nothing that is there changes before somebody has seen the plan. Without a
    `budget`, the note keeps that of its last reading. Raises UnreadableNote, NotAllowed, and
    DomainError for a budget that makes no sense.
    """
    if owner is not None and not Exam.objects.visible_to(owner).filter(pk=exam.pk).exists():
        raise NotAllowed("Join this exam before you add notes to it.")
    edited = Exam.objects.editable_by(started_by) if started_by else Exam.objects.all()
    if owner is None and not edited.filter(pk=exam.pk).exists():
        raise NotAllowed("Only the editors of this exam may add notes for everybody.")
    if budget is not None:
        checked(budget)
    source = read_note(name=name, data=data)
    with transaction.atomic():
        version, _ = store_version(
            exam=exam,
            owner=owner,
            topic=topic,
            name=name,
            kind=KINDS[source.kind],
            text=source.text,
            pages=source.pages,
        )
        wanted = budget or last_budget(version.note)
        return IngestRun.objects.create(
            version=version,
            started_by=started_by,
            publish=publish,
            review_first=review_first,
            cards_per_topic=wanted.cards_per_topic,
            questions_per_topic=wanted.questions_per_topic,
        )


def last_budget(note: Note) -> Budget:
    """The budget of a note's last reading; the normal one for a note that was never read."""
    last = IngestRun.objects.filter(version__note=note).order_by("-pk").first()
    return last.budget if last else NORMAL
