"""The form of a saksframlegg."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Case
from committees.models.cases import FIELDS
from helsefellesskap.forms import DayField


class CaseForm(forms.ModelForm):
    """The fields of `FIELDS`. What it was opened with is sent along, so that it is known what was changed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields = FIELDS
        field_classes = {"document_date": DayField}
        widgets = {
            "recommendation": forms.Textarea(attrs={"rows": 3}),
            "background": forms.Textarea(attrs={"rows": 5}),
            "presentation": forms.Textarea(attrs={"rows": 8}),
            "conclusion": forms.Textarea(attrs={"rows": 4}),
            "public_copy": forms.Textarea(attrs={"rows": 4}),
            "access": forms.RadioSelect,
        }
        help_texts = {
            "conclusion_heading": _("Slik utvalget kaller den."),
            "legal_basis": _(
                "For saker som er unntatt offentlighet, for eksempel «offentleglova § 13, jf. …»."
            ),
            "wider_access_considered": _("Offentleglova § 11."),
            "public_title": _("Tittelen som alle kan se når saken er unntatt offentlighet."),
            "public_copy": _("Teksten uten det som er unntatt. Tomt: bare tittelen blir offentlig."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name].show_hidden_initial = True
        self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("access") == Case.Access.RESTRICTED and not facts.get("legal_basis"):
            self.add_error("legal_basis", _("Oppgi hjemmelen når saken er unntatt offentlighet."))
        return facts

    def facts(self) -> dict[str, Any]:
        """What is to be saved: all but what the person chose to leave as somebody else wrote it."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.data.get(f"keep-{name}") != "theirs"}
