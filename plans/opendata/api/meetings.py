"""Meetings: when and where, and once the minutes are approved, which decisions were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from committees.models import Decision
from committees.models import Meeting as Row
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMITTEE, COMMUNITY, DATE_FROM, DATE_TO, Parameter
from plans.queries.chain import public_decisions

from .committees import id_of as committee_id
from .endpoint import BASE, LISTED, Endpoint

type State = Literal["planned", "held", "minutes_approved", "cancelled"]

# That papers have been sent is the committee's own matter.
_PUBLIC_STATE: dict[str, State] = {
    Row.State.PLANNED: "planned",
    Row.State.PAPERS_SENT: "planned",
    Row.State.HELD: "held",
    Row.State.MINUTES_APPROVED: "minutes_approved",
    Row.State.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Et møte i et utvalg. Lenker til videomøter, papirer og hvem som er kalt inn, er ikke offentlige."""

    id: Annotated[str, "utvalgets id og datoen"]
    community: Annotated[str, "helsefellesskapets id"]
    committee: Annotated[str, "utvalgets id"]
    date: date
    starts_at: Annotated[str | None, "klokkeslett i Norge, 09:00"]
    ends_at: Annotated[str | None, "klokkeslett i Norge, 15:00"]
    place: str
    state: State
    decisions: Annotated[tuple[str, ...], "vedtakene i API-et som er offentlige"]
    minutes_url: Annotated[str | None, "møteprotokollen, når den er godkjent"]
    einnsyn_url: Annotated[str | None, "møtet med eInnsyns ord, når protokollen er godkjent"]
    api_url: Annotated[str, "dette i API-et"]


STATE = Parameter(
    name="state",
    about="Bare møter i denne tilstanden.",
    kind="choice",
    example="planned",
    choices=("planned", "held", "minutes_approved", "cancelled"),
)


def meetings(asked: Asked) -> Page:
    rows = asked.narrow(
        public_meetings(),
        community="committee__community__slug",
        committee="committee",
        date_from="date__gte",
        date_to="date__lte",
    )
    if state := asked.given.get("state"):
        rows = rows.filter(state__in=[inner for inner, outer in _PUBLIC_STATE.items() if outer == state])
    return page_of(asked, rows, tell)


def meeting(asked: Asked, community: str, committee: str, date: date) -> Meeting:
    there = {"committee__community__slug": community, "committee__slug": committee, "date": date}
    return tell([get_object_or_404(public_meetings(), **there)])[0]


def public_meetings() -> QuerySet[Row]:
    decided = Decision.objects.filter(pk__in=public_decisions().values("pk")).order_by("pk")
    return (
        Row.objects.select_related("committee__community")
        .prefetch_related(Prefetch("decisions", decided, to_attr="public"))
        .order_by("date", "pk")
    )


def tell(rows: Sequence[Row]) -> list[Meeting]:
    return [_meeting(row) for row in rows]


def minutes_url(meeting: Row, name: str = "public_minutes") -> str:
    """Where the minutes are read; `minutes_pdf`: the file."""
    committee = meeting.committee
    return absolute(reverse(name, args=[committee.community.slug, committee.slug, meeting.date]))


def id_of(meeting: Row) -> str:
    return f"{committee_id(meeting.committee)}/{meeting.date}"


def _meeting(row: Row) -> Meeting:
    committee = row.committee
    approved = row.state == Row.State.MINUTES_APPROVED
    address = absolute(f"{BASE}meetings/{id_of(row)}")
    return Meeting(
        id=id_of(row),
        community=committee.community.slug,
        committee=committee_id(committee),
        date=row.date,
        starts_at=f"{row.starts_at:%H:%M}" if row.starts_at else None,
        ends_at=f"{row.ends_at:%H:%M}" if row.ends_at else None,
        place=row.place,
        state=_PUBLIC_STATE[row.state],
        decisions=tuple(absolute(f"{BASE}decisions/{one.pk}") for one in row.public),  # type: ignore[attr-defined]  # prefetched
        minutes_url=minutes_url(row) if approved else None,
        einnsyn_url=f"{address}/einnsyn" if approved else None,
        api_url=address,
    )


ENDPOINTS = [
    Endpoint(
        route="meetings",
        name="api_meetings",
        tag="Møter",
        summary="Møtene i utvalgene",
        answer=meetings,
        shape=Meeting,
        parameters=(COMMUNITY, COMMITTEE, STATE, DATE_FROM, DATE_TO, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="meetings/<slug:community>/<slug:committee>/<day:date>",
        name="api_meeting",
        tag="Møter",
        summary="Ett møte",
        answer=meeting,
        shape=Meeting,
    ),
]
