"""Measures across all plans, paged by a cursor: a page opens a few documents, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from helsefellesskap.slugs import slug_of
from plans.models import Revision, StatusReport
from plans.opendata.answers import absolute
from plans.opendata.measures import Found, codes_for, measures_in
from plans.opendata.paging import Asked, Page
from plans.opendata.parameters import COMMUNITY, CURSOR, LIMIT, PLAN, UPDATED_SINCE, Parameter
from plans.patient_groups import PATIENT_GROUPS
from plans.queries.open_data import (
    changed_since,
    for_group,
    keys_of,
    naming,
    newest_revisions,
    public_revisions,
)
from plans.queries.public import newest_public_revision_with
from plans.standing import State
from plans.templatetags.documents import STATUS_NAMES

from .endpoint import BASE, Endpoint
from .plans import RESPONSIBLE, STATE, id_of

# How many plans are opened for one page at most. Where few measures are found in them the page is short.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Et utvalg, en part eller en rolle som ordene er kjent igjen som."""

    kind: Annotated[str, "committee, partner eller role"]
    id: Annotated[str, "det som `responsible` tar"]
    name: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Hva en ansvarlig sist meldte. Den gjelder til noen melder noe annet."""

    party: Annotated[str, "hvem som meldte"]
    status: Annotated[
        str, "not_started, planned, ongoing, continuous, completed, postponed, dropped, carried_over"
    ]
    words: Annotated[str, "med egne ord"]
    as_of: Annotated[date, "datoen den gjelder for: «sist bekreftet»"]
    confirmed_in: Annotated[str | None, "utvalget som bekreftet den i et møte"]
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Et tiltak slik det står i planens nyeste offentlige versjon, og det som sist er meldt om det."""

    code: Annotated[str, "fast kode, den samme i alle versjoner av planen"]
    community: Annotated[str, "helsefellesskapets id"]
    plan: Annotated[str, "planens id"]
    version: int
    plan_state: State
    section_code: str
    section: Annotated[str, "kapittelets nummer og overskrift"]
    goal_code: str
    goal: Annotated[str, "målets tekst"]
    label: Annotated[str, "bokstaven eller tallet foran tiltaket"]
    text: str
    html: Annotated[str, "teksten med enkel, trygg HTML"]
    responsible: Annotated[str, "ansvarlig slik det står i planen"]
    responsible_bodies: tuple[Body, ...]
    deadline: Annotated[str, "frist slik den står i planen"]
    deadline_date: Annotated[date | None, "siste dag av fristen; «høsten 2026» leses som periodens siste dag"]
    late: Annotated[bool, "fristen er ute, og ingen har meldt tiltaket gjennomført"]
    status_in_plan: Annotated[str, "status slik den står i selve planen"]
    reports: tuple[Report, ...]
    indicator: str
    patient_groups: tuple[str, ...]
    struck: Annotated[bool, "tiltaket er strøket i planen, men står der fortsatt"]
    updated_at: datetime
    url: Annotated[str, "fast adresse for mennesker"]
    api_url: Annotated[str, "dette i API-et"]


PATIENT_GROUP = Parameter(
    name="patient_group",
    about="Bare tiltak, eller tiltak under mål, for denne pasientgruppen.",
    kind="choice",
    example="frail_elderly",
    choices=tuple(PATIENT_GROUPS),
)
STATUS = Parameter(
    name="status",
    about="Bare tiltak der en ansvarlig har meldt dette sist; der ingen har meldt, det som står i planen.",
    kind="choice",
    example="ongoing",
    choices=tuple(STATUS_NAMES),
)
LATE = Parameter(
    name="late",
    about="true: bare der fristen er ute og ingen har meldt tiltaket gjennomført.",
    kind="yes_no",
    example="true",
)
DEADLINE_FROM = Parameter(
    name="deadline_from", about="Frist fra og med denne datoen.", kind="day", example="2026-01-01"
)
DEADLINE_TO = Parameter(
    name="deadline_to", about="Frist til og med denne datoen.", kind="day", example="2026-12-31"
)


def measures(asked: Asked) -> Page:
    backwards, here = _read(asked.given.get("cursor", "a0.0"))
    rows = _rows(asked)
    rows = rows.filter(pk__lte=here[0]).order_by("-pk") if backwards else rows.filter(pk__gte=here[0])
    opened = [pk for (pk,) in rows.select_related(None).values_list("pk")[: _AT_ONCE + 1]]
    there = measures_in(newest_revisions().filter(pk__in=opened[:_AT_ONCE]))
    keys = keys_of(asked.given["responsible"]) if "responsible" in asked.given else frozenset()
    on_this_side = (one for one in there if _at(one) != here and (_at(one) < here) is backwards)
    fits = (one for one in on_this_side if _fits(one, asked.given, keys))
    # Forwards, no document is read beyond the page and the one measure that tells of a next.
    fitting = list(fits)[::-1] if backwards else list(islice(fits, asked.limit + 1))
    found = fitting[: asked.limit]
    onward = None
    if len(fitting) > len(found):
        onward = _at(found[-1])
    elif len(opened) > _AT_ONCE:
        # Nothing more fits in what was opened: the page is short, and the next begins after it.
        onward = (opened[_AT_ONCE - 1], 0 if backwards else _END)
    back = _at(found[0]) if found else (here[0], max(0, here[1] + (-1 if backwards else 1)))
    if backwards:
        found.reverse()
    before, after = (onward, back) if backwards else (back, onward)
    return Page(
        count=None,
        next=asked.elsewhere(cursor=_cursor("a", after)) if after else None,
        previous=asked.elsewhere(cursor=_cursor("b", before)) if before and "cursor" in asked.given else None,
        items=tuple(tell(found, codes_for(found))),
    )


