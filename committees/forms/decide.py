"""What a meeting decided, point by point."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from committees.actions import Point
from committees.models import Authority, Case, Committee, DecisionPoint, Meeting
from committees.subjects import Subject
from helsefellesskap.forms import DayField, field_of

Verb = DecisionPoint.Verb
MOST = 30  # points in a decision
_MANY = ("about", "stands_on")
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+", re.MULTILINE)
# What each verb asks for beside its wording; the page shows the others only without JavaScript.
_ADOPTION = ("in_force_from", "published_from", "with_changes", "stands_on")
FIELDS_OF: dict[str, tuple[str, ...]] = {
    Verb.ADOPTS: _ADOPTION,
    Verb.JOINS: _ADOPTION,
    Verb.BUILDS_ON: _ADOPTION,
    Verb.ADOPTS_PROVISIONALLY: (*_ADOPTION, "provisional_until"),
    Verb.POSTPONES: ("postponed_to",),
    Verb.LIFTS: ("lifted_to",),
    Verb.DELEGATES: ("delegates_to", "covers", "until"),
}


class PointForm(forms.Form):
    verb = forms.ChoiceField(
        label=_("Hva gjorde utvalget?"), choices=[("", _("Velg")), *((v.value, v.label) for v in Verb)]
    )
    wording = forms.CharField(
        label=_("Ordlyd"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000, required=True
    )
    about = forms.MultipleChoiceField(
        label=_("Punktet gjelder"), widget=forms.CheckboxSelectMultiple, required=False
    )
    in_force_from = DayField(label=_("Gjelder fra"), required=False)
    published_from = DayField(label=_("Offentlig fra"), required=False)
    provisional_until = forms.CharField(
        label=_("Foreløpig til"),
        max_length=200,
        required=False,
        help_text=_("En dato eller for eksempel «partnerskapsmøtet 2027»."),
    )
    with_changes = forms.BooleanField(
        label=_("Med de endringer som framkom i møtet"),
        required=False,
        help_text=_("Planen blir vedtatt når lederen har bekreftet ordlyden."),
    )
    stands_on = forms.MultipleChoiceField(
        label=_("Myndighet vedtaket bygger på"), widget=forms.CheckboxSelectMultiple, required=False
    )
    postponed_to = forms.ChoiceField(label=_("Utsettes til møtet"), required=False)
    lifted_to = forms.ChoiceField(label=_("Løftes til"), required=False)
    delegates_to = forms.ChoiceField(label=_("Gir myndighet til"), required=False)
    covers = forms.CharField(
        label=_("Hva myndigheten gjelder"),
        max_length=2000,
        required=False,
        help_text=_("Tomt: det som står i ordlyden."),
    )
    until = DayField(label=_("Myndigheten varer til og med"), required=False)
    votes_for = forms.IntegerField(label=_("Stemmer for"), min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label=_("Stemmer mot"), min_value=0, max_value=999, required=False)
    reason = forms.CharField(
        label=_("Begrunnelse"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        required=False,
        help_text=_("Må være med når noe sendes tilbake eller trekkes, og når noen var uenig."),
    )

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[Subject],
        authorities: Sequence[Authority],
        meetings: Sequence[Meeting],
        committees: Sequence[Committee],
        votes: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._things: dict[str, dict[str, Any]] = {
            "stands_on": {str(authority.pk): authority for authority in authorities},
            "postponed_to": {str(meeting.pk): meeting for meeting in meetings},
            "lifted_to": {str(committee.pk): committee for committee in committees},
            "delegates_to": {str(committee.pk): committee for committee in committees},
        }
        self._choose("about", [(s.key, f"{s.title} ({s.note})" if s.note else s.title) for s in subjects])
        self._choose("stands_on", [(key, str(a)) for key, a in self._things["stands_on"].items()])
        days = [(key, f"{meeting.date:%d.%m.%Y}") for key, meeting in self._things["postponed_to"].items()]
        self._choose("postponed_to", [("", _("Velg møte")), *days])
        bodies = [(key, str(body)) for key, body in self._things["lifted_to"].items()]
        for name in ("lifted_to", "delegates_to"):
            self._choose(name, [("", _("Velg utvalg")), *bodies])
        self.initial.setdefault("about", [subject.key for subject in subjects])
        unused = [] if votes else ["votes_for", "votes_against"]
        unused += [name for name, there in (("about", subjects), ("stands_on", authorities)) if not there]
        for name in unused:
            del self.fields[name]
        for name, field in self.fields.items():
            verbs = [verb for verb, names in FIELDS_OF.items() if name in names]
            if verbs:
                field.widget.attrs["data-verbs"] = " ".join(verbs)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field_of(self, name, forms.ChoiceField).choices = choices

    @property
    def shown(self) -> list[tuple[forms.BoundField, str]]:
        """The fields in order, each with the verbs that ask for it (empty: all)."""
        return [
            (self[name], " ".join(verb for verb, names in FIELDS_OF.items() if name in names))
            for name in self.fields
            if name != "DELETE"
        ]

    def point(self) -> Point:
        """The point as `decide` takes it: of what another verb asks for nothing is kept."""
        given = self.cleaned_data
        wanted = FIELDS_OF.get(given["verb"], ())
        kept = {name: given.get(name) for name in wanted}
        effect = {name: kept.get(name) for name in ("in_force_from", "published_from") if kept.get(name)}
        if kept.get("provisional_until"):
            effect["provisional_until"] = kept["provisional_until"]
        return Point(
            verb=given["verb"],
            wording=given["wording"],
            about=tuple(given.get("about") or ()),
            effect=effect,
            reason=given["reason"],
            with_changes=bool(kept.get("with_changes")),
            postponed_to=self._thing("postponed_to", kept),
            lifted_to=self._thing("lifted_to", kept),
            delegates_to=self._thing("delegates_to", kept),
            covers=kept.get("covers") or "",
            until=kept.get("until"),
            stands_on=tuple(self._things["stands_on"][key] for key in kept.get("stands_on") or ()),
            votes_for=given.get("votes_for"),
            votes_against=given.get("votes_against"),
        )

    def _thing(self, name: str, kept: dict[str, Any]) -> Any:
        return self._things[name].get(kept.get(name) or "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        verb = given.get("verb", "")
        if verb == Verb.ADOPTS_PROVISIONALLY and not given.get("provisional_until"):
            self.add_error("provisional_until", _("Skriv hvor lenge det foreløpige vedtaket gjelder."))
        days = [name for name in ("in_force_from", "published_from") if given.get(name)]
        if len(days) == 1 and "in_force_from" in FIELDS_OF.get(verb, ()):
            missing = "published_from" if days == ["in_force_from"] else "in_force_from"
            self.add_error(missing, _("Oppgi begge dagene, eller ingen."))
        for name in {name for names in FIELDS_OF.values() for name in names} - set(FIELDS_OF.get(verb, ())):
            if verb and given.get(name):
                label = Verb(verb).label
                self.add_error(
                    name,
                    _("Dette hører ikke til «%(verb)s». Ta det bort, eller velg noe annet.")
                    % {"verb": label},
                )
        for name in ("postponed_to", "lifted_to", "delegates_to"):
            if name in FIELDS_OF.get(verb, ()) and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Velg i listen."))
        return given


class Points(BaseFormSet[PointForm]):
    def add_fields(self, form: PointForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Ta ut punktet")

    @property
    def live(self) -> list[PointForm]:
        """The forms that are not taken out."""
        return [form for form in self.forms if form not in self.deleted_forms]

    def points(self) -> list[Point]:
        """What was filled in, in order."""
        return [form.point() for form in self.live if form.cleaned_data.get("verb")]


PointFormSet: type[Points] = formset_factory(  # type: ignore[assignment]  # its own type says only that it is a formset
    PointForm, formset=Points, extra=0, min_num=1, max_num=MOST, validate_min=True, can_delete=True
)


def typed_points(post: QueryDict, prefix: str) -> list[dict[str, Any]]:
    """What was typed, to begin the points anew with: nothing is checked. Those taken out are left out."""
    found = []
    for number in range(min(_count(post.get(f"{prefix}-TOTAL_FORMS", "")), MOST)):
        names = [*PointForm.base_fields, "DELETE"]
        values = {name: post.getlist(f"{prefix}-{number}-{name}") for name in names}
        if not values.pop("DELETE"):
            found.append(
                {name: v if name in _MANY else v[0] for name, v in values.items() if v or name in _MANY}
            )
    return found


def points_of(case: Case) -> list[dict[str, Any]]:
    """What the case proposes, as the points begin: a numbered conclusion is as many points."""
    parts = [part.strip() for part in _NUMBERED.split(case.conclusion) if part.strip()]
    if not _NUMBERED.match(case.conclusion.lstrip()):
        parts = [case.conclusion.strip()]
    return [{"wording": part} for part in parts if part]


def _count(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0
