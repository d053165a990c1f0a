"""Forms that tie frozen versions to cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from plans.models import Plan, Revision


class CaseAboutForm(forms.Form):
    revision = forms.ModelChoiceField(Revision.objects.none(), label=_("Hvilken versjon?"), empty_label=None)
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=_("Hvilket utvalg?"), empty_label=_("Velg utvalg")
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revision: Any = self.fields["revision"]
        revision.queryset = plan.revisions.order_by("-number")
        revision.label_from_instance = _named
        committee: Any = self.fields["committee"]
        committee.queryset = plan.community.committees.order_by("rank", "abbreviation")


class LayInCaseForm(forms.Form):
    revision = forms.ModelChoiceField(
        Revision.objects.none(), label=_("Hvilken låst versjon?"), empty_label=_("Velg versjon")
    )

    def __init__(self, *args: Any, revisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["revision"]
        field.queryset = revisions
        field.label_from_instance = lambda revision: f"{revision.plan.title}, {_named(revision)}"


def _named(revision: Revision) -> str:
    number = _("versjon %(number)s") % {"number": revision.number}
    return f"{number}, {revision.name}" if revision.name else str(number)
