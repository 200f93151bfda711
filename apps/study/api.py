"""Enrolments, today's queue, and the one way in for review events."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.requests import signed_in
from apps.common.errors import Conflict
from apps.study import serializers
from apps.study.models import Enrolment
from apps.study.querysets import EnrolmentQuerySet
from apps.study.services.availability import Time, make_usual, set_day, set_week, time_of
from apps.study.services.days import today_of
from apps.study.services.enrolments import change_goal, enrol
from apps.study.services.named import Key, given_up, leeches, named
from apps.study.services.outlook import backlog, load, outlook, what_if
from apps.study.services.plans import add_minutes, study_more
from apps.study.services.queue import today, todays_queue
from apps.study.services.sync import IncomingEvent, record_events


class OtherUser(Conflict):
    """The events belong to somebody else than the person now signed in."""

    code = "other_user"


class ByPlace(LimitOffsetPagination):
    """Pages of a list that is ordered by its own worth."""

    default_limit = 50
    max_limit = 200


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
        return mine.select_related("user__availability", "exam")

    @extend_schema(summary="Begin to study for an exam")
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        enrolment = enrol(user=signed_in(request), now=timezone.now(), **serializer.validated_data)
        return Response(self.get_serializer(enrolment).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change the exam's date, your minutes, how sure to be, or what follows the exam",
        request=serializers.GoalSerializer,
        responses=serializers.GoalSerializer,
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        enrolment = self.get_object()
        serializer = serializers.GoalSerializer(enrolment, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        goal = {"exam_date": enrolment.exam_date} | serializer.validated_data
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
    @method_decorator(gzip_page)  # holds no secret that its length could betray
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

    @extend_schema(
        summary="Put more minutes into today",
        request=serializers.MinutesSerializer,
        responses=serializers.PlanSerializer,
    )
    @action(detail=True, methods=["post"])
    def minutes(self, request: Request, pk: str | None = None) -> Response:
        enrolment = self.get_object()
        wish = serializers.MinutesSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        add_minutes(enrolment=enrolment, now=timezone.now(), minutes=wish.validated_data["minutes"])
        return self.todays_plan(enrolment)

    @extend_schema(summary="Today's plan", responses=serializers.PlanSerializer)
    @action(detail=True)
    def plan(self, request: Request, pk: str | None = None) -> Response:
        return self.todays_plan(self.get_object())

    def todays_plan(self, enrolment: Enrolment) -> Response:
        now = timezone.now()
        state = today(enrolment=enrolment, now=now)
        plan = {
            "plan": state.plan,
            "minutes": time_of(enrolment.user).minutes(state.plan.day),
            "done": state.done,
            "seconds_left": state.seconds,
            "backlog": backlog(enrolment=enrolment, now=now),
        }
        return Response(serializers.PlanSerializer(plan).data)

    @extend_schema(
        summary="What the plan leads to: the score, its course, the worth of each day",
        responses=serializers.OutlookSerializer,
    )
    @action(detail=True)
    def outlook(self, request: Request, pk: str | None = None) -> Response:
        found = outlook(enrolment=self.get_object(), now=timezone.now())
        return Response(serializers.OutlookSerializer(found).data)

    @extend_schema(
        summary="What another goal would lead to; nothing is changed",
        parameters=[serializers.WhatIfSerializer],
        responses=serializers.OutlookSerializer,
    )
    @action(detail=True, url_path="what-if")
    def what_if(self, request: Request, pk: str | None = None) -> Response:
        goal = serializers.WhatIfSerializer(data=request.query_params)
        goal.is_valid(raise_exception=True)
        found = what_if(enrolment=self.get_object(), now=timezone.now(), **goal.validated_data)
        return Response(serializers.OutlookSerializer(found).data)

    @extend_schema(
        summary="The prompts that the minutes until the exam are not enough for",
        responses=serializers.NamedPromptSerializer(many=True),
        filters=True,
    )
    @action(detail=True, url_path="given-up", pagination_class=ByPlace)
    def given_up(self, request: Request, pk: str | None = None) -> Response:
        enrolment = self.get_object()
        return self.page_of(enrolment, given_up(enrolment=enrolment, now=timezone.now()))

    @extend_schema(
        summary="The prompts forgotten so often that their card had better be rewritten",
        responses=serializers.NamedPromptSerializer(many=True),
    )
    @action(detail=True, pagination_class=ByPlace)
    def leeches(self, request: Request, pk: str | None = None) -> Response:
        enrolment = self.get_object()
        return self.page_of(enrolment, leeches(enrolment=enrolment))

    def page_of(self, enrolment: Enrolment, keys: list[Key]) -> Response:
        page: Any = self.paginate_queryset(keys)
        prompts = named(enrolment=enrolment, keys=page)
        return self.get_paginated_response(
            serializers.NamedPromptSerializer(prompts, many=True).data
        )

    @extend_schema(
        summary="What the next 30 days will ask, without an exam ahead",
        responses=serializers.DayLoadSerializer(many=True),
    )
    @action(detail=True, pagination_class=None)
    def load(self, request: Request, pk: str | None = None) -> Response:
        days: Any = load(enrolment=self.get_object(), now=timezone.now())
        return Response(serializers.DayLoadSerializer(days, many=True).data)


class AvailabilityView(APIView):
    """The minutes a learner has in a usual week, for all their exams."""

    @extend_schema(summary="Your time", responses=serializers.AvailabilitySerializer)
    def get(self, request: Request) -> Response:
        return time_answer(request, time_of(signed_in(request)))

    @extend_schema(
        summary="Set the minutes of a usual week",
        request=serializers.AvailabilitySerializer,
        responses=serializers.AvailabilitySerializer,
    )
    def put(self, request: Request) -> Response:
        week = serializers.AvailabilitySerializer(data=request.data)
        week.is_valid(raise_exception=True)
        minutes = week.validated_data["week"]
        time = set_week(user=signed_in(request), minutes=minutes, now=timezone.now())
        return time_answer(request, time)


class DayMinutesView(APIView):
    """One date that differs from the usual week."""

    @extend_schema(
        summary="Give a date other minutes; 0 makes it a day off",
        request=serializers.DayMinutesSerializer,
        responses=serializers.AvailabilitySerializer,
    )
    def put(self, request: Request, day: date) -> Response:
        wish = serializers.DayMinutesSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        minutes = wish.validated_data["minutes"]
        user = signed_in(request)
        time = set_day(user=user, day=day, minutes=minutes, now=timezone.now())
        return time_answer(request, time)

    @extend_schema(
        summary="Give a date the minutes of its weekday again",
        responses=serializers.AvailabilitySerializer,
    )
    def delete(self, request: Request, day: date) -> Response:
        return time_answer(
            request, make_usual(user=signed_in(request), day=day, now=timezone.now())
        )


def time_answer(request: Request, time: Time) -> Response:
    """The week, and the dates that differ from today on."""
    today = today_of(signed_in(request), timezone.now())
    coming = {day: minutes for day, minutes in time.dates.items() if day >= today}
    return Response(serializers.AvailabilitySerializer(Time(time.week, coming)).data)


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
