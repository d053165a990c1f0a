"""Forms for bringing a plan in: a file, or an empty plan with a title."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.preview import READINGS


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,  # the reader has a sentence of its own for those
        help_text=_("Word (.docx), PowerPoint (.pptx) eller tekst (.txt, .md), høyst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pptx,.txt,.md"}),
        error_messages={"required": _("Velg en fil først.")},
    )


class RereadForm(forms.Form):
    read_as = forms.ChoiceField(choices=list(READINGS.items()))


class StartPlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ("title", "kind")
