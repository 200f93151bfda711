"""Questions of an exam out and in, for programs."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.requests import signed_in
from apps.common.pagination import CursorPagination
from apps.common.parsers import StrictJSONParser
from apps.common.tasks import after_commit
from apps.courses.models import Exam
from apps.exchange.downloads import question_file
from apps.exchange.formats import BY_KEY
from apps.exchange.models import QuestionImport, RowFate
from apps.exchange.querysets import QuestionImportQuerySet
from apps.exchange.questions.export import export_questions
from apps.exchange.questions.runs import confirm, request_question_import
from apps.exchange.serializers import (
    NewQuestionImportSerializer,
    QuestionImportRowSerializer,
    QuestionImportSerializer,
)
from apps.exchange.tasks import import_questions


class RowPagination(CursorPagination):
    ordering = "position"


class QuestionFileView(APIView):
    """The questions of an exam, with their keys, for whoever edits it."""

    @extend_schema(
        summary="Fetch an exam's questions as a file",
        description="Send its `ETag` as `If-None-Match` to fetch it only if it has changed.",
        parameters=[
            OpenApiParameter("form", enum=list(BY_KEY), location=OpenApiParameter.PATH),
            OpenApiParameter("published", bool, description="Only what learners get"),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 304: None},
    )
    def get(self, request: Request, code: str, form: str) -> HttpResponseBase:
        exam = get_object_or_404(Exam.objects.editable_by(request.user), code=code)
        published = request.query_params.get("published", "") in {"1", "true"}
        written = export_questions(exam=exam, form=form, published_only=published)
        return question_file(request._request, written)


@extend_schema_view(
    list=extend_schema(summary="Your imports of questions"),
    retrieve=extend_schema(summary="How far an import of questions is, and what it would do"),
)
class QuestionImportViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[QuestionImport],
):
    """Files of questions on their way into exams that the person edits."""

    serializer_class = QuestionImportSerializer
    queryset = QuestionImport.objects.none()
    parser_classes = (MultiPartParser, StrictJSONParser)

    def get_queryset(self) -> QuestionImportQuerySet:
        return QuestionImport.objects.visible_to(self.request.user).select_related("exam")

    def get_throttles(self) -> list[Any]:
        # Reading a file is work; looking how far it is is not.
        self.throttle_scope = "ingest" if self.action == "create" else None
        return super().get_throttles()

    @extend_schema(
        summary="Have a file of questions read",
        request={"multipart/form-data": NewQuestionImportSerializer},
        responses={status.HTTP_201_CREATED: QuestionImportSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        wish = NewQuestionImportSerializer(data=request.data, context=self.get_serializer_context())
        wish.is_valid(raise_exception=True)
        file = wish.validated_data["file"]
        run = request_question_import(
            user=signed_in(request), name=file.name, **wish.validated_data
        )
        after_commit(import_questions, str(run.pk))
        return Response(self.get_serializer(run).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="What becomes of each question of the file",
        parameters=[OpenApiParameter("fate", enum=RowFate.values)],
        responses=QuestionImportRowSerializer(many=True),
    )
    @action(detail=True)
    def rows(self, request: Request, pk: str | None = None) -> Response:
        rows = self.get_object().rows.all()
        if fate := request.query_params.get("fate"):
            rows = rows.filter(fate=fate)
        paginator = RowPagination()
        page = paginator.paginate_queryset(rows, request, view=self) or []
        told = QuestionImportRowSerializer(page, many=True).data
        return paginator.get_paginated_response(told)

    @extend_schema(
        summary="Carry out an import of questions that waits for a word",
        request=None,
        responses=QuestionImportSerializer,
    )
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str | None = None) -> Response:
        run = self.get_object()
        confirm(run=run)
        after_commit(import_questions, str(run.pk))
        run.refresh_from_db()
        return Response(self.get_serializer(run).data)
