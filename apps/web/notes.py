"""Reading a note in its own order, with the cards that each line gave."""

from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.models import User
from apps.bank.models import Card, Status
from apps.ingest.models import IngestRun
from apps.notes.models import Note, NoteVersion, Passage
from apps.study.models import Enrolment
from apps.web.fates import reason_in_words
from apps.web.requests import SignedIn
from apps.web.standing import Standing, standings

LINES_A_PAGE = 500


# The state of a line that several cards cite: the one that needs most work.
BY_WORK = (Standing.LEARNING, Standing.NEW, Standing.KNOWN, Standing.SUSPENDED)


@dataclass(frozen=True)
class Cited:
    """A card that cites a line; `standing` is the learner's, if they study the exam."""

    card: Card
    standing: Standing | None


@dataclass
class Line:
    """A line of a note; `cards` are those whose cited passage ends here."""

    number: int
    text: str
    reason: str = ""
    page: int | None = None
    """The page of the file that begins here."""
    is_cited: bool = False
    has_draft: bool = False
    standings: set[Standing] = field(default_factory=set)
    cards: list[Cited] = field(default_factory=list)

    @property
    def standing(self) -> Standing | None:
        """The state of the line: that of the card that needs most work."""
        return next((state for state in BY_WORK if state in self.standings), None)


@dataclass(frozen=True)
class Page:
    """Some lines of a version, and where the others are."""

    number: int
    count: int
    lines: list[Line]

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


@require_GET
@login_required
def note(request: SignedIn, pk: int) -> HttpResponse:
    """A note's newest version, or that of `?version=`; `?line=` leads to the line's page."""
    found = get_object_or_404(Note.objects.visible_to(request.user).select_related("exam"), pk=pk)
    version = version_of(found, request.GET.get("version", ""))
    line = number_or_none(request.GET.get("line", ""))
    if line is not None:
        return redirect(place_of_line(version, line, is_newest="version" not in request.GET))
    context = {
        "note": found,
        "exam": found.exam,
        "version": version,
        "is_old": found.versions.filter(number__gt=version.number).exists(),
        "page": page_of(version, number_or_none(request.GET.get("page", "1")) or 0, request.user),
        "standings": [(state, state.label) for state in BY_WORK],
        "run": IngestRun.objects.visible_to(request.user).filter(version=version).first(),
    }
    return render(request, "notes/note.html", context)


def number_or_none(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 - a sane int


def version_of(note: Note, wanted: str) -> NoteVersion:
    versions = note.versions.order_by("-number")
    if wanted:
        versions = versions.filter(number=number_or_none(wanted) or 0)
    version = versions.first()
    if version is None:
        raise Http404
    return version


def place_of_line(version: NoteVersion, line: int, *, is_newest: bool) -> str:
    """The address of a line: the page it stands on, and its anchor."""
    page = max(line - 1, 0) // LINES_A_PAGE + 1
    query = [] if page == 1 else [f"page={page}"]
    query += [] if is_newest else [f"version={version.number}"]
    address = reverse("note", args=[version.note_id])
    return f"{address}{'?' if query else ''}{'&'.join(query)}#L{line}"


def page_of(version: NoteVersion, number: int, user: User) -> Page:
    """One page of a version, its lines marked with their fates and cards."""
    texts = version.lines
    count = max(-(-len(texts) // LINES_A_PAGE), 1)
    if not 1 <= number <= count:
        raise Http404
    start = (number - 1) * LINES_A_PAGE
    shown = texts[start : start + LINES_A_PAGE]
    lines = {place: Line(place, text) for place, text in enumerate(shown, start + 1)}
    for fate in version.fates:
        if fate["line"] in lines:
            lines[fate["line"]].reason = reason_in_words(fate)
    for page, first in enumerate(version.pages, start=1):
        if first in lines:
            lines[first].page = page
    mark_cited(lines, version, user)
    return Page(number, count, list(lines.values()))


def mark_cited(lines: dict[int, Line], version: NoteVersion, user: User) -> None:
    """Hang each card below the last line it cites on this page, and mark its other lines."""
    if not lines:
        return
    here = Passage.objects.filter(
        version=version, first_line__lte=max(lines), last_line__gte=min(lines)
    )
    links = Card.passages.through.objects.filter(passage__in=here)
    visible = Card.objects.visible_to(user).filter(exam=version.note.exam_id)
    cards = visible.filter(status=Status.PUBLISHED, pk__in=links.values("card")).in_bulk()
    drafts = Card.objects.editable_by(user).filter(status=Status.DRAFT, pk__in=links.values("card"))
    waiting = set(drafts.order_by().values_list("pk", flat=True))
    enrolment = Enrolment.objects.visible_to(user).filter(exam=version.note.exam_id).first()
    known = standings(enrolment, cards) if enrolment else {}
    spans = links.values_list("card", "passage__first_line", "passage__last_line")
    for card_id, first, last in spans.order_by("passage__first_line", "card__position"):
        cited = [lines[place] for place in range(first, last + 1) if place in lines]
        for line in cited:
            line.is_cited |= card_id in cards
            line.has_draft |= card_id in waiting
            if card_id in known:
                line.standings.add(known[card_id])
        if card_id in cards:
            cited[-1].cards.append(Cited(cards[card_id], known.get(card_id)))
