"""Who the caller is, and the token by which a program acts for them."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, generics, permissions
from rest_framework.authtoken.models import Token
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.accounts.requests import signed_in
from apps.accounts.serializers import CredentialsSerializer, TokenSerializer, UserSerializer
from apps.common.errors import NotAllowed


class MeView(generics.RetrieveUpdateAPIView[User]):
    """The signed-in person."""

    serializer_class = UserSerializer
    queryset = User.objects.none()
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> User:
        return signed_in(self.request)

    @extend_schema(summary="Who you are")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Change your name and how you like to study")
    def patch(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().patch(request, *args, **kwargs)


class TokenView(APIView):
    """Email and password in, token out."""

    permission_classes = [permissions.AllowAny]
    throttle_scope = "token"

    @extend_schema(
        summary="Get the token by which a program acts for you",
        description="Send it as `Authorization: Token …`. Ten tries a minute.",
        request=CredentialsSerializer,
        responses=TokenSerializer,
        auth=[],
    )
    def post(self, request: Request) -> Response:
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        user = authenticate(
            request,
            username=credentials.validated_data["email"].lower(),
            password=credentials.validated_data["password"],
        )
        if not isinstance(user, User):
            raise exceptions.AuthenticationFailed("Email and password do not match.")
        if is_mfa_enabled(user):
            raise NotAllowed("You sign in in two steps: make the token in your settings.")
        token, _ = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})
