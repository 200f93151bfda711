"""The authoring site itself, and its users, whom administrators alone see."""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from rest_framework.authtoken.admin import TokenProxy  # type: ignore[attr-defined]

from apps.accounts.models import User

# Django's admin and forms are generic to the type checker only.
if TYPE_CHECKING:
    NewUserFormBase = AdminUserCreationForm[User]
    UserFormBase = UserChangeForm[User]
    UserAdminBase = StockUserAdmin[User]
else:
    NewUserFormBase, UserFormBase, UserAdminBase = (
        AdminUserCreationForm,
        UserChangeForm,
        StockUserAdmin,
    )

admin.site.site_header = "Passnotes authoring"
admin.site.site_title = "Passnotes authoring"
admin.site.index_title = "Your exams"
# A token on a page is a token somebody may copy; people see their own in their settings.
admin.site.unregister(TokenProxy)
# Nor is it anybody's business what second step somebody uses and where they are signed in.
admin.site.unregister(Authenticator)
admin.site.unregister(UserSession)
# One way to sign in, with its limits on tries, for the whole site.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class NewUserForm(NewUserFormBase):
    class Meta:
        model = User
        fields = ("email",)
        field_classes = {"email": forms.EmailField}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UserForm(UserFormBase):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = {"email": forms.EmailField}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@admin.register(User)
class UserAdmin(UserAdminBase):
    """People, by their address."""

    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (
            "How they study",
            {"fields": ("time_zone", "day_start_hour", "theme", "text_size", "buttons")},
        ),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("When", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser
