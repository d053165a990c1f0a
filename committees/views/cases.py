"""A case with its saksframlegg: read, written, changed; two who write at once both see both texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import actions, rules
from committees.forms.cases import CaseForm
from committees.models import Case, Meeting
from committees.models.cases import FIELDS
from committees.queries.case_page import case_page
from committees.queries.committees import case_for, committee_for
from helsefellesskap.errors import Conflict, Refusal
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def case(request: SignedIn, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    there = case_for(request.user, community, committee, year, nr, may=rules.may_read_papers)
    context = case_page(request.user, there)
    context["trail"] = trail_to(request.user, there.committee.community, there.committee)
    return render(request, "committees/case.html", context)


@at_work
def write_case(request: SignedIn, community: str, committee: str) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_prepare)
    meeting = _meeting_asked_for(request, body.meetings)
    new = Case(
        committee=body,
        case_worker=request.user.name,
        document_date=timezone.localdate(),
        conclusion_heading=body.rulebook.conclusion_heading,
    )
    form = CaseForm(request.POST or None, instance=new)
    if form.is_valid():
        with transaction.atomic():
            made = actions.write_case(body, by=request.user, facts=form.facts())
            if meeting:
                actions.add_to_agenda(meeting, made, by=request.user)
        messages.success(request, _("Sak %(number)s er opprettet.") % {"number": made.printed_number})
        return redirect(made)
    context = {
        "form": form,
        "heading": _("Ny sak i %(committee)s") % {"committee": body.abbreviation},
        "lead": _("Saken får nummer av seg selv når den lagres."),
        "trail": trail_to(request.user, body.community, body),
        "back": meeting.get_absolute_url() if meeting else body.get_work_url(),
    }
    return render(request, "committees/form.html", context, status=422 if form.is_bound else 200)


def _meeting_asked_for(request: SignedIn, meetings: Any) -> Meeting | None:
    """The meeting that the new case is for: «?mote=2026-03-12»."""
    try:
        day = date.fromisoformat(request.GET.get("mote", ""))
    except ValueError:
        return None
    found: Meeting | None = meetings.select_related("committee__community").filter(date=day).first()
    return found if found and found.coming else None


@at_work
def edit_case(request: SignedIn, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    there = case_for(request.user, community, committee, year, nr, may=rules.may_prepare)
    form = CaseForm(request.POST or None, instance=there)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.edit_case(there, by=request.user, version=version, facts=form.facts())
        except Conflict:
            now = case_for(request.user, community, committee, year, nr, may=rules.may_prepare)
            return _both_texts(request, form, now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Saken er lagret."))
            return redirect(there)
    context = {
        "form": form,
        "heading": _("Sak %(number)s") % {"number": there.printed_number},
        "trail": trail_to(request.user, there.committee.community, there.committee),
        "back": there.get_absolute_url(),
    }
    return render(request, "committees/form.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what I typed and what is stored are not the same."""

    field: str
    label: str
    mine: str
    theirs: str
    i_changed: bool


def _both_texts(request: SignedIn, form: CaseForm, now: Case) -> HttpResponse:
    """409: both texts, field by field, and a choice."""
    context = {
        "case": now,
        "differences": list(_differences(form, now)),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "version") and not name.startswith("keep-")
        ],
        "trail": trail_to(request.user, now.committee.community, now.committee),
    }
    return render(request, "committees/stale_case.html", context, status=409)


def _differences(form: CaseForm, now: Case) -> Iterator[Difference]:
    changed = set(form.changed_data)
    for name in FIELDS:
        mine, theirs = (_shown(form.cleaned_data[name], form, name), _shown(getattr(now, name), form, name))
        if mine != theirs:
            yield Difference(name, str(form.fields[name].label), mine, theirs, name in changed)


def _shown(value: Any, form: CaseForm, name: str) -> str:
    match value:
        case bool():
            return _("ja") if value else _("nei")
        case date():
            return f"{value:%d.%m.%Y}"
        case _:
            choices = dict(getattr(form.fields[name], "choices", ()))
            return str(choices.get(value, value or "")).strip().replace("\r\n", "\n")
