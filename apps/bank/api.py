"""Cards to read and write, their images, and questions for those who may see their keys."""

from collections.abc import Callable
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.requests import signed_in
from apps.bank.models import Card, Dispute, Flag, MediaFile, Question, Status
from apps.bank.querysets import DisputeQuerySet, ItemQuerySet
from apps.bank.serializers import (
    CardSerializer,
    DisputeSerializer,
    FlagSerializer,
    MergedSerializer,
    MergeSerializer,
    QuestionSerializer,
    WordsSerializer,
)
from apps.bank.services import merging
from apps.bank.services.disputes import settle
from apps.bank.services.flags import flag
from apps.bank.services.items import ChoiceText, save_card, save_question
from apps.bank.services.suggestions import suggest_words
from apps.bank.services.workflow import publish, reopen, retire
from apps.common.errors import NotAllowed
from apps.common.images import ImageKind

A_YEAR = 365 * 24 * 60 * 60


class ItemFilter(filters.FilterSet):
    exam = filters.CharFilter("exam__code", label="Code of the exam")
    topic = filters.NumberFilter("topic", label="Topic")
    note = filters.NumberFilter("note", label="Note it came from")
    status = filters.ChoiceFilter(choices=Status.choices)


class CardFilter(ItemFilter):
    search = filters.CharFilter("front", lookup_expr="icontains", label="Words of the front")
    flagged = filters.BooleanFilter(
        method="filter_flagged", label="Whether you, or learners of what you edit, reported it"
    )

    def filter_flagged(self, cards: Any, name: str, value: bool) -> Any:
        person = self.request.user  # type: ignore[union-attr]  # the view hands its request in
        flagged = Flag.objects.visible_to(person).open().values("card")
        return cards.filter(pk__in=flagged) if value else cards.exclude(pk__in=flagged)

    class Meta:
        model = Card
        fields = ("exam", "topic", "note", "status", "kind")


class QuestionFilter(ItemFilter):
    search = filters.CharFilter("stem", lookup_expr="icontains", label="Words of the stem")

    class Meta:
        model = Question
        fields = ("exam", "topic", "note", "status", "kind")


class WorkflowMixin(viewsets.GenericViewSet[Any]):
    """The steps an item takes between its drafts and its learners."""

    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        return self.step(publish)

    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str | None = None) -> Response:
        return self.step(retire)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        return self.step(reopen)

    def editable(self) -> Any:
        """The item of this address, where the person may change it."""
        return self.get_object()

    def step(self, change: Callable[..., None]) -> Response:
        item = self.editable()
        change(item=item)
        return Response(self.get_serializer(item).data)


