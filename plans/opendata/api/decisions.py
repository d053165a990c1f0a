"""Decisions that anybody may read of. Of a restricted case, what was done is told and not in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from committees.models import Decision as Row
from committees.models import DecisionPoint
from plans.models import Adoption
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMITTEE, COMMUNITY, DATE_FROM, DATE_TO, PLAN, UPDATED_SINCE, Parameter
from plans.queries.chain import public_case_url, public_decisions
from plans.queries.open_data import public_revisions

from .committees import id_of as committee_id
from .endpoint import BASE, LISTED, Endpoint
from .plans import id_of as plan_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Ett punkt i et vedtak."""

    number: int
    verb: Annotated[str, "hva utvalget gjorde, for eksempel adopts, recommends, delegates eller takes_note"]
    wording: Annotated[str | None, "ordlyden; null der saken er unntatt offentlighet"]
    reason: Annotated[str | None, "begrunnelsen; null der saken er unntatt offentlighet"]
    delegates_to: Annotated[str | None, "id-en til utvalget som fikk myndighet"]
    lifted_to: Annotated[str | None, "id-en til utvalget som saken ble løftet til"]
    postponed_to: Annotated[date | None, "datoen for møtet som saken ble utsatt til"]
    adopts: Annotated[tuple[str, ...], "id-ene til planene som ble vedtatt"]
    awaits_words: Annotated[bool, "vedtatt med endringer fra møtet, og lederen har ikke bekreftet ordlyden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Et vedtak i et utvalg: i en sak, i et møte."""

    id: int
    community: Annotated[str, "helsefellesskapets id"]
    committee: Annotated[str, "utvalgets id"]
    date: Annotated[date, "møtedatoen"]
    meeting: Annotated[str, "møtets id"]
    case_number: Annotated[str, "saksnummeret slik det er trykt"]
    case_title: Annotated[str, "sakens tittel; den offentlige, der saken er unntatt offentlighet"]
    restricted: Annotated[bool, "saken er unntatt offentlighet"]
    registered_afterwards: Annotated[bool, "vedtaket ble gjort før portalen var i bruk"]
    points: tuple[Point, ...]
    updated_at: Annotated[datetime, "når det ble registrert, bekreftet, eller møteprotokollen ble godkjent"]
    url: Annotated[str, "sakens side for mennesker"]
    api_url: Annotated[str, "dette i API-et"]


VERB = Parameter(
    name="verb",
    about="Bare vedtak med et punkt av dette slaget.",
    kind="choice",
    example="adopts",
    choices=tuple(DecisionPoint.Verb.values),
)


def decisions(asked: Asked) -> Page:
    given = asked.given
    rows = asked.narrow(
        _rows(),
        community="case__committee__community__slug",
        committee="case__committee",
        date_from="meeting__date__gte",
        date_to="meeting__date__lte",
    )
    if plan := given.get("plan"):
        rows = rows.filter(pk__in=_about(plan))
    if verb := given.get("verb"):
        rows = rows.filter(pk__in=DecisionPoint.objects.filter(verb=verb).values("decision"))
    if since := given.get("updated_since"):
        rows = rows.filter(pk__in=_changed(since))
    return page_of(asked, rows, tell)


def decision(asked: Asked, decision: int) -> Decision:
    return tell([get_object_or_404(_rows(), pk=decision)])[0]


def _rows() -> QuerySet[Row]:
    # By key, since a decision is public in several ways at once, and would come several times.
    return (
        Row.objects.filter(pk__in=public_decisions().values("pk"))
        .select_related("case__committee__community", "meeting__committee__community", "meeting__minutes")
        .prefetch_related(
            Prefetch(
                "points",
                DecisionPoint.objects.select_related(
                    "delegates_to__community", "lifted_to__community", "postponed_to"
                ).prefetch_related(Prefetch("adoptions", _adoptions(), to_attr="public")),
            )
        )
        .order_by("meeting__date", "pk")
    )


def _adoptions() -> QuerySet[Adoption]:
    return (
        Adoption.objects.filter(revision__publication__published_from__lte=timezone.localdate())
        .select_related("revision__plan__community", "revision__publication")
        .defer("revision__content")
        .order_by("pk")
    )


def _about(plan: str) -> QuerySet[Row, Any]:
    """Those that adopted the plan, or were about it. None, where the plan itself is not public."""
    place, _slash, slug = plan.partition("/")
    there = public_revisions().filter(plan__community__slug=place, plan__slug=slug).order_by().values("plan")
    adopting = Q(points__adoptions__revision__plan__in=there)
    return Row.objects.filter(adopting | Q(points__plan_subjects__plan__in=there)).values("pk")


def _changed(since: datetime) -> QuerySet[Row, Any]:
    return Row.objects.filter(
        Q(recorded_at__gte=since)
        | Q(meeting__minutes__approved_at__gte=since)
        | Q(points__confirmed_at__gte=since)
        | Q(points__adoptions__revision__publication__published_at__gte=since)
        | Q(points__adoptions__revision__publication__published_from__gte=timezone.localtime(since).date())
    ).values("pk")


def tell(rows: Sequence[Row]) -> list[Decision]:
    return [_decision(row) for row in rows]


def _decision(row: Row) -> Decision:
    case, meeting = row.case, row.meeting
    points = list(row.points.all())
    minutes = getattr(meeting, "minutes", None)
    moments = [row.recorded_at, *(point.confirmed_at for point in points)]
    moments += [adoption.revision.publication.published_at for point in points for adoption in _public(point)]
    moments += [minutes.approved_at] if minutes else []
    return Decision(
        id=row.pk,
        community=case.committee.community.slug,
        committee=committee_id(case.committee),
        date=meeting.date,
        meeting=f"{committee_id(meeting.committee)}/{meeting.date}",
        case_number=case.printed_number,
        case_title=case.open_title,
        restricted=case.restricted,
        registered_afterwards=row.registered_afterwards,
        points=tuple(_point(point, restricted=case.restricted) for point in points),
        updated_at=max(moment for moment in moments if moment),
        url=absolute(public_case_url(case)),
        api_url=absolute(f"{BASE}decisions/{row.pk}"),
    )


def _public(point: DecisionPoint) -> list[Adoption]:
    """Its adoptions whose words are public."""
    found: list[Adoption] = point.public  # type: ignore[attr-defined]  # prefetched
    return found


def _point(point: DecisionPoint, *, restricted: bool) -> Point:
    return Point(
        number=point.number,
        verb=point.verb,
        wording=None if restricted else point.wording,
        reason=None if restricted else point.reason,
        delegates_to=committee_id(point.delegates_to) if point.delegates_to else None,
        lifted_to=committee_id(point.lifted_to) if point.lifted_to else None,
        postponed_to=point.postponed_to.date if point.postponed_to else None,
        adopts=tuple(sorted({plan_id(adoption.revision.plan) for adoption in _public(point)})),
        awaits_words=point.with_changes and not point.confirmed_at,
    )


ENDPOINTS = [
    Endpoint(
        route="decisions",
        name="api_decisions",
        tag="Vedtak",
        summary="Vedtakene som er offentlige",
        answer=decisions,
        shape=Decision,
        parameters=(COMMUNITY, COMMITTEE, PLAN, VERB, DATE_FROM, DATE_TO, UPDATED_SINCE, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="decisions/<int:decision>",
        name="api_decision",
        tag="Vedtak",
        summary="Ett vedtak",
        answer=decision,
        shape=Decision,
    ),
]
