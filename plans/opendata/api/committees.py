"""Committees and their seats. People are named on the portal's pages, not here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from committees.models import Committee as Body
from committees.models import Seat as Place
from partners.roles import on
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMUNITY

from .endpoint import BASE, LISTED, Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """En plass i utvalget i dag, uten navnet på den som har den."""

    role: Annotated[str, "leader, deputy_leader, member, deputy, observer eller secretary"]
    side: Annotated[str, "specialist, municipality, gp, user eller other"]
    represents: Annotated[tuple[str, ...], "id-ene til partene som plassen representerer"]
    area: Annotated[str, "området som plassen representerer, med ord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """Et utvalg i et helsefellesskap."""

    id: Annotated[str, "helsefellesskapets id og utvalgets"]
    community: Annotated[str, "helsefellesskapets id"]
    name: str
    abbreviation: str
    level: Annotated[str, "nivået slik helsefellesskapet selv kaller det"]
    rank: Annotated[int, "rekkefølge ovenfra"]
    parent: Annotated[str | None, "id-en til utvalget som har satt det ned"]
    until: Annotated[date | None, "siste dag for et tidsavgrenset utvalg"]
    mandate: str
    seats: tuple[Seat, ...]
    api_url: Annotated[str, "dette i API-et"]


def committees(asked: Asked) -> Page:
    return page_of(asked, asked.narrow(_rows(), community="community__slug"), tell)


def committee(asked: Asked, community: str, committee: str) -> Committee:
    return tell([get_object_or_404(_rows(), community__slug=community, slug=committee)])[0]


def _rows() -> QuerySet[Body]:
    seats = Place.objects.filter(on(timezone.localdate())).order_by("pk").prefetch_related("represents")
    return (
        Body.objects.select_related("community", "parent")
        .prefetch_related(Prefetch("seats", seats, to_attr="present"))
        .order_by("community__slug", "rank", "slug", "pk")
    )


def tell(rows: Sequence[Body]) -> list[Committee]:
    return [
        Committee(
            id=id_of(row),
            community=row.community.slug,
            name=row.name,
            abbreviation=row.abbreviation,
            level=row.level,
            rank=row.rank,
            parent=f"{row.community.slug}/{row.parent.slug}" if row.parent else None,
            until=row.until,
            mandate=row.mandate,
            seats=tuple(_seat(seat) for seat in row.present),  # type: ignore[attr-defined]  # prefetched
            api_url=absolute(f"{BASE}committees/{id_of(row)}"),
        )
        for row in rows
    ]


def id_of(committee: Body) -> str:
    return f"{committee.community.slug}/{committee.slug}"


def _seat(seat: Place) -> Seat:
    parties = sorted(partner.slug for partner in seat.represents.all())
    return Seat(role=seat.role, side=seat.side, represents=tuple(parties), area=seat.area)


ENDPOINTS = [
    Endpoint(
        route="committees",
        name="api_committees",
        tag="Utvalg",
        summary="Utvalgene i helsefellesskapene",
        answer=committees,
        shape=Committee,
        parameters=(COMMUNITY, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="committees/<slug:community>/<slug:committee>",
        name="api_committee",
        tag="Utvalg",
        summary="Ett utvalg",
        answer=committee,
        shape=Committee,
    ),
]
