"""The form in which a person travels over HTTP: only ever themselves."""

from typing import Any

from rest_framework import serializers

from apps.accounts.keys import Action, all_keys, faults_of, unusual
from apps.accounts.models import User


class KeysField(serializers.DictField):
    """The key of every action; what is sent is the whole choice, the rest gets its usual key."""

    child = serializers.CharField(max_length=5)

    def to_representation(self, value: dict[str, str]) -> dict[str, str]:
        return all_keys(value)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        sent: dict[str, str] = super().to_internal_value(data)
        if unknown := sorted(set(sent) - set(Action.values)):
            raise serializers.ValidationError(
                {action: ["There is no such action."] for action in unknown}
            )
        keys = all_keys({action: key.lower() for action, key in sent.items()})
        if faults := faults_of(keys):
            raise serializers.ValidationError({action: [fault] for action, fault in faults.items()})
        return unusual(keys)


class UserSerializer(serializers.ModelSerializer[User]):
    keys = KeysField(
        required=False,
        help_text="By action, the key of the study page: a character, `space` or `enter`. Sent, "
        "it is the whole choice: what it does not name gets its usual key.",
    )

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
            "keys",
        )
        read_only_fields = ("id", "email")


class CredentialsSerializer(serializers.Serializer[User]):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)


class TokenSerializer(serializers.Serializer[User]):
    token = serializers.CharField()
