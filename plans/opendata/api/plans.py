"""Plans that are public, each with its newest public version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, get_args

from django.db.models import QuerySet
from django.utils import timezone

from plans.models import Adoption as AdoptionRow
from plans.models import Plan as Row
from plans.models import Revision
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMUNITY, UPDATED_SINCE, Parameter
from plans.queries.open_data import (
    changed_since,
    naming,
    newest_revisions,
    public_revisions,
    public_since,
    with_last_report,
)
from plans.queries.public import in_state, public_standing, standings, summary_of
from plans.standing import Standing, State

from .endpoint import BASE, LISTED, Endpoint

STATES: tuple[str, ...] = get_args(State.__value__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Hvor lenge planen gjelder."""

    text: Annotated[str, "slik det står i planen"]
    start: date | None
    end: date | None
    end_event: Annotated[str, "hendelsen den gjelder til, der den ikke har en sluttdato"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """At noen vedtok planen, eller et kapittel i den."""

    committee: Annotated[str, "utvalgets id"]
    decided_on: Annotated[date, "møtedatoen"]
    case_number: str
    decision: Annotated[str, "vedtaket i API-et"]
    in_force_from: date
    provisional_until: Annotated[str, "til når, der vedtaket er foreløpig"]
    section: Annotated[str | None, "koden til kapittelet, der bare ett ble vedtatt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """En handlingsplan eller strategi, slik den nyeste offentlige versjonen er."""

    id: Annotated[str, "helsefellesskapets id og planens"]
    community: Annotated[str, "helsefellesskapets id"]
    kind: Annotated[str, "action_plan eller strategy"]
    language: Annotated[str, "nb, nn, se eller en"]
    title: str
    subtitle: str
    summary: Annotated[str, "«Kort sagt»: sekretariatets korte omtale, ikke en del av det som er vedtatt"]
    period: Period
    state: Annotated[
        State,
        "gjelder, foreløpig, gjelder senere, erstattet, utløpt, eller mottatt uten vedtaksopplysninger",
    ]
    version: Annotated[int, "nummeret på den nyeste offentlige versjonen"]
    sha256: Annotated[str, "SHA-256 av den låste versjonen"]
    published_from: date
    updated_at: Annotated[datetime, "når den ble offentlig, ble vedtatt, eller noen sist meldte status"]
    adoptions: tuple[Adoption, ...]
    measures: Annotated[int, "hvor mange tiltak den har"]
    follows: Annotated[str | None, "id-en til planen den følger etter"]
    superseded_by: Annotated[str | None, "id-en til planen som har erstattet den"]
    url: Annotated[str, "siden for mennesker"]
    pdf_url: str
    word_url: str
    document_url: Annotated[str, "hele den låste versjonen som JSON"]
    translations: Annotated[tuple[str, ...], "oversettelser av den i API-et; det er denne som gjelder"]
    api_url: Annotated[str, "denne i API-et"]


STATE = Parameter(
    name="state",
    about="Bare planer i denne tilstanden i dag.",
    kind="choice",
    example="in_force",
    choices=STATES,
)
KIND = Parameter(
    name="kind",
    about="Bare handlingsplaner, eller bare strategier.",
    kind="choice",
    example="action_plan",
    choices=tuple(Row.Kind.values),
)
RESPONSIBLE = Parameter(
    name="responsible",
    about="Bare der denne er nevnt som ansvarlig: id-en til en part, den siste delen av id-en til et utvalg "
    "(ssu), eller forkortelsen til en rolle (sekr).",
    kind="slug",
    example="ssu",
)


def plans(asked: Asked) -> Page:
    rows = asked.narrow(newest_revisions(), community="plan__community__slug", kind="plan__kind")
    if responsible := asked.given.get("responsible"):
        rows = naming(rows, responsible)
    if since := asked.given.get("updated_since"):
        rows = changed_since(rows, since)
    if state := asked.given.get("state"):
        rows = in_state(rows, state, timezone.localdate())
    return page_of(asked, _light(rows).order_by("plan__community__slug", "plan__slug"), _tell)


def plan(asked: Asked, community: str, plan: str) -> Plan:
    revision = public_standing(community, plan).revision
    return _tell(_light(newest_revisions().filter(pk=revision.pk)))[0]


def _light(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    return with_last_report(rows).defer("content").prefetch_related("plan__translations", "plan__summaries")


def _tell(rows: Iterable[Revision]) -> list[Plan]:
    return tell(standings(rows, timezone.localdate()))


def tell(found: Sequence[Standing]) -> list[Plan]:
    """One query beside: which of the plans before them are public."""
    before = public_ids(standing.plan.follows_id for standing in found)
    return [_plan(standing, before.get(standing.plan.follows_id)) for standing in found]


def public_ids(plans: Iterable[int | None]) -> dict[int | None, str]:
    """Plan → its id here, of those that are public."""
    rows = public_revisions().filter(plan__in=[pk for pk in plans if pk]).order_by()
    named = rows.values_list("plan", "plan__community__slug", "plan__slug").distinct()
    return {pk: f"{community}/{slug}" for pk, community, slug in named}


def id_of(plan: Row) -> str:
    return f"{plan.community.slug}/{plan.slug}"


def _plan(standing: Standing, follows: str | None) -> Plan:
    plan, revision, publication = standing.plan, standing.revision, standing.publication
    version = f"{absolute(plan.get_absolute_url())}v{revision.number}"
    changed = [public_since(publication), getattr(revision, "last_report", None)]
    changed += [adoption.registered_at for adoption in standing.adoptions]
    return Plan(
        id=id_of(plan),
        community=plan.community.slug,
        kind=plan.kind,
        language=plan.language,
        title=plan.title,
        subtitle=plan.subtitle,
        summary=summary_of(plan),
        period=Period(
            text=plan.period_text,
            start=plan.period_start,
            end=plan.period_end,
            end_event=plan.period_end_event,
        ),
        state=standing.state,
        version=revision.number,
        sha256=revision.sha256,
        published_from=publication.published_from,
        updated_at=max(moment for moment in changed if moment),
        adoptions=tuple(adoption_of(adoption) for adoption in standing.adoptions),
        measures=revision.measures,
        follows=follows,
        superseded_by=id_of(standing.superseded_by) if standing.superseded_by else None,
        url=absolute(plan.get_absolute_url()),
        pdf_url=f"{version}.pdf",
        word_url=f"{version}.docx",
        document_url=f"{version}.json",
        translations=tuple(
            absolute(f"{BASE}plans/{id_of(plan)}/translations/{one.language}")
            for one in plan.translations.all()
            if one.published_at
        ),
        api_url=absolute(f"{BASE}plans/{id_of(plan)}"),
    )


def adoption_of(adoption: AdoptionRow) -> Adoption:
    decision = adoption.point.decision
    committee = decision.case.committee
    return Adoption(
        committee=f"{adoption.revision.plan.community.slug}/{committee.slug}",
        decided_on=decision.meeting.date,
        case_number=decision.case.printed_number,
        decision=absolute(f"{BASE}decisions/{decision.pk}"),
        in_force_from=adoption.in_force_from,
        provisional_until=adoption.provisional_until,
        section=adoption.item.code if adoption.item else None,
    )


ENDPOINTS = [
    Endpoint(
        route="plans",
        name="api_plans",
        tag="Planer",
        summary="Alle offentlige planer, også dem som er erstattet",
        answer=plans,
        shape=Plan,
        parameters=(COMMUNITY, KIND, STATE, RESPONSIBLE, UPDATED_SINCE, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="plans/<slug:community>/<slug:plan>",
        name="api_plan",
        tag="Planer",
        summary="Én plan",
        answer=plan,
        shape=Plan,
    ),
]
