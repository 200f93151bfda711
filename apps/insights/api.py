"""What a learner's answers and memory tell, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework.fields import IntegerField, URLField
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.courses.models import Exam
from apps.insights import serializers
from apps.insights.activity import days_studied
from apps.insights.forecast import forecast_of
from apps.insights.item_analysis import analysis_of
from apps.insights.knowledge import Knowledge, knowledge_of
from apps.insights.mastery import mastery_of
from apps.insights.readiness import readiness_of
from apps.insights.retention import Period, retention_by, trials_of
from apps.study.models import Enrolment


def own_enrolment(request: Request, pk: int) -> Enrolment:
    """The learner's enrolment of this address; other people's do not exist here."""
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    return get_object_or_404(mine, pk=pk)


def known_to(request: Request, pk: int) -> Knowledge:
    return knowledge_of([own_enrolment(request, pk)], timezone.now())[0]


class ReadinessView(APIView):
    """How ready a learner is for one exam."""

    @extend_schema(
        summary="How an exam of today would go, and how much evidence says so",
        responses=serializers.ReadinessSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = readiness_of(own_enrolment(request, pk), now=timezone.now())
        data: Any = serializers.ReadinessSerializer(found).data
        return Response(data)


class MasteryView(APIView):
    """How well each topic is known."""

    @extend_schema(
        summary="How well each topic is known, beside its share of the exam",
        responses=serializers.TopicMasterySerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        found: Any = mastery_of(known_to(request, pk))
        return Response(serializers.TopicMasterySerializer(found, many=True).data)


class RetentionView(APIView):
    """True retention of one exam's prompts."""

    @extend_schema(
        summary="What was remembered and what was predicted, by day, week or month",
        parameters=[serializers.PeriodQuerySerializer],
        responses=serializers.PeriodRetentionSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        query = serializers.PeriodQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        enrolment = own_enrolment(request, pk)
        today = enrolment.calendar.day(timezone.now())
        period = Period(query.validated_data["by"])
        found: Any = retention_by(trials_of([enrolment]), period, today)
        return Response(serializers.PeriodRetentionSerializer(found, many=True).data)


class DueView(APIView):
    """When prompts come due."""

    @extend_schema(
        summary="How many prompts come due in the next 30 days",
        responses=serializers.DueForecastSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = forecast_of([known_to(request, pk)])
        return Response(serializers.DueForecastSerializer(found).data)


class ActivityView(APIView):
    """When a learner studied."""

    @extend_schema(
        summary="Answers and seconds of each of the last days",
        parameters=[serializers.DaysQuerySerializer],
        responses=serializers.ActivityDaySerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        query = serializers.DaysQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found: Any = days_studied(
            [own_enrolment(request, pk)], now=timezone.now(), days=query.validated_data["days"]
        )
        return Response(serializers.ActivityDaySerializer(found, many=True).data)


class ByConcern(LimitOffsetPagination):
    """Pages of questions: what needs a look comes first."""

    default_limit = 50
    max_limit = 200


class ItemAnalysisView(APIView):
    """What the answers tell of an exam's questions, for who may author it."""

    @extend_schema(
        summary="Item analysis of an exam you author",
        parameters=[
            OpenApiParameter("limit", int, description="At most so many (200)"),
            OpenApiParameter("offset", int, description="Leave out so many"),
        ],
        responses=inline_serializer(
            "PagedItemStatistics",
            {
                "count": IntegerField(),
                "next": URLField(allow_null=True),
                "previous": URLField(allow_null=True),
                "results": serializers.ItemStatisticsSerializer(many=True),
            },
        ),
    )
    def get(self, request: Request, code: str) -> Response:
        exam = get_object_or_404(Exam.objects.editable_by(request.user), code=code)
        pages = ByConcern()
        page: Any = pages.paginate_queryset(analysis_of(exam), request, self)
        return pages.get_paginated_response(
            serializers.ItemStatisticsSerializer(page, many=True).data
        )
