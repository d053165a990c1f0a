"""Communities: who they are, and whom they gather."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import Parameter
from plans.queries.communities import present_memberships

from .endpoint import BASE, LISTED, Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """En part i helsefellesskapet: et helseforetak, en kommune, en organisasjon."""

    id: Annotated[str, "partens id, som `responsible` i /measures tar"]
    name: str
    short: Annotated[str, "kortnavn; tomt der parten ikke har et"]
    kind: Annotated[str, "hf, private_hospital, kommune, gp, user_organisation, ks eller other"]
    municipality_number: Annotated[str, "kommunenummer; tomt for andre enn kommuner"]
    county: Annotated[str, "fylke"]
    organisation_number: Annotated[str, "nummer i Enhetsregisteret, der det er kjent"]
    note: Annotated[str, "merknad, for eksempel at kommunen er delt mellom to helsefellesskap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Et helsefellesskap: et helseforetak og kommunene i opptaksområdet."""

    id: str
    name: str
    language: Annotated[str, "målform: nb eller nn"]
    about: str
    contact_email: str
    controller: Annotated[str, "behandlingsansvarlig"]
    archive_owner: Annotated[str, "arkiveier"]
    members: tuple[Member, ...]
    url: Annotated[str, "siden for mennesker"]
    api_url: Annotated[str, "denne i API-et"]


MUNICIPALITY = Parameter(
    name="municipality_number",
    about="Bare helsefellesskap der denne kommunen er med (fire siffer).",
    kind="slug",
    example="5501",
)
PARTNER = Parameter(
    name="partner", about="Bare helsefellesskap der denne parten er med.", kind="slug", example="tromso"
)


def communities(asked: Asked) -> Page:
    rows = _rows()
    if number := asked.given.get("municipality_number"):
        rows = rows.filter(memberships__in=present_memberships().filter(partner__municipality_number=number))
    if partner := asked.given.get("partner"):
        rows = rows.filter(memberships__in=present_memberships().filter(partner__slug=partner))
    return page_of(asked, rows, tell)


def community(asked: Asked, community: str) -> Community:
    return tell([get_object_or_404(_rows(), slug=community)])[0]


def _rows() -> QuerySet[HealthCommunity]:
    members = Prefetch("memberships", present_memberships(), to_attr="present")
    return HealthCommunity.objects.prefetch_related(members).order_by(by_norwegian("name"), "pk")


def tell(rows: Sequence[HealthCommunity]) -> list[Community]:
    return [
        Community(
            id=row.slug,
            name=row.name,
            language=row.language,
            about=row.about,
            contact_email=row.contact_email,
            controller=row.controller,
            archive_owner=row.archive_owner,
            members=tuple(_members(row)),
            url=absolute(row.get_absolute_url()),
            api_url=absolute(f"{BASE}communities/{row.slug}"),
        )
        for row in rows
    ]


def _members(row: HealthCommunity) -> list[Member]:
    return [
        Member(
            id=membership.partner.slug,
            name=membership.partner.name,
            short=membership.partner.short,
            kind=membership.partner.kind,
            municipality_number=membership.partner.municipality_number,
            county=membership.partner.county,
            organisation_number=membership.partner.organisation_number,
            note=membership.note,
        )
        for membership in row.present  # type: ignore[attr-defined]  # prefetched
    ]


ENDPOINTS = [
    Endpoint(
        route="communities",
        name="api_communities",
        tag="Helsefellesskap",
        summary="Alle helsefellesskap, med partene i dem",
        answer=communities,
        shape=Community,
        parameters=(MUNICIPALITY, PARTNER, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="communities/<slug:community>",
        name="api_community",
        tag="Helsefellesskap",
        summary="Ett helsefellesskap",
        answer=community,
        shape=Community,
    ),
]