def measure(asked: Asked, code: str) -> Measure:
    revision = newest_public_revision_with(code)
    rows = list(measures_in(public_revisions().filter(pk=revision.pk)))
    codes = codes_for(rows)
    for one in rows:
        if codes[one.measure.key] == code:
            return tell([one], codes)[0]
    raise Http404  # a section's or a goal's


# Where a measure stands in the list: the version it is frozen in, and its number there.
type Place = tuple[int, int]
_END = 999_999_999  # beyond the last of a version


def _at(one: Found) -> Place:
    return one.standing.revision.pk, one.place


def _read(cursor: str) -> tuple[bool, Place]:
    """(whether it goes backwards, from where)."""
    revision, _dot, place = cursor[1:].partition(".")
    return cursor[0] == "b", (int(revision), int(place))


def _cursor(way: str, place: Place) -> str:
    return f"{way}{place[0]}.{place[1]}"


def _rows(asked: Asked) -> QuerySet[Revision]:
    """The versions that may hold what was asked for, as far as rows can say."""
    given = asked.given
    rows = asked.narrow(newest_revisions(), community="plan__community__slug", plan="plan")
    if responsible := given.get("responsible"):
        rows = naming(rows, responsible)
    if group := given.get("patient_group"):
        rows = for_group(rows, group)
    if since := given.get("updated_since"):
        rows = changed_since(rows, since)
    return rows


def _fits(one: Found, given: Mapping[str, Any], keys: frozenset[str]) -> bool:
    """Whether the measure itself is what was asked for."""
    last = one.due
    return (
        (not keys or bool(keys & _keys(one)))
        and ("patient_group" not in given or given["patient_group"] in one.patient_groups)
        and ("status" not in given or given["status"] in one.statuses)
        and ("state" not in given or given["state"] == one.standing.state)
        and ("late" not in given or given["late"] is one.late)
        and ("updated_since" not in given or one.updated_at >= given["updated_since"])
        and ("deadline_from" not in given or bool(last and last >= given["deadline_from"]))
        and ("deadline_to" not in given or bool(last and last <= given["deadline_to"]))
    )


def _keys(one: Found) -> set[str]:
    return {body.key for body in one.measure.responsible.bodies} if one.measure.responsible else set()


def tell(found: Sequence[Found], codes: Mapping[str, str]) -> list[Measure]:
    return [_measure(one, codes) for one in found]


def _measure(one: Found, codes: Mapping[str, str]) -> Measure:
    plan, measure, section = one.standing.plan, one.measure, one.section
    deadline, code = measure.deadline, codes.get(measure.key, "")
    return Measure(
        code=code,
        community=plan.community.slug,
        plan=id_of(plan),
        version=one.standing.revision.number,
        plan_state=one.standing.state,
        section_code=codes.get(section.key, ""),
        section=f"{section.number} {section.heading}".strip(),
        goal_code=codes.get(one.goal.key, ""),
        goal=one.goal.text,
        label=measure.label,
        text=measure.text,
        html=measure.html,
        responsible=measure.responsible.text if measure.responsible else "",
        responsible_bodies=tuple(
            Body(
                kind=body.kind,
                # A role has no id of its own but its abbreviation.
                id=slug_of(body.short) if body.kind == "role" else body.key,
                name=body.name,
                short=body.short,
            )
            for body in (measure.responsible.bodies if measure.responsible else ())
        ),
        deadline=deadline.text if deadline else "",
        deadline_date=one.due,
        late=one.late,
        status_in_plan=measure.status.text if measure.status else "",
        reports=tuple(_report(report) for report in one.reports),
        indicator=measure.indicator,
        patient_groups=tuple(sorted(one.patient_groups)),
        struck=measure.struck or one.goal.struck,
        updated_at=one.updated_at,
        url=absolute(reverse("item_page", args=[code])) if code else absolute(plan.get_absolute_url()),
        api_url=absolute(f"{BASE}measures/{code}"),
    )


def _report(report: StatusReport) -> Report:
    point = report.confirmed_in
    return Report(
        party=report.party_name,
        status=report.value,
        words=report.words,
        as_of=report.as_of,
        confirmed_in=point.decision.meeting.committee.abbreviation if point else None,
        reported_at=report.reported_at,
    )


ENDPOINTS = [
    Endpoint(
        route="measures",
        name="api_measures",
        tag="Tiltak",
        summary="Tiltakene i den nyeste offentlige versjonen av alle planer",
        answer=measures,
        shape=Measure,
        parameters=(
            *(COMMUNITY, PLAN, RESPONSIBLE, PATIENT_GROUP, STATUS, STATE, LATE),
            *(DEADLINE_FROM, DEADLINE_TO, UPDATED_SINCE, LIMIT, CURSOR),
        ),
        listed=True,
    ),
    Endpoint(
        route="measures/<slug:code>",
        name="api_measure",
        tag="Tiltak",
        summary="Ett tiltak",
        answer=measure,
        shape=Measure,
    ),
]
