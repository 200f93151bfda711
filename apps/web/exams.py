"""Exams: which ones there are, joining one, making one, and the page of each."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.models import User
from apps.bank.models import Card, Dispute, Flag, Status, Suggestion, SuggestionState
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic, Visibility
from apps.courses.services import create_exam
from apps.courses.trees import TopicTree
from apps.insights.readiness import readiness_of
from apps.notes.models import Note
from apps.quizzes.models import Report
from apps.study.models import AfterExam, Enrolment
from apps.study.services.enrolments import change_goal, enrol
from apps.web.forms import ExamForm, GoalForm
from apps.web.requests import SignedIn
from apps.web.triage import Drafts

LONGEST_CODE = 50
# The forms post to an anchor, so that an error is in sight; a success begins at the top again.
TOP = "#top"
AFTER_EXAM = {
    AfterExam.UNDECIDED: "Your cards come back as before.",
    AfterExam.KEEP: "Your cards come back just before you would forget them.",
    AfterExam.STOP: "Nothing of this exam is planned any more. Your cards and answers stay.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exams(request: SignedIn) -> HttpResponse:
    """The person's exams, those they may join, and a form for one of their own."""
    form = ExamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        exam = make_own_exam(request.user, form)
        messages.success(request, "Your exam is there. Now give it your notes.")
        return redirect(reverse("upload", args=[exam.code]) + TOP)
    mine = Exam.objects.filter(memberships__user=request.user).distinct()
    others = Exam.objects.filter(visibility=Visibility.OPEN).exclude(pk__in=mine.values("pk"))
    studied = set(Enrolment.objects.visible_to(request.user).values_list("exam", flat=True))
    context = {"mine": mine, "others": others, "studied": studied, "form": form}
    return render(request, "exams/exams.html", context)


@transaction.atomic
def make_own_exam(user: User, form: ExamForm) -> Exam:
    """Create an exam, its maker being owner and first learner."""
    code = free_code(form.cleaned_data["title"])
    exam = create_exam(owner=user, code=code, **form.cleaned_data)
    enrol(user=user, exam=exam, now=timezone.now())
    return exam


def free_code(title: str) -> str:
    """An address for an exam of this title that no other exam has."""
    stem = slugify(title)[:LONGEST_CODE].strip("-") or "exam"
    taken = set(Exam.objects.filter(code__startswith=stem).values_list("code", flat=True))
    candidates = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


@require_POST
@login_required
def join_exam(request: SignedIn, code: str) -> HttpResponse:
    """Begin to study for an exam."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    try:
        enrol(user=request.user, exam=exam, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("exams")
    messages.success(request, "You study this exam now. When is it, and how long a day?")
    return redirect("exam", code=code)


@dataclass(frozen=True)
class Branch:
    """A topic on the page of its exam, with the cards in it and below it."""

    topic: Topic
    depth: int
    card_count: int


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exam(request: SignedIn, code: str) -> HttpResponse:
    """One exam: the goal, its topics and notes, and what can be done with them."""
    edited = Exam.objects.editable_by(request.user).filter(pk=OuterRef("pk"))
    visible = Exam.objects.visible_to(request.user).annotate(is_edited=Exists(edited))
    found = get_object_or_404(visible, code=code)
    mine = Enrolment.objects.visible_to(request.user).select_related("user__availability", "exam")
    enrolment = mine.filter(exam=found).first()
    form = GoalForm(request.POST or None, instance=enrolment) if enrolment else None
    if enrolment and form and request.method == "POST" and form.is_valid():
        return set_goal(request, enrolment, form)
    context = {
        "exam": found,
        "enrolment": enrolment,
        "form": form,
        "readiness": readiness_of(enrolment, now=timezone.now()) if enrolment else None,
        "domains": domains_of(found, request.user),
        "notes": notes_of(found, request.user),
        "disputes": open_disputes(found, request.user),
        "drafts": len(Drafts(found, request.user, note=None)),
        "suggestions": open_suggestions(found, request.user),
        "flags": Flag.objects.answerable_by(request.user)
        .filter(card__exam=found, is_settled=False)
        .values("card")
        .distinct()
        .count(),
        "reports": Report.objects.answerable_by(request.user)
        .filter(question__exam=found, is_settled=False)
        .values("question")
        .distinct()
        .count(),
    }
    return render(request, "exams/exam.html", context)


def open_disputes(exam: Exam, user: User) -> int:
    """How many contradictions between notes wait for this person."""
    return Dispute.objects.editable_by(user).filter(exam=exam, is_settled=False).count()


def open_suggestions(exam: Exam, user: User) -> int:
    """How many suggested wordings wait for this person."""
    mine = Suggestion.objects.answerable_by(user).filter(state=SuggestionState.OPEN)
    return (mine.filter(card__exam=exam) | mine.filter(question__exam=exam)).count()


def set_goal(request: HttpRequest, enrolment: Enrolment, form: GoalForm) -> HttpResponse:
    change_goal(enrolment=enrolment, now=timezone.now(), **form.cleaned_data)
    messages.success(request, "Your goal is saved, and today is planned anew.")
    return redirect(reverse("exam", args=[enrolment.exam.code]) + TOP)


@require_POST
@login_required
def after_exam(request: SignedIn, code: str) -> HttpResponse:
    """The exam is over: keep what was learnt, or stop."""
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    enrolment = get_object_or_404(mine, exam__code=code)
    choice = request.POST.get("after_exam", "")
    if choice not in AfterExam.values:
        messages.error(request, "Choose whether to keep what you learnt, or to stop.")
        return redirect("today")
    change_goal(
        enrolment=enrolment,
        now=timezone.now(),
        exam_date=enrolment.exam_date,
        after_exam=choice,
    )
    messages.success(request, AFTER_EXAM[AfterExam(choice)])
    return redirect("today")


@dataclass(frozen=True)
class Domain:
    """A topmost topic with what hangs below it."""

    top: Branch
    below: list[Branch]


def domains_of(exam: Exam, user: User) -> list[Domain]:
    """The exam's topics that hold cards for this person or carry a share, with their counts."""
    tree = TopicTree(Topic.objects.visible_to(user).filter(exam=exam))
    cards = Card.objects.studied_by(user, exam).order_by().values_list("topic")
    counts: Counter[int] = Counter()
    for topic_id, count in cards.annotate(count=Count("pk")):
        if topic_id in tree.by_id:
            counts.update({topic.pk: count for topic in tree.lineage(topic_id)})
    domains: list[Domain] = []
    for topic, depth in tree.walk():
        branch = Branch(topic, depth, counts[topic.pk])
        if depth == 0 and (branch.card_count or topic.weight):
            domains.append(Domain(branch, []))
        elif branch.card_count:
            domains[-1].below.append(branch)
    return domains


def notes_of(exam: Exam, user: User) -> list[Note]:
    """The notes the person may read, with how many cards each gives them."""
    published = Q(cards__status=Status.PUBLISHED)
    notes = Note.objects.visible_to(user).filter(exam=exam)
    return list(notes.annotate(card_count=Count("cards", filter=published)))
