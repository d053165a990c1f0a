"""Saving a form of the editor, and the pages for when somebody else was faster."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import ModelChoiceField, ModelForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from helsefellesskap.richtext import plain
from plans import actions
from plans.actions.edit import item_of, plan_of
from plans.editable import BLOCK, INLINE, Editable, as_text, cleaned, values_of
from plans.forms.rows import RowForm, started_from
from plans.models import Edit, Goal, Item, Measure, Plan, Section
from plans.templatetags.documents import long_date

from .again import SignedIn

MODELS: dict[str, type[Section | Goal | Measure]] = {
    Item.Kind.SECTION: Section,
    Item.Kind.GOAL: Goal,
    Item.Kind.MEASURE: Measure,
}
# Fields that the page sends anew itself.
_OWN = ("csrfmiddlewaretoken", "version", "base")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which what I typed and what is stored are not the same."""

    field: str
    label: str
    mine: SafeString
    theirs: SafeString
    i_changed: bool


def save(request: SignedIn, form: RowForm, row: Editable) -> HttpResponse | None:
    """Saves a valid form; None when that is done, otherwise the page to answer with (409)."""
    values = {f: v for f, v in form.values().items() if request.POST.get(f"keep-{f}") != "theirs"}
    version = form.cleaned_data["version"] or 0
    try:
        actions.edit_row(row, by=request.user, version=version, values=values)
    except actions.Stale as stale:
        return _stale_page(request, form, stale.row)
    except actions.Gone:
        return gone_page(request, item_of(row).kind, plan_of(row))
    return None


def _stale_page(request: SignedIn, form: RowForm, now: Editable) -> HttpResponse:
    last = Edit.objects.filter(plan=plan_of(now), item=item_of(now)).select_related("by").first()
    context = {
        "plan": plan_of(now),
        "community": plan_of(now).community,
        "differences": list(_differences(form, now)),
        "last": last,
        "sent": [(n, v) for n, vs in request.POST.lists() if n not in _OWN for v in vs if _is_mine(n)],
        "form": type(form)(instance=now, initial=started_from(now)),
    }
    return render(request, "plans/workbench/stale.html", context, status=409)


def _is_mine(name: str) -> bool:
    return not name.startswith("keep-")


def _differences(form: RowForm, now: Editable) -> Iterable[Difference]:
    base = form.cleaned_data.get("base") or {}
    theirs = values_of(now)
    for field, mine in form.values().items():
        if as_text(cleaned(field, mine)) != as_text(theirs[field]):
            yield Difference(
                field=field,
                label=label_of(form, field),
                mine=_shown(form, field, mine),
                theirs=_shown(form, field, theirs[field]),
                i_changed=as_text(mine) != base.get(field),
            )


def gone_page(request: SignedIn, kind: str, plan: Plan) -> HttpResponse:
    """409: what was typed in a row that no longer is, so that it can be copied out."""
    names = {f.name: str(f.verbose_name) for f in MODELS[kind]._meta.fields}
    typed = [
        (names[name].capitalize(), plain(value) if name in INLINE | BLOCK else value)
        for name, value in ((name, str(value).strip()) for name, value in request.POST.items())
        if name in names and value and name != "version"
    ]
    context = {"plan": plan, "community": plan.community, "typed": typed}
    return render(request, "plans/workbench/gone.html", context, status=409)


def label_of(form: ModelForm, field: str) -> str:
    if field == "extra":
        return _("Andre kolonner")
    return str(form.fields[field].label)


def _shown(form: ModelForm, field: str, value: Any) -> SafeString:
    """A value as people read it; empty text where there is none."""
    if field in INLINE | BLOCK:
        return mark_safe(cleaned(field, value))  # noqa: S308 - cleaned here
    if choices := getattr(form.fields.get(field), "choices", None):
        names = {str(key): str(name) for key, name in _flat(form.fields[field], choices)}
        chosen = value if isinstance(value, list) else [value] if value else []
        return _lines(names.get(str(key), str(key)) for key in chosen)
    match value:
        case bool():
            return conditional_escape(_("Ja") if value else _("Nei"))
        case date():
            return conditional_escape(long_date(value))
        case dict():
            return _lines(f"{heading}: {words}" for heading, words in value.items())
        case list():
            return _lines(" = ".join(part) if isinstance(part, list) else str(part) for part in value)
        case _:
            return _lines(str(value or "").splitlines())


def _flat(field: Any, choices: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(field, ModelChoiceField):
        return ((row.pk, row) for row in field.queryset or ())
    return choices


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
