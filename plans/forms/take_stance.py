"""A seat's answer: number 0 is the whole plan, 1 and up its measures. Only what was sent has fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import AgendaItem
from helsefellesskap.dates import in_words
from helsefellesskap.forms import DayField, field_of
from plans.actions.take_stance import Answer
from plans.models import Stance
from plans.stance_rows import StanceRow

Kind = Stance.Kind
WHOLE = 0
NONE = "none"  # «ingen unntak»: takes back what was chosen
REMARKED = (Kind.RESERVES, Kind.DISAGREES)


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields of one number, and what is wrong with them."""

    kind: str = ""
    remark: str = ""
    date: str = ""
    errors: tuple[tuple[str, str], ...] = ()  # (field, message)


class StancesForm(forms.Form):
    """`answers()` of a valid form. `shown` is the SHA-256 of the version that the page showed."""

    shown = forms.CharField(widget=forms.HiddenInput)
    last = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    how = forms.ChoiceField(label=gettext_lazy("Hvordan svaret ble gitt"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        rows: Sequence[StanceRow],
        whole: Filled,
        typed_in: bool = False,
        items: Sequence[AgendaItem] = (),
    ) -> None:
        super().__init__(data)
        self.items = {str(item.pk): item for item in items}
        field_of(self, "how", forms.ChoiceField).choices = _ways(items)
        self.by_number = {row.n: row for row in rows}
        self.typed_in = typed_in
        self.now = {WHOLE: whole} | {row.n: exception_of(row, whole.kind) for row in rows}
        for n in sorted(self._sent(data)) if data is not None else ():
            name = self._name(n)
            self.fields[f"kind-{n}"] = forms.ChoiceField(
                label=name, required=False, choices=[*Kind.choices, (NONE, NONE)]
            )
            self.fields[f"remark-{n}"] = forms.CharField(
                label=f"{name}: {_('merknad')}", required=False, max_length=2000
            )
            self.fields[f"date-{n}"] = DayField(label=f"{name}: {_('ventes behandlet')}", required=False)

    def _sent(self, data: Any) -> set[int]:
        """The numbers that the form says something of; a field without words says nothing."""
        found = set()
        for key in data:
            match = re.fullmatch(r"(?:kind|remark|date)-(\d{1,5})", key)
            if match and data[key].strip() and (n := int(match[1])) in self.now:
                found.add(n)
        return found

    def _name(self, n: int) -> str:
        if n == WHOLE:
            return _("Hele planen")
        measure = self.by_number[n].measure
        return _("Tiltak %(name)s") % {"name": f"{measure.label} {measure.text[:60]}".strip()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for n in self._numbers():
            kind = cleaned.get(f"kind-{n}")
            if kind in REMARKED and not cleaned.get(f"remark-{n}"):
                self.add_error(f"remark-{n}", _("Skriv kort hva det gjelder."))
            if kind == "" and cleaned.get(f"remark-{n}"):
                self.add_error(f"kind-{n}", _("Velg hva merknaden gjelder."))
            expected: date | None = cleaned.get(f"date-{n}")
            if kind == Kind.OWN_BODY and expected and expected < timezone.localdate() and not self.typed_in:
                self.add_error(f"date-{n}", _("Datoen har allerede vært."))
        if not self.errors and not self.answers():
            raise forms.ValidationError(gettext_lazy("Velg et svar for hele planen eller for et tiltak."))
        return cleaned

    def _numbers(self) -> list[int]:
        return [int(name.removeprefix("kind-")) for name in self.fields if name.startswith("kind-")]

    def answers(self) -> list[Answer]:
        """What is answered: the whole first, then the exceptions in the plan's order."""
        return [
            self._answer(n)
            for n in self._numbers()
            if self.cleaned_data.get(f"kind-{n}") not in (None, "", NONE)
        ]

    def _answer(self, n: int) -> Answer:
        kind = self.cleaned_data[f"kind-{n}"]
        row = self.by_number.get(n)
        return Answer(
            kind=kind,
            item=row.measure.key if row else "",
            words=row.words if row else "",
            remark=self.cleaned_data[f"remark-{n}"],
            expected_on=self.cleaned_data[f"date-{n}"] if kind == Kind.OWN_BODY else None,
        )

    @property
    def given_in(self) -> AgendaItem | None:
        """The item of a meeting's list at which it was said; None where it came on paper."""
        return self.items.get(self.cleaned_data["how"])

    def filled(self, n: int) -> Filled:
        """What the page shows in the fields of this number: what was sent, else what stands."""
        if not self.is_bound:
            return self.now[n]
        return Filled(
            kind=self.data.get(f"kind-{n}", ""),
            remark=self.data.get(f"remark-{n}", ""),
            date=self.data.get(f"date-{n}", ""),
            errors=tuple(
                (name, str(error))
                for name in (f"kind-{n}", f"remark-{n}", f"date-{n}")
                for error in self.errors.get(name, ())
            ),
        )

    @property
    def exceptions(self) -> list[tuple[StanceRow, Filled]]:
        """What stands of measures by themselves, whatever is being filled in."""
        return [(row, self.now[n]) for n, row in self.by_number.items() if self.now[n].kind]

    @property
    def whole(self) -> Filled:
        return self.filled(WHOLE)

    @property
    def rows(self) -> Iterator[tuple[StanceRow, Filled]]:
        for n, row in self.by_number.items():
            yield row, self.filled(n)


def _ways(items: Sequence[AgendaItem]) -> list[tuple[str, str]]:
    told = _("i møtet %(day)s, sak %(number)s")
    return [
        ("", _("på papir")),
        *(
            (
                str(item.pk),
                told
                % {
                    "day": date_format(item.meeting.date, in_words("j. F Y")),
                    "number": item.case.printed_number,
                },
            )
            for item in items
        ),
    ]


def exception_of(row: StanceRow, whole: str = "") -> Filled:
    """What the seat said of this measure beside the whole; what it said on other words is asked anew."""
    answer = row.answer
    given = answer.given if answer else None
    if answer is None or given is None or not given.item or answer.stale:
        return Filled()
    if given.kind == whole and not given.remark:
        return Filled()
    return as_filled(given.kind, given.remark, given.expected_on)


def as_filled(kind: str, remark: str, expected_on: date | None) -> Filled:
    return Filled(kind, remark, expected_on.isoformat() if expected_on else "")
