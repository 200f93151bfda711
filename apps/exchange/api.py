"""Anki packages: ask for one, see how far it is, fetch it."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.requests import signed_in
from apps.common.errors import Conflict
from apps.common.models import JobState
from apps.common.tasks import after_commit
from apps.exchange.models import Export
from apps.exchange.querysets import ExportQuerySet
from apps.exchange.serializers import ExportSerializer, NewExportSerializer
from apps.exchange.services import request_export
from apps.exchange.tasks import build_export

APKG = "application/apkg"


@extend_schema_view(
    list=extend_schema(summary="Your exports"), retrieve=extend_schema(summary="How far one is")
)
class ExportViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[Export],
):
    """The person's own Anki packages."""

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

    @extend_schema(summary="Fetch the package", responses={(200, APKG): OpenApiTypes.BINARY})
    @action(detail=True)
    def download(self, request: Request, pk: str | None = None) -> FileResponse:
        return package_response(self.get_object())


def package_response(export: Export) -> FileResponse:
    """The file of a finished export, as a download; Conflict while there is none."""
    if export.state != JobState.SUCCEEDED:
        raise Conflict("This deck is not ready yet.")
    return FileResponse(
        export.file.open("rb"),
        as_attachment=True,
        filename=export.file_name,
        content_type=APKG,
    )
