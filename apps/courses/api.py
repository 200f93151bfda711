"""Exams and their topics, to read."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets

from apps.courses.models import Exam, Topic
from apps.courses.querysets import ExamQuerySet, TopicQuerySet
from apps.courses.serializers import ExamSerializer, TopicSerializer


@extend_schema_view(
    list=extend_schema(summary="Exams you may study for"), retrieve=extend_schema(summary="An exam")
)
class ExamViewSet(viewsets.ReadOnlyModelViewSet[Exam]):
    """Exams that the person may join or is a member of."""

    serializer_class = ExamSerializer
    queryset = Exam.objects.none()
    lookup_field = "code"

    def get_queryset(self) -> ExamQuerySet:
        return Exam.objects.visible_to(self.request.user)


class TopicFilter(filters.FilterSet):
    exam = filters.CharFilter("exam__code", label="Code of the exam")

    class Meta:
        model = Topic
        fields = ("exam", "parent")


@extend_schema_view(
    list=extend_schema(summary="Topics of your exams"), retrieve=extend_schema(summary="A topic")
)
class TopicViewSet(viewsets.ReadOnlyModelViewSet[Topic]):
    """The course's topics and the person's own."""

    serializer_class = TopicSerializer
    queryset = Topic.objects.none()
    filterset_class = TopicFilter

    def get_queryset(self) -> TopicQuerySet:
        return Topic.objects.visible_to(self.request.user).select_related("exam")
