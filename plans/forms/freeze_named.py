"""The form that gives a frozen version its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Plan, Revision


class FreezeNamedForm(forms.Form):
    name = forms.CharField(
        label=_("Navn på versjonen"),
        max_length=100,
        help_text=_("For eksempel «til SSU 12. mars». Navnet kan ikke endres senere."),
    )
    note = forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvorfor versjonen er låst, eller hva utvalget bes om å se på."),
    )
    for_review = forms.BooleanField(label=_("Versjonen legges fram for et utvalg"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Revision.objects.filter(plan=self.plan, name=name).exists():
            raise forms.ValidationError(_("Planen har allerede en versjon med dette navnet."))
        return name
