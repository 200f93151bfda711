"""The forms in which insights travel over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.insights.readiness import Domain, Readiness
from apps.insights.statistics.passing import Range


class RangeSerializer(serializers.Serializer[Range]):
    """An estimate, 0 to 1, and what it lies between nine times in ten."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class DomainSerializer(serializers.Serializer[Domain]):
    title = serializers.CharField()
    share = serializers.FloatField(help_text="Of the exam, 0 to 1")
    answered = serializers.IntegerField(help_text="Questions answered for the first time")
    right = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="First answers still needed here")
    met = serializers.IntegerField(help_text="Prompts studied at least once")
    prompts = serializers.IntegerField()
    recall = serializers.FloatField(help_text="Mean chance of recall of those studied, 0 to 1")
    level = RangeSerializer(allow_null=True)


class ReadinessSerializer(serializers.Serializer[Readiness]):
    """How an exam of today would go; null until there is enough evidence."""

    exam: Any = serializers.CharField(source="enrolment.exam.code")
    pass_mark = serializers.IntegerField(source="enrolment.exam.pass_mark")
    answered = serializers.IntegerField(help_text="Questions answered for the first time")
    missing = serializers.IntegerField(help_text="First answers needed before an estimate")
    lacks_questions = serializers.BooleanField(
        help_text="The bank holds too few questions for an estimate"
    )
    level = RangeSerializer(allow_null=True)
    passing = serializers.FloatField(allow_null=True, help_text="Chance to pass, 0 to 1")
    domains = DomainSerializer(many=True)
