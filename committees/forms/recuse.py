"""Inhabilitet: reported by a member, and decided for one case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Recusal, Seat
from helsefellesskap.forms import field_of


class ReportRecusalForm(forms.Form):
    """One's own, or by those who prepare anybody's."""

    seat = forms.TypedChoiceField(label=gettext_lazy("Hvem gjelder det?"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Hva kan gjøre deg inhabil?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("Kort, uten helseopplysninger. Utvalget avgjør det for denne saken."),
    )

    def __init__(self, *args: Any, seats: list[Seat], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.pk: seat for seat in seats}
        field = field_of(self, "seat", forms.TypedChoiceField)
        field.choices = [(seat.pk, str(seat)) for seat in seats]
        if len(seats) == 1:
            field.initial, field.widget = seats[0].pk, forms.HiddenInput()
        if not own:
            self.fields["reason"].label = _("Hva er meldt?")

    def seat_chosen(self) -> Seat:
        return self.seats[self.cleaned_data["seat"]]


class RecuseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva avgjorde utvalget?"),
        widget=forms.RadioSelect,
        choices=[
            (Recusal.Outcome.RECUSED, gettext_lazy("Inhabil: er ute av saken")),
            (Recusal.Outcome.NOT_RECUSED, gettext_lazy("Habil: er med som før")),
        ],
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("Hjemmel"),
        max_length=200,
        help_text=gettext_lazy("For eksempel «forvaltningsloven § 6 første ledd bokstav e»."),
    )
    deputy = forms.TypedChoiceField(
        label=gettext_lazy("Vara som trer inn"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, deputies: list[Seat], recusal: Recusal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deputies = {seat.pk: seat for seat in deputies}
        own = next((seat.pk for seat in deputies if seat.deputy_for_id == recusal.seat_id), None)
        field = field_of(self, "deputy", forms.TypedChoiceField)
        field.choices = [("", _("Ingen")), *((s.pk, s.printed_name) for s in deputies)]
        decided = recusal.outcome != Recusal.Outcome.REPORTED
        self.initial = {
            "outcome": recusal.outcome if decided else None,
            "legal_basis": recusal.legal_basis,
            "deputy": recusal.deputy_id if decided else own,
        }

    def facts(self) -> dict[str, Any]:
        """As `recuse` takes them."""
        given = self.cleaned_data
        return {
            "recused": given["outcome"] == Recusal.Outcome.RECUSED,
            "legal_basis": given["legal_basis"],
            "deputy": self.deputies.get(given["deputy"]),
        }
