"""Forms for an edited file and for adjusting what it proposes."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from plans.editable import BLOCK, INLINE
from plans.edited import LONGEST
from plans.models import ProposedChange

from .fields import RichText


class EditedFileForm(forms.Form):
    file = forms.FileField(
        label=_("Redigert Word-fil"),
        allow_empty_file=True,  # the reader has a sentence of its own for those
        help_text=_("Filen som ble lastet ned herfra (.docx), høyst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Velg en fil først.")},
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("accept", ""), ("reject", "")])
    version = forms.IntegerField(required=False)


class AdjustForm(forms.Form):
    after = forms.CharField(label=_("Slik skal det stå"), required=False, strip=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: ProposedChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rich = proposal.field in BLOCK | INLINE
        widget = RichText(inline=proposal.field in INLINE) if rich else forms.Textarea(attrs={"rows": 3})
        self.fields["after"].widget = widget
        if longest := LONGEST.get(proposal.field):
            self.fields["after"].validators.append(MaxLengthValidator(longest))
        self.initial.setdefault("after", proposal.after)
