"""Forms for recording a decision and for publishing a plan as received."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, DecisionPoint
from helsefellesskap.forms import DayField, field_of
from plans.actions.adopt import DecisionFacts
from plans.document import Case
from plans.models import Plan, Publication


class AdoptForm(forms.Form):
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=_("Hvilket utvalg vedtok planen?"), empty_label=_("Velg utvalg")
    )
    meeting_date = DayField(label=_("Møtedato"))
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=50, help_text=_("Slik det er trykt, for eksempel 07-2026.")
    )
    case_title = forms.CharField(label=_("Sakens tittel"), max_length=300)
    point = forms.IntegerField(label=_("Vedtakspunkt"), min_value=1, max_value=99, initial=1)
    verb = forms.ChoiceField(
        label=_("Hva gjorde utvalget?"),
        choices=[(v.value, f"{v.label} …") for v in DecisionPoint.ADOPTING],
    )
    wording = forms.CharField(
        label=_("Vedtakets ordlyd"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    provisional_until = forms.CharField(
        label=_("Foreløpig til"),
        required=False,
        max_length=200,
        help_text=_("Fylles ut når planen er foreløpig vedtatt: en dato eller for eksempel «årsmøtet 2027»."),
    )
    in_force_from = DayField(label=_("Gjelder fra"))
    published_from = DayField(label=_("Offentlig fra"), help_text=_("Fra denne dagen kan alle lese planen."))
    registered_afterwards = forms.BooleanField(
        label=_("Vedtaket ble gjort før portalen var i bruk (registreres i ettertid)"), required=False
    )

    def __init__(self, *args: Any, plan: Plan, case: Case | None = None, **kwargs: Any) -> None:
        """`case` is the saksframlegg that the plan's file held; it fills in what it knows."""
        kwargs["initial"] = {"published_from": timezone.localdate(), "in_force_from": plan.period_start}
        kwargs["initial"] |= _from_case(case) if case else {}
        super().__init__(*args, **kwargs)
        field_of(self, "committee", forms.ModelChoiceField).queryset = plan.community.committees.all()
        if public := Publication.objects.filter(revision__plan=plan).order_by("pk").last():
            self._keep_the_day(public.published_from)

    def _keep_the_day(self, day: date) -> None:
        """The words of a plan that was published as received become public on the day chosen then."""
        self.initial["published_from"] = day
        self.fields["published_from"].disabled = True
        self.fields["published_from"].help_text = _("Valgt da planen ble publisert som mottatt.")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        provisional = facts.get("verb") == DecisionPoint.Verb.ADOPTS_PROVISIONALLY
        if provisional and not facts.get("provisional_until"):
            self.add_error("provisional_until", _("Skriv hvor lenge det foreløpige vedtaket gjelder."))
        meeting = facts.get("meeting_date")
        if meeting and meeting > timezone.localdate():
            self.add_error("meeting_date", _("Møtet har ikke vært ennå: et vedtak registreres etter møtet."))
        return facts

    def facts(self) -> DecisionFacts:
        names = DecisionFacts.__dataclass_fields__
        return DecisionFacts(**{name: self.cleaned_data[name] for name in names})


def _from_case(case: Case) -> dict[str, Any]:
    fields = {field.key: field for field in case.fields}
    found = {"case_title": case.title}
    if number := fields.get("number"):
        found["case_number"] = number.text
    if (meeting := fields.get("meeting_date")) and meeting.date:
        found["meeting_date"] = meeting.date
    return found


class PublishReceivedForm(forms.Form):
    published_from = DayField(label=_("Offentlig fra"), help_text=_("Fra denne dagen kan alle lese planen."))
    understood = forms.BooleanField(
        label=_("Jeg har sett etter, og finner ikke opplysninger om hvem som vedtok planen."),
        error_messages={"required": _("Kryss av for at du har sett etter vedtaksopplysninger.")},
    )
