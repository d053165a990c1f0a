"""Forms for the words of a plan: its facts, a section, a goal, a measure.

Each carries the version that the person started from, and what each field held then (`base`): where
somebody else saved first, the page can show who changed what.
"""

import json
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import DayField, field_of
from plans.bodies import Bodies
from plans.editable import FIELDS, Editable, as_text, values_of
from plans.importers.interpret.responsible import split
from plans.models import Goal, Item, Measure, Plan, Section
from plans.patient_groups import PATIENT_GROUPS

from .fields import Base, Lines, Pairs, RichText


def started_from(row: Editable) -> dict[str, Any]:
    """The hidden fields of a form opened on the row as it stands: for `initial`, or to put anew in `data`."""
    base = {field: as_text(value) for field, value in values_of(row).items()}
    return {"version": row.version, "base": base}


class RowForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base = Base()
    op = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, data: Any = None, *, instance: Any, **kwargs: Any) -> None:
        if instance.pk:
            kwargs["initial"] = started_from(instance) | kwargs.get("initial", {})
        super().__init__(data, instance=instance, **kwargs)
        if instance.pk:
            del self.fields["op"]  # a change is known by the version it started from
        if "status_value" in self.fields:
            status = field_of(self, "status_value", forms.ChoiceField)
            _blank, *choices = status.choices  # type: ignore[misc]  # pairs, in a form
            status.choices = [("", _("Ikke oppgitt")), *choices]
        if "patient_groups" in self.fields:
            groups = field_of(self, "patient_groups", forms.ChoiceField)
            # A group that the list does not know came with the file, and stays a choice.
            groups.choices = PATIENT_GROUPS | {
                group: group for group in instance.patient_groups if group not in PATIENT_GROUPS
            }

    def operation(self) -> UUID:
        """The same for the same words sent twice from one form; other words are something else to add."""
        words = json.dumps(self.values(), sort_keys=True, default=str)
        return uuid5(self.cleaned_data["op"] or uuid4(), words)

    def values(self) -> dict[str, Any]:
        """What the person wants each field to be, as the actions take it."""
        values = {f: self.cleaned_data[f] for f in FIELDS[self._meta.model]}
        return {f: v.pk if isinstance(v, Plan) else v for f, v in values.items()}


def _patient_groups() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Pasientgrupper"), required=False, widget=forms.CheckboxSelectMultiple
    )


