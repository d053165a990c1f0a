"""Frozen versions, and the whole document of each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from plans.models import Revision
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMUNITY, PLAN, UPDATED_SINCE
from plans.queries.open_data import changed_since, public_revisions, public_since
from plans.queries.public import public_standing

from .endpoint import BASE, LISTED, Endpoint
from .plans import id_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """En låst versjon av en plan. Ordene i den endres aldri."""

    id: Annotated[str, "planens id og versjonens nummer"]
    plan: Annotated[str, "planens id"]
    number: int
    sha256: Annotated[str, "SHA-256 av dokumentet slik det er på document_url"]
    published_from: date
    updated_at: Annotated[datetime, "når den ble offentlig"]
    url: Annotated[str, "siden for mennesker"]
    document_url: Annotated[str, "dokumentet byte for byte slik det ble låst"]
    api_url: Annotated[str, "denne i API-et"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionWithDocument(Version):
    """En låst versjon med hele dokumentet."""

    document: Annotated[dict[str, Any], "formen står i docs/plan-document.schema.json i kildekoden"]


def versions(asked: Asked) -> Page:
    rows = public_revisions().defer("content")
    rows = asked.narrow(rows, community="plan__community__slug", plan="plan")
    if since := asked.given.get("updated_since"):
        rows = changed_since(rows, since)
    return page_of(asked, rows, tell)


def version(asked: Asked, community: str, plan: str, number: int) -> VersionWithDocument:
    revision = public_standing(community, plan, number).revision
    return VersionWithDocument(document=json.loads(revision.content), **_facts(revision))


def tell(rows: Sequence[Revision]) -> list[Version]:
    return [Version(**_facts(row)) for row in rows]


def _facts(revision: Revision) -> dict[str, Any]:
    name = f"{id_of(revision.plan)}/versions/{revision.number}"
    page = absolute(revision.get_absolute_url())
    return {
        "id": name,
        "plan": id_of(revision.plan),
        "number": revision.number,
        "sha256": revision.sha256,
        "published_from": revision.publication.published_from,
        "updated_at": public_since(revision.publication),
        "url": page,
        "document_url": f"{page.rstrip('/')}.json",
        "api_url": absolute(f"{BASE}plans/{name}"),
    }


ENDPOINTS = [
    Endpoint(
        route="versions",
        name="api_versions",
        tag="Versjoner",
        summary="Alle offentlige versjoner av planene",
        answer=versions,
        shape=Version,
        parameters=(COMMUNITY, PLAN, UPDATED_SINCE, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="plans/<slug:community>/<slug:plan>/versions/<int:number>",
        name="api_version",
        tag="Versjoner",
        summary="Én versjon, med hele dokumentet",
        answer=version,
        shape=VersionWithDocument,
    ),
]
