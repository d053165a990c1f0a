"""A pasted table on the writing page: the preview of the rows that it becomes, and then the rows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans import actions
from plans import document as doc
from plans.bodies import Bodies
from plans.cell_notes import deadline_note, year_of
from plans.deadlines import understand
from plans.models import Plan
from plans.pasted import Pasted

from .again import SignedIn
from .write_json import Body, answers_json, text_in, well_formed

ROLES = {
    "goal": gettext_lazy("Mål"),
    "measure": gettext_lazy("Tiltak"),
    "responsible": gettext_lazy("Ansvarlig"),
    "deadline": gettext_lazy("Frist"),
    "status": gettext_lazy("Status"),
    "indicator": gettext_lazy("Indikator"),
    "label": gettext_lazy("Merke (a, b, 1 …)"),
    "area": gettext_lazy("Område"),
    "extra": gettext_lazy("Egen kolonne"),
    "left_out": gettext_lazy("Ta ikke med"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the preview, with what was understood of its words."""

    measure: doc.Measure
    linked: list[str]
    unlinked: list[str]
    deadline: str


@dataclass(frozen=True, slots=True)
class Group:
    """A goal with its measures; the first may be the goal that one is in."""

    goal: doc.Goal
    lines: list[Line]


@answers_json
def preview_table(request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    with well_formed():
        clip = _clip(body)
    draft, found = actions.read_table(community, plan, clip, by=request.user)
    context = {"found": found, "groups": _groups(draft, found), "roles": ROLES}
    html = render_to_string("plans/workbench/paste_table.html", context, request)
    rows = len(found.new_goals) + found.measures
    return JsonResponse({"html": html, "rows": rows, "said": _said(found)})


@answers_json
def paste_table(request: SignedIn, community: str, plan: str, body: Body) -> JsonResponse:
    with well_formed():
        clip, op, row = _clip(body), UUID(body["op"]), UUID(body["key"])
    return JsonResponse(actions.paste_table(community, plan, clip, op=op, row=row, by=request.user))


def _clip(body: Body) -> actions.Clip:
    roles: Any = body.get("roles") or []
    once = [role for role in roles if role not in ("extra", "left_out")]
    if not set(roles) <= set(ROLES) or len(set(once)) < len(once):
        raise ValueError(roles)
    return actions.Clip(html=text_in(body["html"]), text=text_in(body["text"]), roles=tuple(roles))


def _said(found: Pasted) -> str:
    """How many rows it becomes, in words."""
    goals, measures = len(found.new_goals), found.measures
    said = []
    if goals:
        said.append(ngettext("%(n)d nytt mål", "%(n)d nye mål", goals) % {"n": goals})
    if measures:
        said.append(ngettext("%(n)d nytt tiltak", "%(n)d nye tiltak", measures) % {"n": measures})
    return _(" og ").join(said) or _("Fant verken mål eller tiltak. Velg hva kolonnene er.")


def _groups(plan: Plan, found: Pasted) -> list[Group]:
    bodies, year = Bodies(plan.community), year_of(plan)

    def line(measure: doc.Measure) -> Line:
        who = measure.responsible.text if measure.responsible else ""
        when = measure.deadline.text if measure.deadline else ""
        known, unknown = bodies.split(who)
        return Line(measure, known, unknown, deadline_note(understand(when, year=year).day, when))

    return [Group(goal, [line(measure) for measure in goal.measures]) for goal in found.goals]
