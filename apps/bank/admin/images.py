"""The images of a card beside its form: added, described, ordered, taken away."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from apps.bank.models import Card, CardImage
from apps.bank.services.items import Attached
from apps.bank.services.media import check_image, store_images
from apps.common.errors import DomainError
from apps.common.images import LARGEST_IMAGE, ImageKind
from apps.courses.authoring import StockForm

if TYPE_CHECKING:
    ImageInlineBase = admin.TabularInline[CardImage, Card]
else:
    ImageInlineBase = admin.TabularInline

LAST = float("inf")
ACCEPTED = ",".join(kind.content_type for kind in ImageKind)


class ImageForm(StockForm[CardImage]):
    """An image; one without a position stands after the others."""

    upload = forms.FileField(
        label="file",
        required=False,
        help_text="PNG, JPEG, GIF or WebP, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    position = forms.IntegerField(required=False, min_value=0, widget=AdminIntegerFieldWidget)

    class Meta:
        model = CardImage
        fields = ("side", "alt", "position")
        help_texts = {
            "alt": "What the image shows, for those who do not see it. On the front it must not "
            "give the answer away.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The headings of the table are no labels to a screen reader.
            field.widget.attrs["aria-label"] = field.label
        if self.instance.pk is None:
            self.initial["position"] = None

    def clean_upload(self) -> bytes | None:
        """The bytes of a new image; None where the row keeps the one it has."""
        file = self.cleaned_data.get("upload")
        if not isinstance(file, UploadedFile):
            if self.instance.pk is None and self.has_changed():
                raise ValidationError("Choose the file of the image.")
            return None
        data: bytes = file.read(LARGEST_IMAGE + 1)
        try:
            check_image(data)
        except DomainError as error:
            raise ValidationError(error.message) from error
        return data


class ImageInline(ImageInlineBase):
    model = CardImage
    form = ImageForm
    fields = ("shown", "upload", "side", "alt", "position")
    readonly_fields = ("shown",)
    extra = 1
    verbose_name = "image"

    def get_queryset(self, request: HttpRequest) -> QuerySet[CardImage]:
        return super().get_queryset(request).select_related("file")

    @admin.display(description="image")
    def shown(self, image: CardImage) -> str:
        return render_to_string("partials/images.html", {"images": [image] if image.pk else []})

    def has_delete_permission(self, request: HttpRequest, obj: Card | None = None) -> bool:
        """Taking an image out changes the card; its versions keep what it showed."""
        return self.has_change_permission(request, obj)


def store_rows(formset: Any, now: datetime) -> list[Attached]:
    """Keep what was uploaded; returns the card's images, in the order of their positions."""
    rows = [
        (form.cleaned_data, form.instance.file_id)
        for form in formset.forms
        if form.cleaned_data.get("alt") and not form.cleaned_data.get("DELETE")
    ]
    rows.sort(key=lambda row: LAST if row[0]["position"] is None else row[0]["position"])
    uploads = [row["upload"] for row, _ in rows if row["upload"]]
    stored = iter(store_images(sources=[partial(bytes, data) for data in uploads], now=now))
    return [
        Attached(row["side"], next(stored) if row["upload"] else kept, row["alt"])
        for row, kept in rows
    ]
