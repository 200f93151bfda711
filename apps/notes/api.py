"""Notes to read: which there are, and the lines of each with what became of them."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.notes.models import Note
from apps.notes.querysets import NoteQuerySet
from apps.notes.serializers import NoteSerializer, NoteVersionSerializer, WhichVersionSerializer


class NoteFilter(filters.FilterSet):
    exam = filters.CharFilter("exam__code", label="Code of the exam")
    search = filters.CharFilter("name", lookup_expr="icontains", label="Words of the name")

    class Meta:
        model = Note
        fields = ("exam", "topic")


@extend_schema_view(
    list=extend_schema(summary="Notes you may read"), retrieve=extend_schema(summary="A note")
)
class NoteViewSet(viewsets.ReadOnlyModelViewSet[Note]):
    """The course's notes and the person's own."""

    serializer_class = NoteSerializer
    queryset = Note.objects.none()
    filterset_class = NoteFilter

    def get_queryset(self) -> NoteQuerySet:
        return Note.objects.visible_to(self.request.user).select_related("exam")

    @extend_schema(
        summary="The text of a note, line by line, with what became of each line",
        parameters=[OpenApiParameter("version", int, description="The newest without it")],
        responses=NoteVersionSerializer,
    )
    @action(detail=True, filterset_class=None, pagination_class=None)
    def lines(self, request: Request, pk: str | None = None) -> Response:
        asked = WhichVersionSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        versions = self.get_object().versions.order_by("-number")
        if (number := asked.validated_data.get("version")) is not None:
            versions = versions.filter(number=number)
        version = versions.first()
        if version is None:
            raise exceptions.NotFound("This note has no such version.")
        return Response(NoteVersionSerializer(version).data)
