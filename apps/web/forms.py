"""What people type into pages, checked and worded for them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from apps.accounts.keys import Action, all_keys, faults_of, name_of
from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.extraction.items import Budget
from apps.extraction.readers import MAX_BYTES
from apps.ingest.budgets import BUDGETS, Amount
from apps.study.models import Enrolment

if TYPE_CHECKING:
    EnrolmentForm = forms.ModelForm[Enrolment]
    ExamModelForm = forms.ModelForm[Exam]
    UserForm = forms.ModelForm[User]
    Upload = UploadedFile[Any]
else:
    # Django's forms are generic to the type checker only.
    EnrolmentForm = ExamModelForm = UserForm = forms.ModelForm
    Upload = UploadedFile

LONGEST_NAME = 200
LONGEST_NAME_OF_PASTE = 60
MEGABYTE = 1024 * 1024
ACCEPTED = ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.pdf,.docx,text/*,application/pdf"
# A wide space: browsers drop plain ones at the start of a choice.
INDENT = "\u2003"
KEY_ATTRIBUTES = {
    "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "maxlength": 5,
}  # fmt: skip


class GoalForm(EnrolmentForm):
    """When the exam is, and how much time a day there is for all one's exams."""

    minutes_per_day = forms.IntegerField(min_value=1, max_value=600, label="Minutes a day")

    class Meta:
        model = Enrolment
        fields = ("exam_date",)
        labels = {"exam_date": "Date of the exam"}
        widgets = {"exam_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"exam_date": "Leave it empty while you do not know."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["minutes_per_day"] = self.instance.minutes_per_day

    def clean_exam_date(self) -> Any:
        chosen = self.cleaned_data["exam_date"]
        if chosen and "exam_date" in self.changed_data and chosen < timezone.localdate():
            raise ValidationError("This day is over: choose one that is still to come.")
        return chosen


class ExamForm(ExamModelForm):
    """An exam of one's own, with the rules of the real one."""

    class Meta:
        model = Exam
        fields = ("title", "minutes", "question_count", "pass_mark")
        labels = {
            "title": "What is the exam called?",
            "minutes": "Minutes it takes",
            "question_count": "Questions in it",
            "pass_mark": "Pass mark, per cent",
        }
        help_texts = {"pass_mark": ""}


class Audience(StrEnum):
    """Whose a note and its cards become."""

    ME = "me"
    EVERYBODY = "everybody"


AS_BEFORE = ""
"""As many cards as the note's last reading made."""


def amounts() -> list[tuple[str, str]]:
    """How much of a note can be asked for, in words with the numbers behind them."""
    few, some = BUDGETS[Amount.IMPORTANT], BUDGETS[Amount.NORMAL]
    return [
        (
            Amount.IMPORTANT,
            f"Only the most important: up to {few.cards_per_topic} cards and "
            f"{few.questions_per_topic} questions a topic",
        ),
        (
            Amount.NORMAL,
            f"Normal: up to {some.cards_per_topic} cards and "
            f"{some.questions_per_topic} questions a topic",
        ),
        (Amount.EVERYTHING, "Everything that can be asked"),
    ]


class NoteForm(forms.Form):
    """A note to be read: pasted, or as a file."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Paste your notes",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    name = forms.CharField(
        required=False,
        max_length=LONGEST_NAME,
        label="Name of the note",
        help_text="Empty: the file's name, or the first line. A note of the same name is brought "
        "up to date, and its cards keep their history.",
    )
    file = forms.FileField(
        required=False,
        label="Or choose a file",
        help_text="Text, Markdown, a web page, a PDF with text in it or a Word document, up to "
        "10 MB. You can drop it here.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    amount = forms.ChoiceField(
        required=False,
        choices=amounts,
        label="How much do you want to be asked?",
        help_text="The best of each topic come first. You can have the rest made later, and no "
        "card you have goes away.",
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        choices=[
            (Audience.EVERYBODY, "For everybody who studies this exam, after your look at them"),
            (Audience.ME, "Only for me"),
        ],
        initial=Audience.EVERYBODY,
        label="Whose cards will these be?",
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        topics: Iterable[Topic],
        asks_audience: bool,
        has_notes: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if has_notes:
            again = (AS_BEFORE, "As before, where this note is here already; otherwise normal")
            self.fields["amount"].choices = [again, *amounts()]  # type: ignore[attr-defined]
        self.initial.setdefault("amount", AS_BEFORE if has_notes else Amount.NORMAL)
        self.tree = TopicTree(topics)
        if self.tree.by_id:
            self.fields["topic"] = topic_field(self.tree)
        if not asks_audience:
            del self.fields["audience"]

    def clean_file(self) -> Upload | None:
        file: Upload | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            size = (file.size or 0) / MEGABYTE
            raise ValidationError(
                f"This file has {size:.0f} MB. Up to 10 MB are read: split it into smaller notes."
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if "file" in self.errors:
            return cleaned
        if file is not None and text.strip():
            self.add_error("file", "Give either a text or a file: here are both.")
        elif file is None and not text.strip():
            self.add_error("text", "Paste a text here, or choose a file below.")
        return cleaned

    @property
    def note_name(self) -> str:
        """The name given, or the file's, or the first line of the text."""
        if self.cleaned_data["name"]:
            return str(self.cleaned_data["name"])
        if self.cleaned_data["file"] is not None:
            return str(self.cleaned_data["file"].name)[:LONGEST_NAME]
        first = self.cleaned_data["text"].strip().splitlines()[0]
        return str(first.strip(" #*-=\t"))[:LONGEST_NAME_OF_PASTE] or "Pasted note"

    @property
    def note_bytes(self) -> bytes:
        file: Upload | None = self.cleaned_data["file"]
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode()

    @property
    def source_field(self) -> str:
        """The field the note came in by: where an error about its content belongs."""
        return "file" if self.cleaned_data["file"] is not None else "text"

    @property
    def chosen_topic(self) -> Topic | None:
        return self.tree.by_id.get(self.cleaned_data.get("topic") or 0)

    @property
    def budget(self) -> Budget | None:
        """The budget of the chosen amount; None for that of the note's last reading."""
        amount = self.cleaned_data["amount"]
        return BUDGETS[Amount(amount)] if amount else None

    @property
    def is_for_everybody(self) -> bool:
        return self.cleaned_data.get("audience") == Audience.EVERYBODY


def topic_field(tree: TopicTree) -> forms.TypedChoiceField:
    """A choice of the tree's topics, each indented below its parent."""
    topics = [(topic.pk, INDENT * depth + topic.title) for topic, depth in tree.walk()]
    return forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "No topic: it stands for itself"), *topics],
        label="File it under",
        help_text="The topics of the note hang below this one.",
    )


