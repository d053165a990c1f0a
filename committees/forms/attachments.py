"""The form of a file that is added to a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Case

_FILE = forms.FileInput(attrs={"accept": ".pdf,.docx"})


class AttachmentForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,  # the check has a sentence of its own for those
        help_text=_("PDF eller Word (.docx), høyst 20 MB."),
        widget=_FILE,
        error_messages={"required": _("Velg en fil først.")},
    )
    title = forms.CharField(label=_("Tittel"), max_length=200)
    access = forms.ChoiceField(
        label=_("Tilgang"), choices=Case.Access.choices, initial=Case.Access.PUBLIC, widget=forms.RadioSelect
    )
    legal_basis = forms.CharField(
        label=_("Hjemmel"),
        max_length=200,
        required=False,
        help_text=_("For det som er unntatt offentlighet, for eksempel «offentleglova § 13, jf. …»."),
    )
    public_file = forms.FileField(
        label=_("Sladdet fil til offentlig kopi"), required=False, allow_empty_file=True, widget=_FILE
    )

    confirmed = forms.BooleanField(
        label=_("Fødselsnummeret må stå i vedlegget"), required=False, widget=forms.HiddenInput
    )

    def ask_to_confirm(self) -> None:
        """From now on the box is shown."""
        self.fields["confirmed"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("access") == Case.Access.RESTRICTED and not facts.get("legal_basis"):
            self.add_error("legal_basis", _("Oppgi hjemmelen når vedlegget er unntatt offentlighet."))
        return facts
