"""Taking one's data along by program."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.accounts.requests import signed_in
from apps.exchange.account.mydata import my_data


class MyDataView(APIView):
    """Everything that is the caller's own."""

    throttle_scope = "export"

    @extend_schema(
        summary="All your data, table by table",
        description="Written while it is sent, so that it may be of any length.",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        pieces = my_data(user=signed_in(request), now=timezone.now())
        return StreamingHttpResponse(pieces, content_type="application/json")
