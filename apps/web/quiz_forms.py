"""What a learner chooses for a practice quiz, and says about a faulty question."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.bank.models import QuestionKind
from apps.quizzes.models import MOST_QUESTIONS, Fault
from apps.quizzes.selection import PRACTICE_COUNT, Met, Selection
from apps.quizzes.services.attempts import TopicOffer

LONGEST_QUIZ = 600
INDENT = "\N{EM SPACE}"
MET = [
    (Met.ANY, "All, those you have not met first"),
    (Met.UNSEEN, "Only those you have not met"),
    (Met.SEEN, "Only those you have met"),
]


def choices_of(topics: Sequence[TopicOffer]) -> list[tuple[int, str]]:
    """The topics as a tree, each with how many questions it has."""
    return [
        (each.topic.pk, f"{INDENT * each.depth}{each.topic.title} ({each.questions})")
        for each in topics
    ]


class LearnForm(forms.Form):
    """One topic, with all below it."""

    topic = forms.TypedChoiceField(label="Topic", coerce=int)

    def __init__(self, *args: Any, topics: Sequence[TopicOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = choices_of(topics)  # type: ignore[attr-defined]

    @property
    def selection(self) -> Selection:
        return Selection(topics=(self.cleaned_data["topic"],))


class CustomForm(forms.Form):
    """Topics, kinds, how many, timed or not; what is left open means all."""

    topics = forms.TypedMultipleChoiceField(
        label="Topics",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all of them, in the shares of the exam",
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of questions",
        required=False,
        choices=QuestionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all of them",
    )
    met = forms.ChoiceField(label="Questions", choices=MET, initial=Met.ANY, required=False)
    count = forms.IntegerField(
        label="How many", min_value=1, max_value=MOST_QUESTIONS, initial=PRACTICE_COUNT
    )
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=LONGEST_QUIZ,
        required=False,
        help_text="Empty: no time limit",
    )
    tells_at_once = forms.BooleanField(
        label="Tell each answer when I ask for it", required=False, initial=True
    )

    def __init__(self, *args: Any, topics: Sequence[TopicOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices_of(topics)  # type: ignore[attr-defined]

    @property
    def selection(self) -> Selection:
        chosen = self.cleaned_data
        return Selection(
            topics=tuple(sorted(chosen["topics"])),
            kinds=tuple(sorted(chosen["kinds"])),
            met=Met(chosen["met"] or Met.ANY),
            count=chosen["count"],
            minutes=chosen["minutes"],
            tells_at_once=chosen["tells_at_once"],
        )


class FaultForm(forms.Form):
    """What is wrong with a question."""

    fault = forms.ChoiceField(
        label="What is wrong?", choices=Fault.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
