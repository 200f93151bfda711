"""Readings of notes: ask for one, and see how far it is."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.requests import signed_in
from apps.common.tasks import after_commit
from apps.ingest.models import IngestRun
from apps.ingest.querysets import IngestRunQuerySet
from apps.ingest.serializers import IngestRunSerializer, NewNoteSerializer
from apps.ingest.services.runs import confirm, read_the_rest
from apps.ingest.services.submit import submit_note
from apps.ingest.tasks import ingest_note


class IngestRunFilter(filters.FilterSet):
    exam = filters.CharFilter("version__note__exam__code", label="Code of the exam")

    class Meta:
        model = IngestRun
        fields = ("exam", "state")


@extend_schema_view(
    list=extend_schema(summary="Readings of your notes"),
    retrieve=extend_schema(summary="How far a reading is"),
)
class IngestRunViewSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet[IngestRun],
):
    """The reading of a note into topics, cards and questions."""

    serializer_class = IngestRunSerializer
    queryset = IngestRun.objects.none()
    filterset_class = IngestRunFilter

    def get_queryset(self) -> IngestRunQuerySet:
        mine = IngestRun.objects.visible_to(self.request.user)
        return mine.select_related("version__note__exam").defer("version__text", "version__fates")

    def get_throttles(self) -> list[Any]:
        # Reading a note is work; looking how far it is is not.
        self.throttle_scope = "ingest" if self.action == "create" else None
        return super().get_throttles()

    @extend_schema(
        summary="Have a note read",
        request=NewNoteSerializer,
        responses={status.HTTP_201_CREATED: IngestRunSerializer},
    )
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        note = NewNoteSerializer(data=request.data, context=self.get_serializer_context())
        note.is_valid(raise_exception=True)
        wish = note.validated_data
        user = signed_in(request)
        run = submit_note(
            exam=wish["exam"],
            name=wish["name"],
            data=wish["text"].encode(),
            topic=wish["topic"],
            started_by=user,
            owner=user if wish["personal"] else None,
            publish=wish["personal"],
            review_first=wish["review_first"],
            budget=note.budget(),
        )
        after_commit(ingest_note, run.pk)
        return Response(self.get_serializer(run).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Carry out the plan of a reading that waits for a word",
        request=None,
        responses=IngestRunSerializer,
    )
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str | None = None) -> Response:
        run = self.get_object()
        confirm(run=run)
        after_commit(ingest_note, run.pk)
        run.refresh_from_db()
        return Response(self.get_serializer(run).data)

    @extend_schema(
        summary="Have what the limits left out made too",
        request=None,
        responses=IngestRunSerializer,
    )
    @action(detail=True, methods=["post"])
    def more(self, request: Request, pk: str | None = None) -> Response:
        again = read_the_rest(run=self.get_object(), started_by=signed_in(request))
        after_commit(ingest_note, again.pk)
        return Response(self.get_serializer(again).data)
