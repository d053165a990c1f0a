"""Fields and widgets that the plan's forms share."""

import json
import re
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
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
# What the editor would drop or write otherwise without a word; such text is edited as it is stored.
_UNKNOWN_TO_EDITOR = re.compile(r'<caption|<t[hd]\b[^>]*\bscope=|<ol\b[^>]*\btype="1"|<ol type="\w" start=')


class _Facts(json.JSONDecoder):
    """An object that can be sent back, or null for a new row; all else is bad JSON.

    Python itself gives up on endless digits and depth with other errors.
    """

    def decode(self, s: str, *args: Any) -> dict[str, Any] | None:
        try:
            value = super().decode(s, *args)
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair cannot be sent
        except (ValueError, RecursionError) as error:
            raise json.JSONDecodeError("Unreadable", s, 0) from error
        if not isinstance(value, dict | None):
            raise json.JSONDecodeError("No object", s, 0)
        return value


class Base(forms.JSONField):
    """What each field of a form held when it was opened: field → text."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, decoder=_Facts)


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


class _Listed(forms.CharField):
    """Text that is read as a list. Django's own check of the text would look at the list instead."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        ProhibitNullCharactersValidator()(value or "")
        return super().clean(value)


class Lines(_Listed):
    """A list of texts, one a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class Pairs(_Listed):
    """Abbreviations as [short, long], one a line: «SSU = Strategisk samarbeidsutvalg»."""

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
