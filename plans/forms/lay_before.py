"""The form that lays a version before committees."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Committee
from helsefellesskap.forms import DayField, field_of
from plans.models import Plan, Revision
from plans.queries.compare import Side, frozen_versions

DRAFT = "utkast"


class LayBeforeForm(forms.Form):
    version = forms.ChoiceField(label=gettext_lazy("Hva legges fram?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Navn på versjonen"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "For eksempel «til SSU 12. mars». Gjelder når utkastet legges fram slik det står nå."
        ),
    )
    committees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Utvalg"),
        queryset=Committee.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst ett utvalg.")},
    )
    due = DayField(label=gettext_lazy("Svarfrist"))
    message = forms.CharField(
        label=gettext_lazy("Følgebrev"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Hva utvalget bes om å se på. Står øverst på siden til medlemmene."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.versions = {str(r.number): r for r in frozen_versions(plan)}
        choices = [
            (DRAFT, _("Utkastet slik det står nå")),
            *((n, Side(plan, r, own=True).label) for n, r in self.versions.items()),
        ]
        field_of(self, "version", forms.ChoiceField).choices = choices
        working = Q(until=None) | Q(until__gte=timezone.localdate())
        field_of(self, "committees", forms.ModelChoiceField).queryset = plan.community.committees.filter(
            working
        )

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("Svarfristen har allerede vært."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name = cleaned.get("name")
        if cleaned.get("version") == DRAFT and name and self.plan.revisions.filter(name=name).exists():
            self.add_error("name", _("Planen har allerede en versjon med dette navnet."))
        return cleaned

    @property
    def subject(self) -> Plan | Revision:
        """What is laid before the committees."""
        chosen = self.cleaned_data["version"]
        return self.plan if chosen == DRAFT else self.versions[chosen]
