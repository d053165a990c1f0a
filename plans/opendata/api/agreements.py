"""Agreements, and where each party stands with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from helsefellesskap.databases import by_norwegian
from partners.models import Agreement as Row
from partners.models import AgreementParty
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMUNITY, Parameter

from .endpoint import BASE, LISTED, Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Hvor en part står: hver part vedtar og signerer i egen sak."""

    partner: Annotated[str, "partens id"]
    name: str
    case_number: Annotated[str, "sakens nummer hos parten"]
    adopted_on: date | None
    signed_on: date | None
    sent_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """En avtale mellom partene i et helsefellesskap."""

    id: Annotated[str, "helsefellesskapets id og avtalens"]
    community: Annotated[str, "helsefellesskapets id"]
    kind: Annotated[str, "partnership, cooperation, sub eller guideline"]
    title: str
    own_name: Annotated[str, "navnet som partene selv har gitt den, for eksempel Ishavserklæringen"]
    version: Annotated[str, "versjonen slik den er trykt"]
    start: date | None
    end: date | None
    next_revision: Annotated[date | None, "når den skal revideres neste gang"]
    summary: str
    parent: Annotated[str | None, "id-en til avtalen den hører under"]
    parties: tuple[Party, ...]
    url: Annotated[str, "siden for mennesker"]
    api_url: Annotated[str, "denne i API-et"]


PARTNER = Parameter(
    name="partner", about="Bare avtaler der denne parten er med.", kind="slug", example="tromso"
)
KIND = Parameter(
    name="kind",
    about="Bare avtaler av dette slaget.",
    kind="choice",
    example="cooperation",
    choices=tuple(Row.Kind.values),
)


def agreements(asked: Asked) -> Page:
    rows = asked.narrow(_rows(), community="community__slug", kind="kind", partner="parties__partner__slug")
    return page_of(asked, rows, tell)


def agreement(asked: Asked, community: str, slug: str) -> Agreement:
    return tell([get_object_or_404(_rows(), community__slug=community, slug=slug)])[0]


def _rows() -> QuerySet[Row]:
    parties = AgreementParty.objects.select_related("partner").order_by(by_norwegian("partner__name"), "pk")
    return (
        Row.objects.select_related("community", "parent")
        .prefetch_related(Prefetch("parties", parties, to_attr="in_order"))
        .order_by("community__slug", "slug")
    )


def tell(rows: Sequence[Row]) -> list[Agreement]:
    return [
        Agreement(
            id=f"{row.community.slug}/{row.slug}",
            community=row.community.slug,
            kind=row.kind,
            title=row.title,
            own_name=row.own_name,
            version=row.version,
            start=row.start,
            end=row.end,
            next_revision=row.next_revision,
            summary=row.summary,
            parent=f"{row.community.slug}/{row.parent.slug}" if row.parent else None,
            parties=tuple(_party(line) for line in row.in_order),  # type: ignore[attr-defined]  # prefetched
            url=absolute(reverse("agreement_page", args=[row.community.slug, row.slug])),
            api_url=absolute(f"{BASE}agreements/{row.community.slug}/{row.slug}"),
        )
        for row in rows
    ]


def _party(line: AgreementParty) -> Party:
    return Party(
        partner=line.partner.slug,
        name=line.partner.name,
        case_number=line.case_number,
        adopted_on=line.adopted_on,
        signed_on=line.signed_on,
        sent_on=line.sent_on,
        expires_on=line.expires_on,
    )


ENDPOINTS = [
    Endpoint(
        route="agreements",
        name="api_agreements",
        tag="Avtaler",
        summary="Avtalene, med hvor hver part står",
        answer=agreements,
        shape=Agreement,
        parameters=(COMMUNITY, PARTNER, KIND, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="agreements/<slug:community>/<slug:slug>",
        name="api_agreement",
        tag="Avtaler",
        summary="Én avtale",
        answer=agreement,
        shape=Agreement,
    ),
]
