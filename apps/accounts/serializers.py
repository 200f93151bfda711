"""The form in which a person travels over HTTP: only ever themselves."""

from rest_framework import serializers

from apps.accounts.models import User


class UserSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "name",
            "time_zone",
            "day_start_hour",
            "theme",
            "text_size",
            "buttons",
        )
        read_only_fields = ("id", "email")


class CredentialsSerializer(serializers.Serializer[User]):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)


class TokenSerializer(serializers.Serializer[User]):
    token = serializers.CharField()
