"""One card: reading it, changing its words, and writing a new one beside a note."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.bank.models import Card
from apps.bank.services.writing import rewrite_card, write_card
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic
from apps.courses.services import find_or_create_topic
from apps.notes.models import Note, NoteVersion
from apps.study.models import Enrolment
from apps.web.card_forms import CardForm
from apps.web.ingest import is_alone
from apps.web.notes import number_or_none, version_of
from apps.web.requests import SignedIn
from apps.web.standing import standings

MOST_LINES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def card(request: SignedIn, pk: UUID) -> HttpResponse:
    """A card with its sources; whoever may edit it changes its words here."""
    visible = Card.objects.visible_to(request.user).with_sources().select_related("exam", "topic")
    found = get_object_or_404(visible, pk=pk)
    is_editable = Card.objects.editable_by(request.user).filter(pk=pk).exists()
    if request.method == "POST" and not is_editable:
        raise PermissionDenied
    form = CardForm(request.POST or None, card=found) if is_editable else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            rewrite_card(card=found, author=request.user, words=form.words)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The card is saved.")
            return redirect("card", pk=pk)
    if form is not None and form.errors:
        found.refresh_from_db()
    enrolment = Enrolment.objects.visible_to(request.user).filter(exam=found.exam_id).first()
    context = {
        "card": found,
        "exam": found.exam,
        "form": form,
        "standing": standings(enrolment, [found.pk])[found.pk] if enrolment else None,
    }
    return render(request, "cards/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_card(request: SignedIn, pk: int) -> HttpResponse:
    """Write a card beside lines `?first=` to `?last=` of a note; `?words=` are put on its back."""
    notes = Note.objects.visible_to(request.user).select_related("exam", "topic")
    note = get_object_or_404(notes, pk=pk)
    version = version_of(note, request.GET.get("version", ""))
    lines = lines_asked(request, version)
    words = request.GET.get("words", "").strip()
    quote = "\n".join(version.lines[lines[0] - 1 : lines[1]])
    form = CardForm(request.POST or None, initial={"back": words or quote.strip()})
    if request.method == "POST" and form.is_valid():
        try:
            write_card(
                author=request.user,
                owner=owner_of_cards(note, request.user),
                topic=topic_near(version, lines[0], request.user),
                words=form.words,
                version=version,
                lines=lines,
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The card is there: you are asked it from now on.")
            return redirect(f"{reverse('note', args=[pk])}?line={lines[0]}")
    context = {"note": note, "exam": note.exam, "form": form, "lines": lines, "quote": quote}
    return render(request, "cards/new_card.html", context)


def lines_asked(request: SignedIn, version: NoteVersion) -> tuple[int, int]:
    """The lines the address names, at most so many, within the note."""
    first = number_or_none(request.GET.get("first", "1"))
    last = number_or_none(request.GET.get("last", "")) or first
    if not first or not last or not first <= last <= len(version.lines):
        raise Http404
    return first, min(last, first + MOST_LINES - 1)


def owner_of_cards(note: Note, user: User) -> User | None:
    """Whose a card beside this note becomes: the writer's, or the course's that is theirs alone."""
    if note.owner_id is not None:
        return user
    is_editor = Exam.objects.editable_by(user).filter(pk=note.exam_id).exists()
    return None if is_editor and is_alone(note.exam) else user


def topic_near(version: NoteVersion, line: int, user: User) -> Topic:
    """The topic of the nearest card above the line, or the note's own."""
    cited = Card.objects.visible_to(user).filter(exam=version.note.exam_id)
    above = cited.filter(passages__version=version, passages__first_line__lte=line)
    nearest = above.order_by("-passages__first_line").select_related("topic__exam").first()
    if nearest is not None:
        return nearest.topic
    note = version.note
    if note.topic is not None:
        return note.topic
    owner = owner_of_cards(note, user)
    return find_or_create_topic(exam=note.exam, title=note.name, parent=None, owner=owner)
