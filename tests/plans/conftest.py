"""The cast and the props that tests of plans share."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from committees.models import Committee
from partners.models import HealthCommunity, Membership, Partner, RoleParty, SecretariatPlace, User
from plans import actions
from plans.document import PlanDocument
from plans.models import Plan
from plans.snapshot import to_draft

from .documents import small_plan
from .stances import leader as leader  # the fixtures of every test of a stance
from .stances import review as review


@pytest.fixture(autouse=True)
def _tasks_wait(settings: Any) -> None:
    """Tasks are queued as in production; a test that wants one done runs it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def community(db: None) -> HealthCommunity:
    """Troms og Ofoten with an SSU, a PM, a secretariat role and its hospital."""
    community = HealthCommunity.objects.create(
        slug="troms-og-ofoten", name="Helsefellesskapet Troms og Ofoten"
    )
    unn = Partner.objects.create(
        slug="unn", name="Universitetssykehuset Nord-Norge HF", short="UNN", kind="hf"
    )
    Membership.objects.create(community=community, partner=unn)
    RoleParty.objects.create(community=community, abbreviation="SEKR", name="Sekretariatet")
    for rank, (abbreviation, name) in enumerate(
        [("PM", "Partnerskapsmøtet"), ("SSU", "Strategisk samarbeidsutvalg")]
    ):
        Committee.objects.create(
            community=community,
            slug=abbreviation.lower(),
            abbreviation=abbreviation,
            name=name,
            level="øverste" if rank == 0 else "strategisk",
            rank=rank,
        )
    return community


@pytest.fixture
def kari(community: HealthCommunity) -> User:
    """Works in the secretariat of Troms og Ofoten."""
    kari = User.objects.create_user("kari@example.org", "tett-og-godt-samarbeid", name="Kari Nordmann")
    SecretariatPlace.objects.create(community=community, user=kari, start=date(2020, 1, 1))
    return kari


@pytest.fixture
def secretary(client: Client, kari: User) -> Client:
    """Kari, signed in."""
    client.force_login(kari)
    return client


@pytest.fixture
def ola(db: None) -> User:
    """Signed in, with no role anywhere."""
    return User.objects.create_user("ola@example.org", "tett-og-godt-samarbeid", name="Ola Nordmann")


@pytest.fixture
def draft(community: HealthCommunity, kari: User) -> Plan:
    """Kari's draft of the small plan."""
    return make_draft(small_plan(), community, kari)


def make_draft(document: PlanDocument, community: HealthCommunity, by: User, **facts: Any) -> Plan:
    plan = to_draft(document, community=community, by=by)
    for name, value in facts.items():
        setattr(plan, name, value)
    plan.save()
    return plan


def decision(community: HealthCommunity, **changes: Any) -> actions.DecisionFacts:
    """SSU's decision in case 07-2026, point 1."""
    facts = {
        "committee": community.committees.get(slug="ssu"),
        "meeting_date": date(2026, 3, 12),
        "case_number": "07-2026",
        "case_title": "Handlingsplan 2026",
        "wording": "SSU vedtar handlingsplanen.",
    }
    return actions.DecisionFacts(**(facts | changes))


def adopted(plan: Plan, by: User, **changes: Any) -> Plan:
    """The plan, adopted by SSU, in force and public since 1 April 2026 unless told otherwise."""
    days = {name: changes.pop(name, date(2026, 4, 1)) for name in ("in_force_from", "published_from")}
    actions.adopt(plan, by=by, facts=decision(plan.community, **changes), **days)
    plan.refresh_from_db()
    return plan
