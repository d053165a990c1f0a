"""Fields and widgets that the plan's forms share."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget

_INLINE = {
    "Bold": True, "Italic": True, "Underline": True, "Strike": True, "Subscript": True, "Superscript": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HardBreak": True,
}  # fmt: skip
_BLOCK = _INLINE | {
    "BulletList": True, "OrderedList": {"enableListAttributes": False}, "ListItem": True,
    "Blockquote": True, "Heading": {"levels": [4, 5]},
    "Table": True, "TableRow": True, "TableHeader": True, "TableCell": True,
}  # fmt: skip
# What the editor would drop without a word; such text is edited as it is stored.
_UNKNOWN_TO_EDITOR = re.compile(r"<caption|<(th|td|ol)\b[^>]*\b(scope|type)=")


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RichText(ProseEditorWidget):
    """An editor where scripts run, the stored HTML in a textarea where they do not."""

    def __init__(self, *, inline: bool = False) -> None:
        config = {"extensions": _INLINE if inline else _BLOCK}
        super().__init__(config=config, preset="configurable", attrs={"rows": 2 if inline else 8})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if _UNKNOWN_TO_EDITOR.search(value or ""):
            context["widget"]["attrs"].pop("data-django-prose-editor-configurable")
        return context


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class Pairs(forms.CharField):
    """Abbreviations as [short, long], one a line: «SSU = Strategisk samarbeidsutvalg»."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{short} = {long}" for short, long in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        pairs = []
        for line in filter(str.strip, (value or "").splitlines()):
            short, sign, long = (part.strip() for part in line.partition("="))
            if not (short and sign and long):
                raise forms.ValidationError(_("Linjen «%(line)s» mangler «=».") % {"line": line.strip()})
            if len(short) > 50 or len(long) > 300:
                raise forms.ValidationError(_("Linjen «%(line)s …» er for lang.") % {"line": line[:40]})
            pairs.append([short, long])
        return pairs
