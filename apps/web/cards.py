"""Looking through the cards of an exam, and doing something with many of them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.bank.models import Card, Flag, Status
from apps.bank.prompts import prompts_of
from apps.bank.querysets import ItemQuerySet
from apps.bank.services.bulk import retire_cards
from apps.courses.models import Exam, Topic
from apps.study.models import Enrolment, Memory
from apps.study.services.days import forget_today, today_of
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.suspension import resume, suspend
from apps.web.card_forms import SearchForm
from apps.web.requests import SignedIn
from apps.web.standing import Standing, narrowed, standings

A_PAGE = 50
# A spreadsheet takes a text that begins so for a formula and carries it out.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """A card of the list; `standing` is what the learner knows of it, if they study the exam.

    It is flagged while a report on it that the person may see is open.
    """

    card: Card
    standing: Standing | None
    is_flagged: bool


@dataclass(frozen=True)
class Search:
    """The cards somebody looks for, and the form that says which."""

    form: SearchForm
    enrolment: Enrolment | None
    cards: "ItemQuerySet[Card]"


@require_GET
@login_required
def cards(request: SignedIn, code: str) -> HttpResponse:
    """The cards of an exam, narrowed by what the address asks for."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    search = search_for(exam, request, request.GET)
    page = Paginator(search.cards.select_related("topic"), A_PAGE).get_page(request.GET.get("page"))
    shown = [card.pk for card in page.object_list]
    known = standings(search.enrolment, shown)
    flags = Flag.objects.visible_to(request.user).open()
    flagged = set(flags.filter(card__in=shown).values_list("card", flat=True))
    chosen = request.GET.copy()
    chosen.pop("page", None)
    context = {
        "exam": exam,
        "form": search.form,
        "enrolment": search.enrolment,
        "page": page,
        "rows": [
            Row(card, known[card.pk] if search.enrolment else None, card.pk in flagged)
            for card in page.object_list
        ],
        "may_retire": Card.objects.editable_by(request.user).filter(exam=exam).exists(),
        "asked": chosen.urlencode(),
        "query": f"{chosen.urlencode()}&" if chosen else "",
        "is_narrowed": any(chosen.values()),
        "is_filtered": any(value for name, value in chosen.items() if name != "q"),
    }
    return render(request, "cards/cards.html", context)


def search_for(exam: Exam, request: SignedIn, asked: QueryDict) -> Search:
    """The cards of an exam that the person may see and that `asked` describes."""
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    enrolment = mine.filter(exam=exam).first()
    form = SearchForm(
        asked,
        topics=Topic.objects.visible_to(request.user).filter(exam=exam),
        is_enrolled=enrolment is not None,
        has_others=Card.objects.editable_by(request.user).filter(exam=exam).exists(),
    )
    form.is_valid()  # a choice that makes no sense narrows nothing
    status = form.found("status") or Status.PUBLISHED
    found = Card.objects.visible_to(request.user).filter(exam=exam, status=status)
    for word in (form.found("q") or "").split():
        found = found.filter(
            Q(front__icontains=word) | Q(back__icontains=word) | Q(items__icontains=word)
        )
    if topic := form.tree.by_id.get(form.found("topic") or 0):
        found = found.filter(topic__in=Topic.objects.branch(topic))
    if kind := form.found("kind"):
        found = found.filter(kind=kind)
    if enrolment and (state := form.found("state")):
        day = today_of(request.user, timezone.now())
        found = narrowed(found, state, enrolment, day)
    if form.found("flagged"):
        flags = Flag.objects.visible_to(request.user).open()
        found = found.filter(pk__in=flags.values("card"))
    return Search(form, enrolment, found)


@require_POST
@login_required
def act_on_cards(request: SignedIn, code: str) -> HttpResponse:
    """Do one thing with the cards that were ticked, or with all that were found."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    asked = request.POST.get("asked", "")
    search = search_for(exam, request, QueryDict(asked))
    chosen = search.cards
    if "everything" not in request.POST:
        chosen = chosen.filter(pk__in=ids_of(request.POST.getlist("card")))
    back = redirect(f"{reverse('cards', args=[code])}{'?' if asked else ''}{asked}")
    act = ACTS.get(request.POST.get("act", ""))
    if act is None or not chosen.exists():
        messages.error(request, "Tick the cards first, then choose what to do with them.")
        return back
    return act(request, search, chosen) or back


def ids_of(texts: Iterable[str]) -> list[UUID]:
    """The card ids among these texts."""
    ids = []
    for text in texts:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def hold(request: SignedIn, search: Search, chosen: "ItemQuerySet[Card]") -> None:
    change = change_asking(request, search, chosen, suspends=True)
    if change is not None:
        messages.success(request, f"{counted(change)} suspended: not asked until you resume.")


def take_up(request: SignedIn, search: Search, chosen: "ItemQuerySet[Card]") -> None:
    change = change_asking(request, search, chosen, suspends=False)
    if change is not None:
        messages.success(request, f"{counted(change)} resumed, from where your memory stands.")


def change_asking(
    request: SignedIn, search: Search, chosen: "ItemQuerySet[Card]", *, suspends: bool
) -> int | None:
    """Suspend or resume all prompts of the cards; returns how many cards that changed."""
    enrolment = search.enrolment
    if enrolment is None:
        messages.error(request, "Choose “Study this exam” first: only then are you asked.")
        return None
    add_new_prompts(enrolment=enrolment)
    prompts = Memory.objects.filter(
        enrolment=enrolment, card__in=chosen.order_by().values("pk"), is_suspended=not suspends
    )
    keys = list(prompts.values_list("card_id", "ordinal"))
    (suspend if suspends else resume)(enrolment=enrolment, prompts=keys)
    forget_today(user=request.user, now=timezone.now())
    return len({card for card, _ in keys})


def counted(number: int) -> str:
    return f"{number} card{'' if number == 1 else 's'}"


def put_away(request: SignedIn, search: Search, chosen: "ItemQuerySet[Card]") -> None:
    """Retire those of the cards that the person may edit."""
    mine = Card.objects.editable_by(request.user).filter(pk__in=chosen.order_by().values("pk"))
    asked, retired = chosen.count(), retire_cards(cards=mine, now=timezone.now())
    if retired:
        messages.success(request, f"{counted(retired)} retired: nobody is asked them any more.")
    if retired < asked:
        text = f"{counted(asked - retired)} of the course stay: only its editors retire them."
        messages.warning(request, text)


def take_along(request: SignedIn, search: Search, chosen: "ItemQuerySet[Card]") -> HttpResponse:
    """The chosen cards as a table."""
    found = list(chosen.select_related("topic"))
    known = standings(search.enrolment, [card.pk for card in found])
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = get_object_or_404(Exam, pk=found[0].exam_id).code
    response["Content-Disposition"] = f'attachment; filename="{name}-cards.csv"'
    table = csv.writer(response)
    table.writerow(["Question", "Answer", "Topic", "Kind", "State"])
    table.writerows(cells(card, known) for card in found)
    return response


def cells(card: Card, known: Mapping[UUID, Standing]) -> list[str]:
    prompt = prompts_of(card)[0]
    texts = [prompt.question, prompt.answer, card.topic.title]
    safe = [f"'{text}" if text.startswith(FORMULA) else text for text in texts]
    return [*safe, card.get_kind_display(), known[card.pk].label]


ACTS: Mapping[str, Any] = {
    "suspend": hold,
    "resume": take_up,
    "retire": put_away,
    "export": take_along,
}
