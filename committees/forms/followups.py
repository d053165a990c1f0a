"""What a meeting decided to do, and that it is done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.actions import ToDo
from committees.models import Case, FollowUp, Seat
from helsefellesskap.forms import DayField
from partners.models import Partner

OTHER = "other"  # whoever is neither in the committee nor a party


class FollowUpForm(forms.Form):
    what = forms.CharField(
        label=_("Hva skal gjøres?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    case = forms.ChoiceField(label=_("Sak"), required=False)
    who = forms.ChoiceField(label=_("Ansvarlig"))
    who_else = forms.CharField(
        label=_("Ansvarlig som ikke står i listen"),
        max_length=200,
        required=False,
        help_text=_("Navnet står i den offentlige protokollen, om ikke saken er unntatt."),
    )
    due = DayField(label=_("Frist"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        *args: Any,
        cases: Sequence[Case],
        seats: Sequence[Seat],
        partners: Sequence[Partner],
        frozen: bool = False,
        **kwargs: Any,
    ) -> None:
        """`frozen`: the minutes are approved; what is to be done stands."""
        super().__init__(*args, **kwargs)
        self._cases = {str(case.pk): case for case in cases}
        self._who: dict[str, Seat | Partner] = {f"seat-{seat.pk}": seat for seat in seats}
        self._who |= {f"partner-{partner.pk}": partner for partner in partners}
        self._choose(
            "case",
            [("", _("Ingen bestemt sak"))]
            + [(key, f"{case.printed_number} {case.title}") for key, case in self._cases.items()],
        )
        self._choose(
            "who",
            [
                ("", _("Velg")),
                (OTHER, _("Annen, skriv under")),
                (_("I utvalget"), [(f"seat-{seat.pk}", seat.printed_name) for seat in seats]),
                (_("Parter"), [(f"partner-{partner.pk}", str(partner)) for partner in partners]),
            ],
        )
        for name in ("what", "case"):
            self.fields[name].disabled = frozen

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        who, who_else = given.get("who"), given.get("who_else")
        if who == OTHER and not who_else:
            self.add_error("who_else", _("Skriv hvem som er ansvarlig, eller velg i listen over."))
        if who and who != OTHER and who_else:
            self.add_error("who", _("Velg «Annen» når navnet er skrevet under, eller ta det bort."))
        return given

    def to_do(self) -> ToDo:
        facts = self.cleaned_data
        return ToDo(
            what=facts["what"],
            responsible=self._who.get(facts["who"], facts["who_else"]),
            due=facts["due"],
            case=self._cases.get(facts["case"] or ""),
        )


def begun_with(item: FollowUp) -> dict[str, Any]:
    """What the form of an item begins with."""
    key = (
        f"seat-{item.seat_id}" if item.seat_id else f"partner-{item.partner_id}" if item.partner_id else OTHER
    )
    return {
        "what": item.what,
        "case": str(item.case_id or ""),
        "who": key,
        "who_else": item.responsible,
        "due": item.due,
        "version": item.version,
    }


class DoneForm(forms.Form):
    day = DayField(label=_("Utført"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("Hva ble gjort?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
