"""An exam's questions out to other houses, and theirs in: look first, then let it be done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from apps.bank.changes import Span, word_diff
from apps.bank.models import QuestionKind
from apps.common.errors import DomainError
from apps.common.tasks import after_commit
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.exchange.downloads import question_file
from apps.exchange.formats import BY_KEY, FORMATS, READ_SUFFIXES
from apps.exchange.models import QuestionImport, QuestionImportRow, RowFate
from apps.exchange.questions.export import export_questions
from apps.exchange.questions.runs import READING, STORING, confirm, request_question_import
from apps.exchange.tasks import import_questions
from apps.web.forms import INDENT
from apps.web.requests import SignedIn

A_PAGE = 20
LOSSES_A_PAGE = 50
MOST_LISTED = 20
STAGES = {READING: "Reading the file", STORING: "Comparing it with the questions here"}
# What a person wants to see first comes first.
FATES = (RowFate.CHANGED, RowFate.NEW, RowFate.REFUSED, RowFate.SAME)


class QuestionFileForm(forms.Form):
    """A file of questions, and where those go that name no topic."""

    file = forms.FileField(
        label="File of questions",
        help_text="GIFT, Aiken, Moodle XML or a CSV table, up to 10 MB and 5,000 questions.",
        widget=forms.FileInput(attrs={"accept": READ_SUFFIXES}),
    )
    topic = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label="Topic of questions that name none",
    )

    def __init__(self, *args: Any, tree: TopicTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree = tree
        topics = [(topic.pk, INDENT * depth + topic.title) for topic, depth in tree.walk()]
        choices = [("", "A new topic, “Imported questions”"), *topics]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_topic(self) -> Topic | None:
        return self.tree.by_id.get(self.cleaned_data.get("topic") or 0)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def questions_exchange(request: SignedIn, code: str) -> HttpResponse:
    """Choose a format and see what it cannot hold; hand a file in."""
    exam = get_object_or_404(Exam.objects.editable_by(request.user), code=code)
    tree = TopicTree(Topic.objects.filter(exam=exam, owner=None))
    form = QuestionFileForm(tree=tree)
    if request.method == "POST":
        form = QuestionFileForm(request.POST, request.FILES, tree=tree)
        run = submit(request, exam, form)
        if run is not None:
            after_commit(import_questions, str(run.pk))
            return redirect("question_import", pk=run.pk)
    context = {
        "exam": exam,
        "form": form,
        "formats": FORMATS,
        "runs": QuestionImport.objects.visible_to(request.user).filter(exam=exam)[:MOST_LISTED],
    }
    return render(request, "exchange/questions/exchange.html", context | looked_at(request, exam))


def looked_at(request: SignedIn, exam: Exam) -> dict[str, Any]:
    """The file of the chosen format, before it is fetched, with a page of what it loses."""
    if request.GET.get("form") not in BY_KEY:
        return {}
    published = "published" in request.GET
    written = export_questions(exam=exam, form=request.GET["form"], published_only=published)
    losses = Paginator(written.losses, LOSSES_A_PAGE).get_page(request.GET.get("page"))
    return {"written": written, "page": losses, "published": published}


def submit(request: SignedIn, exam: Exam, form: QuestionFileForm) -> QuestionImport | None:
    """Hand the file in; where it is refused, the form says why and None comes back."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        return request_question_import(
            user=request.user, exam=exam, name=file.name, file=file, topic=form.chosen_topic
        )
    except DomainError as error:
        form.add_error("file", error.message)
        return None


@require_safe
@login_required
def questions_file(request: SignedIn, code: str, form: str) -> HttpResponseBase:
    """The exam's questions with their keys, as a file."""
    exam = get_object_or_404(Exam.objects.editable_by(request.user), code=code)
    try:
        written = export_questions(exam=exam, form=form, published_only="published" in request.GET)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("questions_exchange", code=code)
    return question_file(request, written)


@dataclass(frozen=True)
class ShownRow:
    """A row of an import for reading: what becomes of a question, field by field."""

    row: QuestionImportRow
    fields: list[tuple[str, list[Span]]]


@require_GET
@login_required
@never_cache
def question_import(request: SignedIn, pk: UUID) -> HttpResponse:
    """How far an import is; what it would do, question by question."""
    run = own_run(request, pk)
    context: dict[str, Any] = {"run": run, "exam": run.exam, "stages": list(STAGES.items())}
    if run.state == QuestionImport.State.SUCCEEDED:
        tabs = [(fate, run.counts[fate]) for fate in FATES if run.counts.get(fate)]
        fate = request.GET.get("fate", "")
        if fate not in run.counts:
            fate = tabs[0][0]
        rows = run.rows.filter(fate=fate).defer("said")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        form = BY_KEY.get(run.form)
        context |= {
            "tabs": tabs,
            "fate": fate,
            "page": page,
            "rows": [ShownRow(row, fields_of(row)) for row in page],
            "form_label": form.label if form else run.form,
        }
    return render(request, "exchange/questions/run.html", context)


def own_run(request: SignedIn, pk: UUID) -> QuestionImport:
    runs = QuestionImport.objects.visible_to(request.user).select_related("exam")
    return get_object_or_404(runs, pk=pk)


def fields_of(row: QuestionImportRow) -> list[tuple[str, list[Span]]]:
    """Of a changed question what differs, word by word; of a new one all it says."""
    after = in_words(row.after) if row.after else {}
    if row.fate == RowFate.CHANGED:
        before = in_words(row.before)
        return [
            (name, word_diff(before[name], text))
            for name, text in after.items()
            if before[name] != text
        ]
    if row.fate == RowFate.SAME:
        return []
    return [(name, word_diff(text, text)) for name, text in after.items() if text]


def in_words(content: dict[str, Any]) -> dict[str, str]:
    """A question's content, each field as a text to read."""
    is_match = content["kind"] == QuestionKind.MATCH
    choices = [
        f"{choice['text']} → {choice['why']}" if is_match else marked(choice)
        for choice in content["choices"]
    ]
    return {
        "Topic": " › ".join(content["topic"]),
        "Kind": QuestionKind(content["kind"]).label,
        "Question": content["stem"],
        "Pairs" if is_match else "Choices": "\n".join(choices),
        "Answers": "\n".join(content["accepted"]),
        "Explanation": content["explanation"],
    }


def marked(choice: dict[str, Any]) -> str:
    why = f" ({choice['why']})" if choice["why"] else ""
    return f"{'Right' if choice['is_correct'] else 'Wrong'}: {choice['text']}{why}"


@require_POST
@login_required
def apply_question_import(request: SignedIn, pk: UUID) -> HttpResponse:
    """Carry out an import that has shown what it would do."""
    run = own_run(request, pk)
    try:
        confirm(run=run)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        after_commit(import_questions, str(run.pk))
    return redirect("question_import", pk=pk)
