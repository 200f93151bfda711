"""What a learner's answers and memory tell, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.insights import serializers
from apps.insights.readiness import readiness_of
from apps.study.models import Enrolment


def own_enrolment(request: Request, pk: int) -> Enrolment:
    """The learner's enrolment of this address; other people's do not exist here."""
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    return get_object_or_404(mine, pk=pk)


class ReadinessView(APIView):
    """How ready a learner is for one exam."""

    @extend_schema(
        summary="How an exam of today would go, and how much evidence says so",
        responses=serializers.ReadinessSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        found = readiness_of(own_enrolment(request, pk), now=timezone.now())
        data: Any = serializers.ReadinessSerializer(found).data
        return Response(data)
