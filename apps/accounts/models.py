"""Who somebody is, and how they like to study."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone


def validate_time_zone(name: str) -> None:
    """Accept Region/City names only: short ones such as CET mean different things to PostgreSQL."""
    if name != "UTC" and ("/" not in name or name not in available_timezones()):
        raise ValidationError("Choose a time zone such as Europe/Paris.")


class Theme(models.TextChoices):
    SYSTEM = "system", "As my device"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Buttons(models.IntegerChoices):
    """With how many buttons a card is rated."""

    TWO = 2, "Two: Again, Good"
    FOUR = 4, "Four: Again, Hard, Good, Easy"


class TextSize(models.TextChoices):
    NORMAL = "normal", "Normal"
    LARGE = "large", "Large"
    LARGER = "larger", "Larger"


class UserManager(BaseUserManager["User"]):
    """Makes people from an email address, which is what they sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their email address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_staff = models.BooleanField(default=False, help_text="May open the authoring pages")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(
        default=False, help_text="May be entered without a password on an embedded installation"
    )
    date_joined = models.DateTimeField(default=timezone.now)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    day_start_hour = models.PositiveSmallIntegerField(
        default=4,
        validators=[MaxValueValidator(23)],
        help_text="The hour at which a new study day begins",
    )
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    text_size = models.CharField(max_length=6, choices=TextSize, default=TextSize.NORMAL)
    buttons = models.PositiveSmallIntegerField(choices=Buttons, default=Buttons.FOUR)
    keys = models.JSONField(
        default=dict,
        blank=True,
        help_text="By action, the keys of the study page that differ from the usual ones",
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]


# Whoever a request comes from; every scoped queryset takes one.
Person = User | AnonymousUser
