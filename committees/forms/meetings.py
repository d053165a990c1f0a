"""Forms about meetings: when and where, the yearly wheel, and the committee's own rules."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from committees.actions import When
from committees.models import Case, Committee, Meeting, Seat, WheelEntry
from committees.rulebook import Rules
from helsefellesskap.forms import DayField


class Clock(forms.TimeInput):
    """The browser's own field for hours and minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    date = DayField(label=_("Dato"))
    starts_at = forms.TimeField(label=_("Begynner"), required=False, widget=Clock)
    ends_at = forms.TimeField(label=_("Slutter"), required=False, widget=Clock)
    place = forms.CharField(label=_("Sted"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Lenke til videomøte"), max_length=200, required=False, assume_scheme="https"
    )
    papers_due = DayField(label=_("Papirene sendes senest"), required=False)

    def __init__(
        self, *args: Any, committee: Committee, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        if meeting:
            kwargs["initial"] = {name: getattr(meeting, name) for name in When.__dataclass_fields__}
        super().__init__(*args, **kwargs)
        days = committee.rulebook.papers_days
        self.fields["papers_due"].help_text = _("Tomt: %(days)s dager før møtet, som reglene sier.") % {
            "days": days
        }
        self.committee = committee

    def when(self) -> When:
        facts = self.cleaned_data
        due = facts["papers_due"] or self.committee.rulebook.papers_due(facts["date"])
        return When(**{**facts, "papers_due": due})


class AgendaForm(forms.Form):
    """Which waiting case is put on a meeting's list."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Sak"), empty_label=_("Velg en sak"))

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset = cases
        field.label_from_instance = lambda case: f"{case.printed_number} {case.title}"


class WheelForm(forms.Form):
    date = DayField(label=_("Dato"))
    kind = forms.ChoiceField(label=_("Hva slags dag?"), choices=WheelEntry.Kind.choices, initial="other")
    text = forms.CharField(label=_("Hva skjer?"), max_length=200)


class RulesForm(forms.Form):
    """`rulebook.Rules` as a form: what the committee's mandate says."""

    must_join = forms.MultipleChoiceField(
        label=_("Sider som må slutte seg til for at det er enighet"),
        choices=Seat.Side.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen valgt betyr alle sidene som har plass i utvalget."),
    )
    quorum_percent = forms.IntegerField(
        label=_("Vedtaksført når mer enn så mange prosent møter"),
        min_value=0,
        max_value=99,
        help_text=_("Av dem som har en plass som avgjør saker. 50 betyr mer enn halvparten."),
    )
    quorum_sides = forms.MultipleChoiceField(
        label=_("Sider som må være til stede med minst én"),
        choices=Seat.Side.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    observers_speak = forms.BooleanField(label=_("Observatører har talerett"), required=False)
    observers_propose = forms.BooleanField(label=_("Observatører har forslagsrett"), required=False)
    adopts_by_authority = forms.BooleanField(
        label=_("Utvalget vedtar bare det som det har fått myndighet til"), required=False
    )
    votes = forms.BooleanField(label=_("Mandatet har avstemning"), required=False)
    minutes_approvers = forms.TypedChoiceField(
        label=_("Hvem som godkjenner møteprotokollen"),
        choices=[(2, _("Lederen og en til som var til stede")), (1, _("Lederen alene"))],
        coerce=int,
    )
    case_number = forms.CharField(
        label=_("Saksnummer"),
        max_length=50,
        help_text=_("«{number:02}-{year}» gir 07-2026, «{year}/{number}» gir 2026/7."),
    )
    conclusion_heading = forms.CharField(label=_("Overskrift over konklusjonen"), max_length=100)
    papers_days = forms.IntegerField(
        label=_("Papirene sendes så mange dager før møtet"),
        min_value=0,
        validators=[MaxValueValidator(90)],
    )
    cases_days = forms.IntegerField(
        label=_("Saker meldes så mange dager før papirene sendes"),
        min_value=0,
        validators=[MaxValueValidator(180)],
    )

    def rulebook(self) -> Rules:
        return Rules.read(self.cleaned_data)
