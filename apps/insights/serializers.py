"""The forms in which insights travel over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.insights.activity import StudyDay
from apps.insights.forecast import DueDay, DueForecast
from apps.insights.item_analysis import ChoiceStatistics, ItemStatistics
from apps.insights.mastery import TopicMastery
from apps.insights.readiness import Domain, Readiness
from apps.insights.retention import Period, PeriodRetention, Retention
from apps.insights.statistics.items import Figures, Flag
from apps.insights.statistics.passing import Range
from apps.quizzes.services.evidence import NOTHING_TOLD

MOST_DAYS = 371


class EstimateSerializer(serializers.Serializer[Range]):
    """An estimate, 0 to 1, and what it lies between nine times in ten."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class DomainReadinessSerializer(serializers.Serializer[Domain]):
    title = serializers.CharField()
    share = serializers.FloatField(help_text="Of the exam, 0 to 1")
    answered = serializers.IntegerField(help_text="Questions answered for the first time")
    right = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="First answers still needed here")
    met = serializers.IntegerField(help_text="Prompts studied at least once")
    prompts = serializers.IntegerField()
    recall = serializers.FloatField(help_text="Mean chance of recall of those studied, 0 to 1")
    level = EstimateSerializer(allow_null=True)


class ReadinessSerializer(serializers.Serializer[Readiness]):
    """How an exam of today would go; null until there is enough evidence."""

    exam: Any = serializers.CharField(source="enrolment.exam.code")
    pass_mark = serializers.IntegerField(source="enrolment.exam.pass_mark")
    answered = serializers.IntegerField(help_text="Questions answered for the first time")
    missing = serializers.IntegerField(help_text="First answers needed before an estimate")
    lacks_questions = serializers.BooleanField(
        help_text="The bank holds too few questions for an estimate"
    )
    level = EstimateSerializer(allow_null=True)
    passing = serializers.FloatField(allow_null=True, help_text="Chance to pass, 0 to 1")
    domains = DomainReadinessSerializer(many=True)


class TopicMasterySerializer(serializers.Serializer[TopicMastery]):
    """A topic with all below it; shares are of the whole exam, 0 to 1."""

    topic = serializers.IntegerField(source="topic.pk")
    title = serializers.CharField(source="topic.title")
    depth = serializers.IntegerField()
    share = serializers.FloatField()
    prompts = serializers.IntegerField()
    met = serializers.IntegerField()
    mastery = serializers.FloatField(help_text="Mean chance of recall, unmet prompts being 0")
    lost = serializers.FloatField(help_text="The share of the exam that is not known of it")


class RetentionSerializer(serializers.Serializer[Retention]):
    """Shares are null where nothing was tried."""

    count = serializers.IntegerField()
    recalled = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    predicted = serializers.FloatField(allow_null=True)
    low = serializers.FloatField()
    high = serializers.FloatField()


class PeriodRetentionSerializer(serializers.Serializer[PeriodRetention]):
    first = serializers.DateField()
    young = RetentionSerializer()
    mature = RetentionSerializer()
    all = RetentionSerializer()


class PeriodQuerySerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField([each.value for each in Period], default=Period.WEEK.value)


class DueDaySerializer(serializers.Serializer[DueDay]):
    day = serializers.DateField()
    due = serializers.IntegerField()


class DueForecastSerializer(serializers.Serializer[DueForecast]):
    """Prompts that come due; the first day has those overdue too, new ones are not counted."""

    overdue = serializers.IntegerField()
    later = serializers.IntegerField()
    days = DueDaySerializer(many=True)


class DaysQuerySerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=30)


class ActivityDaySerializer(serializers.Serializer[StudyDay]):
    day = serializers.DateField()
    answers = serializers.IntegerField()
    seconds = serializers.FloatField()


class FiguresSerializer(serializers.Serializer[Figures]):
    facility = serializers.FloatField()
    deviation = serializers.FloatField()
    discrimination = serializers.FloatField(allow_null=True)
    efficiency = serializers.FloatField(allow_null=True)
    seconds = serializers.FloatField(allow_null=True)


class ChoiceStatisticsSerializer(serializers.Serializer[ChoiceStatistics]):
    text = serializers.CharField()
    is_correct = serializers.BooleanField()
    count = serializers.IntegerField(source="figures.count")
    share = serializers.FloatField(source="figures.share")
    best_third = serializers.FloatField(source="figures.best")
    lowest_third = serializers.FloatField(source="figures.lowest")


class ItemStatisticsSerializer(serializers.Serializer[ItemStatistics]):
    """A question's figures: null until there are 30 first answers, flags from 50 on."""

    question = serializers.UUIDField(source="question.pk")
    stem = serializers.CharField(source="question.stem")
    version = serializers.IntegerField(source="question.version")
    answered = serializers.IntegerField()
    guess = serializers.FloatField()
    figures = FiguresSerializer(allow_null=True)
    flags = serializers.ListField(child=serializers.ChoiceField([each.value for each in Flag]))
    choices = ChoiceStatisticsSerializer(many=True)
    ruling = serializers.ChoiceField(
        [each.value for each in NOTHING_TOLD],
        source="ruling.kind",
        allow_null=True,
        help_text="How its point was given to everybody, or taken; then nothing is flagged",
    )
