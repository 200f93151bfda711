"""How notes and passages are stored."""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.notes.models import Note, NoteVersion, Passage


@transaction.atomic
def store_version(
    *,
    exam: Exam,
    owner: User | None,
    topic: Topic | None,
    name: str,
    kind: str,
    text: str,
    pages: Sequence[int] = (),
) -> tuple[NoteVersion, bool]:
    """Keep a text as the newest version of the note of this name.

    `pages` are the lines its pages begin on, if it has any. Returns the version and whether it is
    new: the same text again is the same version.
    """
    note, _ = Note.objects.select_for_update().get_or_create(
        exam=exam, owner=owner, name=name[:200], defaults={"topic": topic}
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    latest = note.versions.order_by("-number").first()
    if latest is not None and latest.sha256 == sha256:
        return latest, False
    number = latest.number + 1 if latest else 1
    version = NoteVersion.objects.create(
        note=note, number=number, kind=kind, text=text, sha256=sha256, pages=list(pages)
    )
    return version, True


def cite(*, version: NoteVersion, spans: list[tuple[int, int]]) -> list[Passage]:
    """The passages for these line ranges (from 1, both ends included), made where missing."""
    lines = version.lines
    known = {(p.first_line, p.last_line): p for p in version.passages.all()}
    missing = [
        Passage(
            version=version,
            first_line=first,
            last_line=last,
            quote="\n".join(lines[first - 1 : last]),
        )
        for first, last in dict.fromkeys(spans)
        if (first, last) not in known
    ]
    Passage.objects.bulk_create(missing)
    known |= {(p.first_line, p.last_line): p for p in missing}
    return [known[span] for span in dict.fromkeys(spans)]