def _short(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FactsForm(RowForm):
    class Meta:
        model = Plan
        fields = (
            "title", "subtitle", "vision", "kind", "language",
            "period_text", "period_start", "period_end", "period_end_event",
            "agreements", "follows", "under",
        )  # fmt: skip
        widgets = {
            "vision": _short(),
            "period_text": _short(),
            "agreements": forms.CheckboxSelectMultiple,
        }
        field_classes = {"period_start": DayField, "period_end": DayField}

    def __init__(self, data: Any = None, *, instance: Plan, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        others = Plan.objects.filter(community=instance.community_id).exclude(pk=instance.pk)
        for name in ("follows", "under"):
            field_of(self, name, forms.ModelChoiceField).queryset = others
            field_of(self, name, forms.ModelChoiceField).empty_label = _("Ingen")
        field_of(self, "agreements", forms.ModelChoiceField).queryset = instance.community.agreements.all()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for name in ("follows", "under"):
            if _leads_back(self.instance, facts.get(name), name):
                self.add_error(name, _("Denne planen kommer selv etter eller under planen du valgte."))
        return facts

    def values(self) -> dict[str, Any]:
        agreements = sorted(agreement.pk for agreement in self.cleaned_data["agreements"])
        return super().values() | {"agreements": agreements}


def _leads_back(plan: Plan, other: Plan | None, name: str) -> bool:
    while other is not None:
        if other.pk == plan.pk:
            return True
        other = getattr(other, name)
    return False


class AbbreviationsForm(RowForm):
    abbreviations = Pairs(
        label=_("Forkortelser"),
        required=False,
        help_text=_("Én på hver linje, slik: SSU = Strategisk samarbeidsutvalg"),
        widget=_short(10),
    )

    class Meta:
        model = Plan
        fields = ()

    def __init__(self, data: Any = None, *, instance: Plan, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.initial["abbreviations"] = values_of(instance)["abbreviations"]

    def values(self) -> dict[str, Any]:
        return {"abbreviations": self.cleaned_data["abbreviations"]}


class SectionForm(RowForm):
    columns = Lines(
        label=_("Kolonneoverskrifter"),
        required=False,
        widget=_short(3),
        help_text=_("Slik de sto i tabellen, én på hver linje."),
    )

    class Meta:
        model = Section
        fields = (
            "number", "heading", "body", "after", "columns",
            "adoption_note", "label", "status_value", "status_text", "struck",
        )  # fmt: skip
        widgets = {"heading": _short(1), "body": RichText, "after": RichText, "status_text": _short()}

    def __init__(self, data: Any = None, *, instance: Section, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.figures = list(instance.figures.select_related("file")) if instance.pk else []
        for number, figure in enumerate(self.figures, 1):
            for name, label in (("alt", _("alternativ tekst")), ("caption", _("bildetekst"))):
                self.fields[f"figure_{figure.pk}_{name}"] = forms.CharField(
                    label=_("Figur %(number)d: %(what)s") % {"number": number, "what": label},
                    help_text=_("Hva bildet viser, for den som ikke ser det.") if name == "alt" else "",
                    required=False,
                    initial=getattr(figure, name),
                    widget=_short(),
                )

    def values(self) -> dict[str, Any]:
        figures = {f: v for f, v in self.cleaned_data.items() if f.startswith("figure_")}
        return super().values() | figures


class GoalForm(RowForm):
    patient_groups = _patient_groups()

    class Meta:
        model = Goal
        fields = ("label", "html", "body", "patient_groups", "status_value", "status_text", "struck")
        widgets = {"html": RichText(inline=True), "body": RichText, "status_text": _short()}


class MeasureForm(RowForm):
    bodies = forms.MultipleChoiceField(
        label=_("Ansvarlige i portalen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    patient_groups = _patient_groups()
    new_column = forms.CharField(label=_("Ny kolonne: overskrift"), required=False, max_length=100)
    new_words = forms.CharField(label=_("Ny kolonne: innhold"), required=False, widget=_short(1))

    class Meta:
        model = Measure
        fields = (
            "label", "html", "responsible_text", "bodies", "deadline_text", "deadline_date",
            "status_value", "status_text", "indicator", "patient_groups", "struck",
        )  # fmt: skip
        widgets = {
            "html": RichText(inline=True),
            "responsible_text": _short(),
            "status_text": _short(),
            "indicator": _short(),
        }
        field_classes = {"deadline_date": DayField}

    def __init__(self, data: Any = None, *, instance: Measure, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.initial_extra = dict(instance.extra)
        self.columns = _columns(instance)
        for n, heading in enumerate(self.columns):
            self.fields[f"column_{n}"] = forms.CharField(
                label=heading, required=False, initial=instance.extra.get(heading, ""), widget=_short()
            )
        self.order_fields([*(self._meta.fields or ()), *(f"column_{n}" for n, _h in enumerate(self.columns))])
        self.groups = BodyGroups(instance)
        field_of(self, "bodies", forms.ChoiceField).choices = self.groups.choices
        self.initial["bodies"] = values_of(instance)["bodies"] if instance.pk else []

    def body_groups(self) -> list[tuple[str, bool, list[Any]]]:
        """The check boxes by heading: those linked or suggested first (open), then all others (closed)."""
        boxes = {box.data["value"]: box for box in self["bodies"].subwidgets}
        near = [key for key in boxes if key in self.groups.suggested or boxes[key].data["selected"]]
        groups = [(str(_("Foreslått ut fra ordene, eller valgt")), True, [boxes[k] for k in near])]
        for heading, keys in self.groups.by_heading:
            groups.append((heading, False, [boxes[key] for key in keys if key not in near]))
        return [group for group in groups if group[2]]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        extra = {heading: data[f"column_{n}"] for n, heading in enumerate(self.columns)}
        extra[data["new_column"]] = data["new_words"]
        # A cell that was empty in the file stays an empty cell; one that is emptied goes.
        empty = {heading for heading, words in self.initial_extra.items() if not words}
        data["extra"] = {h: words for h, words in extra.items() if h and (words or h in empty)}
        return super().values() | {"bodies": data["bodies"]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_words") and not data.get("new_column"):
            self.add_error("new_column", ValidationError(_("Gi den nye kolonnen en overskrift.")))
        return data


def _columns(measure: Measure) -> list[str]:
    """The source's own columns: those of the measure, then those of others in the same table."""
    others = Measure.objects.filter(goal__section=measure.goal.section_id).values_list("extra", flat=True)
    return list(dict.fromkeys([*measure.extra, *(heading for extra in others for heading in extra)]))


class BodyGroups:
    """The bodies that a measure of this community can be linked to, and those that its words suggest."""

    def __init__(self, measure: Measure) -> None:
        community = measure.goal.section.plan.community
        self.by_heading: list[tuple[str, list[str]]] = []
        self.choices: list[tuple[str, str]] = []
        self._add(_("Utvalg"), "committee", community.committees.all())
        self._add(_("Roller"), "role", community.roles.all())
        self._add(_("Parter"), "partner", community.partners.all())
        links = Bodies(community).recognise(split(measure.responsible_text))
        self.suggested = {f"{k.removesuffix('_id')}:{pk}" for link in links for k, pk in link.items()}

    def _add(self, heading: Any, kind: str, bodies: Any) -> None:
        found = [(f"{kind}:{body.pk}", _name(body)) for body in bodies]
        self.choices += found
        self.by_heading.append((str(heading), [key for key, _name in found]))


def _name(body: Any) -> str:
    short = getattr(body, "abbreviation", "") or getattr(body, "short", "")
    return f"{short} – {body.name}" if short and short != body.name else body.name


ROW_FORMS: dict[str, type[RowForm]] = {
    Item.Kind.SECTION: SectionForm,
    Item.Kind.GOAL: GoalForm,
    Item.Kind.MEASURE: MeasureForm,
}
