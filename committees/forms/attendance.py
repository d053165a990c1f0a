"""Who was there at one item of the list, seat by seat."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Seat

AWAY, OWN = "", "own"  # of a deputy: not there; there and sitting for nobody


class AttendanceForm(forms.Form):
    """A check box for each seat; for each deputy whom they sat for."""

    rest = forms.BooleanField(
        label=gettext_lazy("Før det samme for sakene etter denne"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        seats: list[Seat],
        present: Mapping[int, int | None],
        recused: Iterable[int],
        more: bool,
        **kwargs: Any,
    ) -> None:
        """`present` is what is believed (seat → whose place); `recused` seats are out of the case."""
        super().__init__(*args, **kwargs)
        self.seats, self._recused = seats, set(recused)
        members = [seat for seat in seats if seat.role != Seat.Role.DEPUTY]
        if not more:
            del self.fields["rest"]
        for seat in members:
            self.fields[f"seat-{seat.pk}"] = self._member(seat, there=seat.pk in present)
        for seat in seats:
            if seat.role == Seat.Role.DEPUTY:
                self.fields[f"seat-{seat.pk}"] = _deputy(seat, members, present)

    def _member(self, seat: Seat, *, there: bool) -> forms.BooleanField:
        out = seat.pk in self._recused
        label = f"{seat.printed_name}, {seat.get_role_display()}"
        return forms.BooleanField(
            label=f"{label} ({_('inhabil i saken')})" if out else label,
            required=False,
            initial=there and not out,
            disabled=out,
        )

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under the side's name; deputies last."""

        def heading(seat: Seat) -> str:
            deputy = seat.role == Seat.Role.DEPUTY
            return _("Vara") if deputy else str(seat.get_side_display()).capitalize()

        return [
            (name, [self[f"seat-{seat.pk}"] for seat in group])
            for name, group in groupby(self.seats, heading)
        ]

    def present(self) -> dict[Seat, Seat | None]:
        """As `record_attendance` takes it."""
        by_key = {str(seat.pk): seat for seat in self.seats}
        found: dict[Seat, Seat | None] = {}
        for seat in self.seats:
            answer = self.cleaned_data[f"seat-{seat.pk}"]
            if seat.role != Seat.Role.DEPUTY:
                if answer:
                    found[seat] = None
            elif answer != AWAY:
                found[seat] = by_key.get(answer)
        return found


def _deputy(seat: Seat, members: list[Seat], present: Mapping[int, int | None]) -> forms.ChoiceField:
    # Their own member first.
    members = sorted(members, key=lambda member: member.pk != seat.deputy_for_id)
    choices = [(AWAY, _("ikke til stede"))]
    choices += [(str(m.pk), _("møter for %(name)s") % {"name": m.printed_name}) for m in members]
    choices.append((OWN, _("til stede uten å møte for noen")))
    initial = AWAY if seat.pk not in present else str(present[seat.pk] or OWN)
    return forms.ChoiceField(label=seat.printed_name, choices=choices, initial=initial, required=False)
