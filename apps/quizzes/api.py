"""Quizzes over HTTP: begin one, answer it from any device, hand it in, read the results."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.requests import signed_in
from apps.common.pagination import CursorPagination
from apps.courses.models import Exam
from apps.quizzes.models import Attempt, QuizKind
from apps.quizzes.querysets import AttemptQuerySet
from apps.quizzes.serializers import (
    AnswersOutcomeSerializer,
    AnswersSerializer,
    AttemptSerializer,
    CheckSerializer,
    ItemResultSerializer,
    PaperSerializer,
    ResultsSerializer,
    StartSerializer,
)
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import check, close_expired, submit
from apps.quizzes.services.papers import paper_of
from apps.quizzes.services.results import checked_result, results_of


class NewestFirst(CursorPagination):
    ordering = "-started_at"


@extend_schema_view(list=extend_schema(summary="Your attempts, the newest first"))
class AttemptViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Attempt]):
    """A learner's own attempts; those of other people do not exist here.

    What ran out of time is handed in before anything is read, so no page waits for a worker.
    """

    serializer_class = AttemptSerializer
    queryset = Attempt.objects.none()
    pagination_class = NewestFirst

    def get_queryset(self) -> AttemptQuerySet:
        return Attempt.objects.visible_to(self.request.user).select_related("exam")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        close_expired(now=timezone.now(), user=signed_in(request))

    @extend_schema(
        summary="Begin a quiz, or go on with the running one of this kind and subject",
        request=StartSerializer,
        responses={
            200: OpenApiResponse(PaperSerializer, "The running one"),
            201: OpenApiResponse(PaperSerializer, "A new one"),
        },
    )
    def create(self, request: Request) -> Response:
        asked = StartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        exam = get_object_or_404(
            Exam.objects.visible_to(request.user), code=asked.validated_data["exam"]
        )
        now = timezone.now()
        attempt, is_new = start_attempt(
            user=signed_in(request),
            exam=exam,
            kind=QuizKind(asked.validated_data["kind"]),
            now=now,
            selection=asked.selection(),
        )
        return Response(
            PaperSerializer(paper_of(attempt=attempt, now=now)).data,
            status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK,
        )

    @extend_schema(
        summary="The paper with your answers so far, and no right ones", responses=PaperSerializer
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        paper = paper_of(attempt=self.get_object(), now=timezone.now())
        return Response(PaperSerializer(paper).data)

    @extend_schema(
        summary="Send answers; sending one twice is harmless",
        request=AnswersSerializer,
        responses=AnswersOutcomeSerializer,
    )
    @action(detail=True, methods=["post"])
    def answers(self, request: Request, pk: str) -> Response:
        attempt = self.get_object()
        batch = AnswersSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        outcome = record_answers(attempt=attempt, events=batch.incoming(), now=timezone.now())
        return Response(AnswersOutcomeSerializer(outcome).data)

    @extend_schema(
        summary="Tell one question's answer before the end, after which it takes no other",
        request=CheckSerializer,
        responses={
            200: ItemResultSerializer,
            409: OpenApiResponse(description="This quiz tells its answers at the end only"),
        },
    )
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        attempt = self.get_object()
        asked = CheckSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        index = asked.validated_data["index"]
        item = check(attempt=attempt, index=index, now=timezone.now())
        return Response(ItemResultSerializer(checked_result(item)).data)

    @extend_schema(
        summary="Hand the paper in; doing so twice is harmless",
        request=None,
        responses=AttemptSerializer,
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        attempt = submit(attempt=self.get_object(), now=timezone.now())
        return Response(AttemptSerializer(attempt).data)

    @extend_schema(
        summary="The marked paper with right answers and reasons",
        responses={
            200: ResultsSerializer,
            409: OpenApiResponse(description="The paper is not handed in yet"),
        },
    )
    @action(detail=True)
    def results(self, request: Request, pk: str) -> Response:
        return Response(ResultsSerializer(results_of(attempt=self.get_object())).data)