@extend_schema_view(
    list=extend_schema(summary="Cards you may see"),
    retrieve=extend_schema(summary="A card"),
    publish=extend_schema(summary="Give a card to its learners", request=None),
    retire=extend_schema(summary="Take a card from its learners", request=None),
    reopen=extend_schema(summary="Put a card back among the drafts", request=None),
)
class CardViewSet(
    WorkflowMixin,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
):
    """The course's published cards, the person's own, and drafts where they edit."""

    serializer_class = CardSerializer
    queryset = Card.objects.none()
    filterset_class = CardFilter
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> "ItemQuerySet[Card]":
        return Card.objects.visible_to(self.request.user).with_sources().with_images()

    @extend_schema(summary="Write a card of your own")
    @transaction.atomic
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        topic = serializer.validated_data["topic"]
        card = Card(
            exam=topic.exam,
            owner=signed_in(request),
            status=Status.PUBLISHED,
            **serializer.validated_data,
        )
        save_card(card=card, author=signed_in(request))
        return Response(self.get_serializer(card).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Change the words of a card")
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        card = self.editable()
        serializer = self.get_serializer(card, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        if serializer.validated_data.get("topic", card.topic).exam_id != card.exam_id:
            raise NotAllowed("A card stays in its exam.")
        for field, value in serializer.validated_data.items():
            setattr(card, field, value)
        save_card(card=card, author=signed_in(request))
        return Response(self.get_serializer(card).data)

    @extend_schema(
        summary="Cards that ask nearly the same as this one", responses=CardSerializer(many=True)
    )
    @action(detail=True, pagination_class=None, filterset_class=None)
    def alike(self, request: Request, pk: str | None = None) -> Response:
        found = merging.alike(card=self.editable(), user=signed_in(request))
        return Response(self.get_serializer(found, many=True).data)

    @extend_schema(
        summary="Let another card stand for this draft",
        request=MergeSerializer,
        responses=MergedSerializer,
    )
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str | None = None) -> Response:
        card = self.editable()
        wish = MergeSerializer(data=request.data, context=self.get_serializer_context())
        wish.is_valid(raise_exception=True)
        into = self.may_edit(wish.validated_data["into"])
        added = merging.merge(card=card, into=into)
        return Response({"into": into.pk, "passages": added})

    @extend_schema(summary="Undo a merge", request=MergedSerializer)
    @action(detail=True, methods=["post"])
    def separate(self, request: Request, pk: str | None = None) -> Response:
        card = self.editable()
        wish = MergedSerializer(data=request.data, context=self.get_serializer_context())
        wish.is_valid(raise_exception=True)
        merging.separate(
            card=card,
            into=self.may_edit(wish.validated_data["into"]),
            passages=wish.validated_data["passages"],
        )
        return Response(self.get_serializer(card).data)

    @extend_schema(
        summary="Suggest other words for a card to those who edit it",
        request=WordsSerializer,
        responses={202: WordsSerializer},
    )
    @action(detail=True, methods=["post"])
    def suggest(self, request: Request, pk: str | None = None) -> Response:
        card = self.get_object()
        words = WordsSerializer(data=request.data)
        words.is_valid(raise_exception=True)
        suggest_words(card=card, words=words.validated_data)
        return Response(words.data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(
        summary="Report what is wrong with a card",
        request=FlagSerializer,
        responses={201: FlagSerializer},
    )
    @action(detail=True, methods=["post"])
    def flag(self, request: Request, pk: str | None = None) -> Response:
        card = self.get_object()
        report = FlagSerializer(data=request.data)
        report.is_valid(raise_exception=True)
        said = flag(card=card, author=signed_in(request), **report.validated_data)
        return Response(FlagSerializer(said).data, status=status.HTTP_201_CREATED)

    def editable(self) -> Card:
        """The card of this address, or 403 where the person may only read it."""
        return self.may_edit(self.get_object())

    def may_edit(self, card: Card) -> Card:
        if not Card.objects.editable_by(self.request.user).filter(pk=card.pk).exists():
            raise NotAllowed("Only the editors of this exam may change this card.")
        return card


class ImageView(APIView):
    """The bytes of an image, for whoever may see a card that shows it."""

    # A browser asks for its pictures in one burst, and whoever has one never asks again.
    throttle_classes = ()

    @extend_schema(
        summary="An image of a card",
        description="The address is made of the image's SHA-256, so what it gives never changes.",
        responses={
            **{(200, kind.content_type): OpenApiTypes.BINARY for kind in ImageKind},
            304: None,
        },
    )
    def get(self, request: Request, sha256: str) -> HttpResponseBase:
        cards = Card.objects.visible_to(request.user)
        image = MediaFile.objects.filter(pk=sha256).on_cards(cards).first()
        if image is None:
            raise Http404
        etag = f'"{image.pk}"'
        unchanged = get_conditional_response(request._request, etag=etag)
        response = unchanged or FileResponse(
            default_storage.open(image.name),
            filename=str(image),
            content_type=ImageKind(image.kind).content_type,
        )
        response["ETag"] = etag
        response["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, private=True, immutable=True, max_age=A_YEAR)
        return response


@extend_schema_view(
    list=extend_schema(summary="Questions you may edit, with their keys"),
    retrieve=extend_schema(summary="A question, with its key"),
    publish=extend_schema(summary="Give a question to its learners", request=None),
    retire=extend_schema(summary="Take a question from its learners", request=None),
    reopen=extend_schema(summary="Put a question back among the drafts", request=None),
)
class QuestionViewSet(WorkflowMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin):
    """Questions come with their keys, so only those who may edit them read them here."""

    serializer_class = QuestionSerializer
    queryset = Question.objects.none()
    filterset_class = QuestionFilter
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> "ItemQuerySet[Question]":
        mine = Question.objects.editable_by(self.request.user)
        return mine.with_sources().prefetch_related("choices")

    @extend_schema(summary="Change the words of a question, or its choices")
    @transaction.atomic
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        question = self.get_object()
        serializer = self.get_serializer(question, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        wish = dict(serializer.validated_data)
        if wish.get("topic", question.topic).exam_id != question.exam_id:
            raise NotAllowed("A question stays in its exam.")
        choices = [ChoiceText(**choice) for choice in wish.pop("choices", [])]
        for field, value in wish.items():
            setattr(question, field, value)
        save_question(question=question, author=signed_in(request), choices=choices or None)
        return Response(self.get_serializer(self.get_object()).data)


class DisputeFilter(filters.FilterSet):
    exam = filters.CharFilter("exam__code", label="Code of the exam")
    note = filters.NumberFilter(method="of_note", label="Note that one of the lines stands in")

    class Meta:
        model = Dispute
        fields = ("exam", "note", "is_settled")

    def of_note(self, disputes: DisputeQuerySet, name: str, note: Any) -> DisputeQuerySet:
        return disputes.of_note(int(note))


@extend_schema_view(
    list=extend_schema(summary="Lines of your notes that contradict each other"),
    retrieve=extend_schema(summary="Two lines that contradict each other"),
)
class DisputeViewSet(viewsets.ReadOnlyModelViewSet[Dispute]):
    """Contradictions in the person's own notes, and in those of exams they edit."""

    serializer_class = DisputeSerializer
    queryset = Dispute.objects.none()
    filterset_class = DisputeFilter

    def get_queryset(self) -> DisputeQuerySet:
        return Dispute.objects.editable_by(self.request.user).with_notes().select_related("exam")

    @extend_schema(summary="Put a contradiction away: you have seen to it", request=None)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str | None = None) -> Response:
        dispute = self.get_object()
        settle(dispute=dispute)
        return Response(self.get_serializer(dispute).data)