class KeysForm(forms.Form):
    """A key for each action of the study page; `keys` are all of them once they are valid."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for action, key in all_keys(chosen).items():
            self.fields[action] = forms.CharField(
                required=False,
                label=Action(action).label,
                initial=name_of(key),
                widget=forms.TextInput(attrs=KEY_ATTRIBUTES),
            )

    def clean(self) -> None:
        self.keys = all_keys({name: key.lower() for name, key in self.cleaned_data.items()})
        for action, fault in faults_of(self.keys).items():
            self.add_error(action, fault)


class SettingsForm(UserForm):
    """How somebody likes to study."""

    day_start_hour = forms.TypedChoiceField(
        coerce=int,
        choices=[(hour, f"{hour}:00") for hour in range(24)],
        label="A new study day begins at",
        help_text="Before this hour it still counts as the day before.",
    )

    class Meta:
        model = User
        fields = ("name", "time_zone", "day_start_hour", "theme", "text_size", "buttons")
        labels = {
            "time_zone": "Time zone",
            "theme": "Colours",
            "text_size": "Size of the text",
            "buttons": "Buttons under a card",
        }
        help_texts = {"time_zone": "Region/City, such as Europe/Paris."}
        widgets = {
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
            "buttons": forms.RadioSelect,
        }

    def clean_time_zone(self) -> str:
        """Take a city's name, or another way of writing a zone, for the zone itself."""
        given = self.cleaned_data["time_zone"].strip().replace(" ", "_").casefold()
        known = {name.casefold(): name for name in self.time_zones()}
        cities = [name for name in known.values() if name.casefold().endswith(f"/{given}")]
        if given in known:
            return known[given]
        return cities[0] if len(cities) == 1 else self.cleaned_data["time_zone"]

    @staticmethod
    def time_zones() -> list[str]:
        """Every zone a person may choose."""
        return ["UTC", *sorted(name for name in available_timezones() if "/" in name)]
