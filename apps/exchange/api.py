"""Files for Anki on their way out, and packages from Anki on their way in."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.requests import signed_in
from apps.common.pagination import CursorPagination
from apps.common.parsers import StrictJSONParser
from apps.common.tasks import after_commit
from apps.exchange.anki.changes import in_words
from apps.exchange.anki.importing.runs import confirm, request_import
from apps.exchange.downloads import APKG, TEXT, download
from apps.exchange.models import Change, Export, ImportRun
from apps.exchange.querysets import ExportQuerySet, ImportRunQuerySet
from apps.exchange.serializers import (
    ChangedSerializer,
    ExportSerializer,
    ImportRunSerializer,
    NewExportSerializer,
    NewImportSerializer,
)
from apps.exchange.services import request_export
from apps.exchange.tasks import build_export, import_deck


@extend_schema_view(
    list=extend_schema(summary="Your exports"), retrieve=extend_schema(summary="How far one is")
)
class ExportViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Export],
):
    """The person's own files for Anki."""

    serializer_class = ExportSerializer
    queryset = Export.objects.none()

    def get_queryset(self) -> ExportQuerySet:
        return Export.objects.visible_to(self.request.user).select_related("exam")

    def get_throttles(self) -> list[Any]:
        # Writing a deck is work; looking how far it is is not.
        self.throttle_scope = "export" if self.action == "create" else None
        return super().get_throttles()

    @extend_schema(
        summary="Have a deck written",
        request=NewExportSerializer,
        responses={status.HTTP_201_CREATED: ExportSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        wish = NewExportSerializer(data=request.data, context=self.get_serializer_context())
        wish.is_valid(raise_exception=True)
        export = request_export(user=signed_in(request), **wish.validated_data)
        after_commit(build_export, str(export.pk))
        return Response(self.get_serializer(export).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="What importing it changes, note by note",
        parameters=[OpenApiParameter("change", enum=Change.values)],
        responses=ChangedSerializer(many=True),
    )
    @action(detail=True)
    def changes(self, request: Request, pk: str | None = None) -> Response:
        entries = self.get_object().entries.all()
        if change := request.query_params.get("change"):
            entries = entries.filter(change=change)
        paginator = CursorPagination()
        page = paginator.paginate_queryset(entries, request, view=self) or []
        return paginator.get_paginated_response(ChangedSerializer(in_words(page), many=True).data)

    @extend_schema(
        summary="Fetch the file",
        description="Send its `ETag` as `If-None-Match` to fetch it only if it has changed.",
        responses={(200, APKG): OpenApiTypes.BINARY, (200, TEXT): OpenApiTypes.BINARY, 304: None},
    )
    @action(detail=True)
    def download(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        return download(request._request, self.get_object())


@extend_schema_view(
    list=extend_schema(summary="Your imports"),
    retrieve=extend_schema(summary="How far an import is, and what became of each row"),
)
class ImportRunViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[ImportRun],
):
    """The person's own packages from Anki on their way in."""

    serializer_class = ImportRunSerializer
    queryset = ImportRun.objects.none()
    parser_classes = (MultiPartParser, StrictJSONParser)

    def get_queryset(self) -> ImportRunQuerySet:
        return ImportRun.objects.visible_to(self.request.user).select_related("exam")

    def get_throttles(self) -> list[Any]:
        # Reading a deck is work; looking how far it is is not.
        self.throttle_scope = "ingest" if self.action == "create" else None
        return super().get_throttles()

    @extend_schema(
        summary="Have a deck read",
        request={"multipart/form-data": NewImportSerializer},
        responses={status.HTTP_201_CREATED: ImportRunSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        wish = NewImportSerializer(data=request.data, context=self.get_serializer_context())
        wish.is_valid(raise_exception=True)
        package = wish.validated_data["file"]
        run = request_import(user=signed_in(request), name=package.name, **wish.validated_data)
        after_commit(import_deck, str(run.pk))
        return Response(self.get_serializer(run).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Carry out an import that waits for a word",
        request=None,
        responses=ImportRunSerializer,
    )
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str | None = None) -> Response:
        run = self.get_object()
        confirm(run=run)
        after_commit(import_deck, str(run.pk))
        run.refresh_from_db()
        return Response(self.get_serializer(run).data)
