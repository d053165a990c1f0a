"""The writing page's requests: JSON in, JSON out, and every refusal in words that the page can show."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from helsefellesskap.richtext import plain
from partners.models import User
from plans import actions, queries, rules
from plans.bodies import Bodies
from plans.cell_notes import deadline_note, unlinked_note, year_of
from plans.cells import as_sent, text_of
from plans.compare import compare_text
from plans.deadlines import understand
from plans.editable import INLINE
from plans.merge import merged
from plans.models import Edit, Plan
from plans.queries import writing

from .again import SignedIn

type Body = dict[str, Any]
type View = Callable[[SignedIn, str, str, Body], JsonResponse]

# Twice the poll, and some: a save is seen although it took its time before it was committed.
OVERLAP = timedelta(seconds=15)


def answers_json(view: View) -> Callable[..., JsonResponse]:
    """401 without a session, a Refusal's own status with its sentence, 400 for what is no JSON of ours."""

    @require_POST
    @never_cache
    @wraps(view)
    def wrapped(request: SignedIn, community: str, plan: str) -> JsonResponse:
        body = _body(request)
        # Words that one person typed are not saved by another who signed in meanwhile in the same browser.
        if not request.user.is_authenticated or body.get("user", request.user.pk) != request.user.pk:
            return _refused(401, _("Du er logget ut."))
        try:
            return _answer(view, request, community, plan, body)
        except PermissionDenied:
            return _refused(403, _("Du har ikke rett til å endre denne planen."))
        except Refusal as refusal:
            return _refused(refusal.status, str(refusal), gone=isinstance(refusal, actions.Gone))
        except Plan.DoesNotExist:
            return _refused(404, _("Planen finnes ikke."))

    return wrapped


def _body(request: HttpRequest) -> Body:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig):
        return {}
    return body if isinstance(body, dict) else {}


def _answer(view: View, request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    try:
        return view(request, community, plan, body)
    except Malformed:
        queries.plan_for(request.user, community, plan, may=rules.may_edit)  # who may not, is told so
        raise


class Malformed(Refusal):
    """Not what the page sends."""

    status = 400


@contextmanager
def well_formed() -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Malformed(_("Forespørselen mangler noe.")) from error


def _refused(status: int, why: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": why, **more}, status=status)


@answers_json
def save_cell(request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    with well_formed():
        cell = actions.Cell(
            op=UUID(body["op"]),
            kind=str(body["kind"]),
            key=UUID(body["key"]),
            field=text_in(body["field"]),
            base=text_in(body["base"]),
            value=text_in(body["value"]),
            form="html" if body.get("form") == "html" else "text",
        )
    try:
        return JsonResponse(actions.save_cell(community, plan, cell, by=request.user))
    except actions.Taken as taken:
        return JsonResponse(_conflict(cell, taken), status=409)


def text_in(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    value.encode()  # half a surrogate pair is no text: raises ValueError
    return value.replace("\x00", "")  # PostgreSQL takes no such sign


def _conflict(cell: actions.Cell, taken: actions.Taken) -> Body:
    """Both texts word by word against what they started from, and one text of both where that can be."""
    words, form = as_sent(cell.field, taken.theirs)
    base, mine = _plain(cell.base, cell.form), _plain(cell.value, cell.form)
    theirs = text_of(words) if form == "text" and cell.field in INLINE else _plain(words, form)
    both = merged(base, mine, theirs) if cell.form == form == "text" else None
    return {
        "error": str(taken),
        "conflict": True,
        "theirs": words,
        "form": form,
        "by": taken.by,
        "at": taken.at.isoformat() if taken.at else "",
        "mine_runs": _runs(base, mine),
        "theirs_runs": _runs(base, theirs),
        "both": both,
    }


def _plain(words: str, form: str) -> str:
    return plain(words) if form == "html" else words


def _runs(old: str, new: str) -> list[list[list[str]]]:
    """Lines of [kind, words]."""
    return [[[run.kind, run.text] for run in line.runs] for line in compare_text(old, new)]


@answers_json
def change_structure(request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    with well_formed():
        step = actions.Step(
            op=UUID(body["op"]),
            verb=actions.Verb(body["verb"]),
            key=_key(body.get("key")),
            kind=str(body.get("kind") or ""),
            under=_key(body.get("under")),
            after=_key(body.get("after")),
        )
    return JsonResponse(actions.change_structure(community, plan, step, by=request.user))


def _key(value: Any) -> UUID | None:
    return UUID(value) if value else None


@answers_json
def news(request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    """What was saved since the page asked last, and who is here. A POST, since it notes that I am."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_edit)
    with well_formed():
        since, row = datetime.fromisoformat(body["since"]), _key(body.get("row"))
        earlier = since.astimezone(UTC) - OVERLAP
    now = timezone.now()
    if body.get("opened"):
        actions.tidy(target)
    actions.be_present(target, by=request.user, key=row)
    edits = list(writing.edits_since(target, earlier))
    answer = {
        "now": now.isoformat(),
        "locked": target.locked,
        "cells": _cells(target, edits),
        "steps": [_step(e, request.user) for e in edits if e.field in writing.STRUCTURE],
        "here": [{"name": name, "key": key} for name, key in writing.people_here(target, but=request.user)],
    }
    return JsonResponse(answer)


def _step(edit: Edit, reader: User) -> Body:
    who = _("Du selv, i en annen fane,") if edit.by == reader else edit.by.name
    return {"id": edit.pk, "by": who, "key": str(edit.item_id or "")}


def _cells(plan: Plan, edits: list[Edit]) -> list[Body]:
    changes = writing.changed_cells(edits)
    bodies = Bodies(plan.community) if any(c.field == "responsible_text" for c in changes) else None
    return [_cell(plan, change, bodies) for change in changes]


def _cell(plan: Plan, change: writing.Change, bodies: Bodies | None) -> Body:
    words, form = as_sent(change.field, change.value)
    note = None
    if change.field == "deadline_text":
        note = deadline_note(understand(words, year=year_of(plan)).day, words)
    elif change.field == "responsible_text" and bodies:
        note = unlinked_note(bodies.split(words)[1])
    return {
        "kind": change.kind,
        "key": change.key,
        "field": change.field,
        "value": words,
        "form": form,
        "note": note,
        "at": change.at.isoformat(),
    }
