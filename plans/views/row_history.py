"""The history of a section, goal or measure: who, when, from what to what; one field brought back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from helsefellesskap.richtext import plain
from plans import actions, queries, rules
from plans.compare.changes import Field, Line
from plans.compare.words import compare_text, whole
from plans.editable import BLOCK, INLINE, Editable, Row, as_text, from_text, values_of
from plans.forms.rows import ROW_FORMS, RowForm
from plans.models import Edit, Item
from plans.templatetags.documents import long_date

from .again import SignedIn, at_work
from .saving import MODELS, label_of

PER_PAGE = 25
# Read as running text, and so compared word by word; of other fields the value is one thing.
_ONE_THING = {"struck", "status_value", "deadline_date", "number", "label"}
# Lines come with their words made readable already.
AS_IT_STANDS = Field("html", ())


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the page shows it."""

    edit: Edit
    what: str
    lines: tuple[Line, ...]
    restorable: bool


@at_work
def row_history(request: SignedIn, community: str, plan: str, code: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    item = get_object_or_404(Item, code=code)
    row = queries.row_of(target, item)
    edits = queries.edits_of(target, item)
    may_edit = row is not None and not target.locked and rules.may_edit(request.user, target)
    if request.method == "POST":
        return _restore(request, row, get_object_or_404(edits, pk=_number(request, "edit")))
    page = Paginator(edits, PER_PAGE).get_page(request.GET.get("side"))
    if row is None and not page.object_list:
        raise Http404
    words = Words(row, MODELS[item.kind], ROW_FORMS[item.kind])
    context = {
        "community": target.community,
        "plan": target,
        "code": code,
        "row": row,
        "steps": [words.step(edit, may_edit) for edit in page],
        "page": page,
        "field": AS_IT_STANDS,
    }
    return render(request, "plans/workbench/row_history.html", context)


@at_work
def deleted_rows(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    page = Paginator(queries.deletions(target), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "community": target.community,
        "plan": target,
        "rows": [(edit, _main_words(edit.before).split("\n")) for edit in page],
        "page": page,
    }
    return render(request, "plans/workbench/deleted_rows.html", context)


def _restore(request: SignedIn, row: Row | None, edit: Edit) -> HttpResponse:
    """Gives the field the value that it had before the change."""
    if row is None or edit.field not in values_of(row):
        raise Http404
    values = {edit.field: from_text(edit.field, edit.before)}
    actions.edit_row(row, by=request.user, version=_number(request, "version"), values=values)
    messages.success(request, _("Hentet tilbake."))
    return redirect(request.path)


def _number(request: SignedIn, name: str) -> int:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


class Words:
    """Says what the log keeps, with the names that the row's form has for fields and choices."""

    def __init__(self, row: Editable | None, model: type[Editable], form: type[RowForm]) -> None:
        self.now = values_of(row) if row else {}
        self.form: ModelForm | None = form(instance=row) if row else None
        self.names = {f.name: str(f.verbose_name) for f in model._meta.fields}

    def step(self, edit: Edit, may_edit: bool) -> Step:
        match edit.field:
            case "added":
                return Step(edit, _("Lagt til"), compare_text("", _main_words(edit.after)), False)
            case "deleted":
                return Step(edit, _("Slettet"), compare_text(_main_words(edit.before), ""), False)
            case "place":
                return Step(edit, _("Flyttet"), (), False)
        restorable = may_edit and edit.field in self.now and as_text(self.now[edit.field]) != edit.before
        return Step(edit, self._name(edit.field), self._lines(edit), restorable)

    def _name(self, field: str) -> str:
        if self.form and (field == "extra" or field in self.form.fields):
            return label_of(self.form, field)
        return self.names.get(field, _("Figur")).capitalize()

    def _lines(self, edit: Edit) -> tuple[Line, ...]:
        before, after = (self._said(edit.field, text) for text in (edit.before, edit.after))
        return (whole if edit.field in _ONE_THING else compare_text)(before, after)

    def _said(self, field: str, text: str) -> str:
        """The value in words, a line for each of several."""
        if field in INLINE | BLOCK:
            return plain(text)
        value = from_text(field, text)
        choices = getattr(self.form.fields.get(field), "choices", None) if self.form else None
        if choices:
            names = {str(key): str(name) for key, name in choices}
            chosen = value if isinstance(value, list) else [value] if value else []
            return "\n".join(names.get(str(key), str(key)) for key in chosen)
        match value:
            case bool():
                return _("Ja") if value else _("Nei")
            case date():
                return long_date(value)
            case dict():
                return "\n".join(f"{heading}: {words}" for heading, words in value.items())
            case list():
                return "\n".join(map(str, value))
        return str(value or "")


def _main_words(logged: str) -> str:
    """The words of a row that was added or deleted, as the log keeps the whole row: its name, and those
    of what lay under it."""
    try:
        row = json.loads(logged)
    except ValueError:
        return plain(logged)
    return "\n".join(filter(None, _names(row)))


def _names(row: Any) -> Iterable[str]:
    yield f"{row.get('number', '')} {row.get('heading', '')}".strip() or plain(row.get("html", ""))
    for below in ("goals", "measures", "sections"):
        for part in row.get(below, ()):
            yield from _names(part)
