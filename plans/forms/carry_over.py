"""What becomes of each old measure: one row of fields a measure, and choices for many at once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.forms import field_of
from plans.actions.carry_over import MOST_PARTS
from plans.carrying import GOES_ON, Decision, OldMeasure, State
from plans.models import Fate
from plans.templatetags.documents import STATUS_NAMES

Kind = Fate.Kind
_NUMBERS = {
    2: gettext_lazy("to"),
    3: gettext_lazy("tre"),
    4: gettext_lazy("fire"),
    5: gettext_lazy("fem"),
}
EVERY, NO_STATUS = "*", "-"


class Row(NamedTuple):
    """An old measure with its fields."""

    old: OldMeasure
    kind: forms.BoundField
    into: forms.BoundField
    reason: forms.BoundField


def _choices() -> list[tuple[str, str]]:
    split = [(f"split:{n}", _("deles i %(n)s") % {"n": _NUMBERS[n]}) for n in range(2, MOST_PARTS + 1)]
    return [
        ("", _("ikke avgjort")),
        *((str(kind), str(kind.label)) for kind in (Kind.CONTINUED, Kind.CHANGED)),
        (str(Kind.MERGED), _("slås sammen med nr.")),
        *split,
        *((str(kind), str(kind.label)) for kind in Fate.ENDS),
    ]


class CarryOverForm(forms.Form):
    """`decisions()` of a valid form are those that the person changed, and those of the choice for many."""

    base = forms.CharField(required=False, widget=forms.HiddenInput)
    many_status = forms.ChoiceField(label=gettext_lazy("Alle uavgjorte med status"), required=False)
    many_kind = forms.ChoiceField(
        label=gettext_lazy("blir"),
        required=False,
        choices=[
            ("", "–"),
            *((k, k.label) for k in (Kind.FINISHED, Kind.CONTINUED, Kind.CHANGED, Kind.DROPPED)),
        ],
    )
    many_reason = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any = None, *, olds: Sequence[OldMeasure], page: Iterable[OldMeasure]) -> None:
        self.olds = olds
        self.page = list(page)
        self.by_number = {old.number: old for old in olds}
        numbers = {old.key: old.number for old in olds}
        now = {old.number: _fields(old.state, numbers) for old in self.page}
        self.seen = _seen(data.get("base", "")) if data is not None else {}
        self.touched: set[int] = set()
        if data is not None:
            data = data.copy()
            for n, fields in now.items():
                sent = [data.get(f"{name}-{n}", "").strip() for name in ("kind", "into", "reason")]
                if sent != self.seen.get(n, ["", "", ""]):
                    self.touched.add(n)
                else:  # what nobody touched here is shown as it stands now
                    _put(data, n, fields)
        super().__init__(data)
        self.fields["base"].initial = self.base_now = json.dumps(now, ensure_ascii=False)
        self._add_many()
        choices = _choices()
        for n, (kind, into, reason) in now.items():
            self.fields[f"kind-{n}"] = forms.ChoiceField(
                label=_("Nr. %(n)s: hva skjer?") % {"n": n}, required=False, choices=choices, initial=kind
            )
            self.fields[f"into-{n}"] = forms.IntegerField(
                label=_("Nr. %(n)s: slås sammen med nr.") % {"n": n},
                required=False,
                min_value=1,
                max_value=len(olds),
                initial=into,
            )
            self.fields[f"reason-{n}"] = forms.CharField(
                label=_("Nr. %(n)s: begrunnelse") % {"n": n}, required=False, max_length=300, initial=reason
            )

    def _add_many(self) -> None:
        counts: dict[str, int] = {}
        for old in self.olds:
            if not old.decided:
                key = old.status_key or NO_STATUS
                counts[key] = counts.get(key, 0) + 1
        total = sum(counts.values())
        named = {EVERY: total} | dict(sorted(counts.items(), key=lambda pair: -pair[1]))
        field_of(self, "many_status", forms.ChoiceField).choices = [
            ("", "–"),
            *((key, f"{_status_name(key)} ({n})") for key, n in named.items()),
        ]

    @property
    def rows(self) -> Iterator[Row]:
        for old in self.page:
            n = old.number
            yield Row(old, self[f"kind-{n}"], self[f"into-{n}"], self[f"reason-{n}"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for n in sorted(self.touched):
            kind = cleaned.get(f"kind-{n}", "")
            if kind in Fate.ENDS and not cleaned.get(f"reason-{n}"):
                self.add_error(f"reason-{n}", _("Skriv kort hvorfor."))
            if kind == Kind.MERGED and f"into-{n}" in cleaned:
                self._check_into(n, cleaned)
        if "many" in self.data:
            for name in ("many_status", "many_kind"):
                if not cleaned.get(name):
                    self.add_error(name, _("Velg her først."))
        return cleaned

    def _check_into(self, n: int, cleaned: dict[str, Any]) -> None:
        into = cleaned[f"into-{n}"]
        if not into:
            self.add_error(f"into-{n}", _("Skriv nummeret til tiltaket det slås sammen med."))
            return
        kind = cleaned.get(f"kind-{into}", self.by_number[into].state.kind)
        if into == n or kind not in GOES_ON:
            self.add_error(f"into-{n}", _("Nr. %(into)s må selv videreføres eller endres.") % {"into": into})

    def decisions(self) -> list[Decision]:
        touched = {n: self._decision(n) for n in sorted(self.touched)}
        return [*touched.values(), *(self._many(set(touched)) if "many" in self.data else ())]

    def _decision(self, n: int) -> Decision:
        values = [self.cleaned_data[f"{name}-{n}"] for name in ("kind", "into", "reason")]
        seen = self.seen.get(n, ["", "", ""])
        return Decision(
            old=self.by_number[n].key,
            wanted=self._state(values[0], values[1], values[2]),
            seen=self._state(seen[0], int(seen[1] or 0), seen[2]),
        )

    def _state(self, choice: str, into: int | None, reason: str) -> State:
        kind, _colon, parts = choice.partition(":")
        target = self.by_number.get(into or 0) if kind == Kind.MERGED else None
        return State(kind, int(parts or 0), target.key if target else "", reason if kind else "")

    def _many(self, touched: set[int]) -> Iterator[Decision]:
        status, kind = self.cleaned_data["many_status"], self.cleaned_data["many_kind"]
        for old in self.olds:
            if old.decided or old.number in touched:
                continue
            if status in (EVERY, old.status_key or NO_STATUS):
                words = old.measure.status.text if old.measure.status else ""
                reason = self.cleaned_data["many_reason"] or (words if kind in Fate.ENDS else "")
                yield Decision(old=old.key, wanted=State(kind, reason=reason), seen=State())


class ExplainForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor kan planen gå videre med uavgjorte tiltak?"), max_length=1000
    )


def _fields(state: State, numbers: dict[str, int]) -> list[str]:
    """kind, into and reason as the form's fields have them."""
    kind = f"{state.kind}:{state.parts}" if state.parts else state.kind
    return [kind, str(numbers.get(state.into, "")), state.reason]


def _seen(base: str) -> dict[int, list[str]]:
    """What the page showed when it was made; a page that says nothing of it showed nothing decided."""
    try:
        sent = json.loads(base)
        return {int(n): [str(kind), str(into), str(reason)] for n, (kind, into, reason) in sent.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _put(data: Any, n: int, fields: list[str]) -> None:
    for name, value in zip(("kind", "into", "reason"), fields, strict=True):
        data[f"{name}-{n}"] = value


def _status_name(key: str) -> str:
    names = {EVERY: _("uansett status"), NO_STATUS: _("uten status")}
    return capfirst(names.get(key) or str(STATUS_NAMES.get(key, key)))
