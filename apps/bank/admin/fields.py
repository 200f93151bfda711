"""Form fields for an item's words."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget


class ProseField(forms.CharField):
    """Words of some lines. Browsers end lines their own way; that alone is no change."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class LinesField(forms.Field):
    """A list of texts, written one on each line."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


PROSE = {"form_class": ProseField, "widget": AdminTextareaWidget(attrs={"rows": 3})}


def show_for(fields: Mapping[str, forms.Field], name: str, kinds: Collection[str]) -> None:
    """Show a field for items of these kinds only; `kinds.js` follows the choice of a kind."""
    fields[name].widget.attrs["data-kinds"] = " ".join(kinds)
