"""Enrolments, today's queue, and the one way in for review events."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.requests import signed_in
from apps.common.errors import Conflict
from apps.study import serializers
from apps.study.models import Enrolment
from apps.study.querysets import EnrolmentQuerySet
from apps.study.services.enrolments import change_goal, enrol
from apps.study.services.plans import study_more
from apps.study.services.queue import todays_queue
from apps.study.services.sync import IncomingEvent, record_events


class OtherUser(Conflict):
    """The events belong to somebody else than the person now signed in."""

    code = "other_user"


@extend_schema_view(
    list=extend_schema(summary="The exams you study for"),
    retrieve=extend_schema(summary="One of your enrolments"),
)
class EnrolmentViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Enrolment],
):
    """A learner's enrolments, each with today's queue."""

    serializer_class = serializers.EnrolmentSerializer
    queryset = Enrolment.objects.none()
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> EnrolmentQuerySet:
        mine = Enrolment.objects.visible_to(self.request.user)
        return mine.select_related("user", "exam")

    @extend_schema(summary="Begin to study for an exam")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        enrolment = enrol(user=signed_in(request), now=timezone.now(), **serializer.validated_data)
        return Response(self.get_serializer(enrolment).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change the exam date or the minutes a day",
        request=serializers.GoalSerializer,
        responses=serializers.GoalSerializer,
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        enrolment = self.get_object()
        serializer = serializers.GoalSerializer(enrolment, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        goal = {
            "exam_date": enrolment.exam_date,
            "minutes_per_day": enrolment.minutes_per_day,
        } | serializer.validated_data
        change_goal(enrolment=enrolment, now=timezone.now(), **goal)
        return Response(serializers.GoalSerializer(enrolment).data)

    @extend_schema(
        summary="What is left of today, ready to be shown",
        parameters=[
            OpenApiParameter("limit", int, description="At most so many prompts (200)"),
            OpenApiParameter("note", int, description="Only cards of this note"),
        ],
        responses=serializers.QueueSerializer,
    )
    @action(detail=True)
    def queue(self, request: Request, pk: str | None = None) -> Response:
        enrolment = self.get_object()
        query = serializers.QueueQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        queue = todays_queue(
            enrolment=enrolment,
            now=timezone.now(),
            limit=query.validated_data["limit"],
            note_id=query.validated_data.get("note"),
        )
        return Response(serializers.QueueSerializer(queue).data)

    @extend_schema(
        summary="Put more prompts into today",
        request=serializers.MoreSerializer,
        responses=serializers.QueueSerializer,
    )
    @action(detail=True, methods=["post"])
    def more(self, request: Request, pk: str | None = None) -> Response:
        enrolment = self.get_object()
        wish = serializers.MoreSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        now = timezone.now()
        study_more(enrolment=enrolment, now=now, prompts=wish.validated_data["prompts"])
        queue = todays_queue(enrolment=enrolment, now=now)
        return Response(serializers.QueueSerializer(queue).data)


class ReviewBatchView(APIView):
    """The one way in for what learners answer and undo."""

    @extend_schema(
        summary="Send review events",
        description="Append-only and idempotent: send an event until it is in `acked` or "
        "`rejected`, in any order, as often as you like. At most 500 at a time. Answers 409 "
        "with code `other_user` where `user` is not the person signed in.",
        request=serializers.DocumentedBatchSerializer,
        responses=serializers.ReviewOutcomeSerializer,
    )
    def post(self, request: Request) -> Response:
        batch = serializers.EventBatchSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        user = signed_in(request)
        if batch.validated_data["user"] != user.pk:
            raise OtherUser("These answers belong to somebody else. They are kept for them.")
        events: list[IncomingEvent] = []
        malformed: list[dict[str, str]] = []
        for raw in batch.validated_data["events"]:
            event = serializers.EventSerializer(data=raw)
            if event.is_valid():
                events.append(event.to_event())
            else:
                malformed.append(
                    {
                        "id": str(raw.get("id", "")),
                        "code": "invalid",
                        "detail": "; ".join(f"{k}: {v[0]}" for k, v in event.errors.items()),
                    }
                )
        outcome = record_events(user=user, events=events, now=timezone.now())
        answer = serializers.ReviewOutcomeSerializer(outcome).data
        return Response({**answer, "rejected": [*answer["rejected"], *malformed]})
