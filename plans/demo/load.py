"""Fills the communities, one transaction each: a community is there whole or not at all."""

from pathlib import Path
from typing import Any

from django.db import transaction

from committees.models import AgendaItem, Case, Decision, DecisionPoint, Meeting
from partners.management.commands.load_communities import load as load_communities
from partners.models import HealthCommunity, User
from plans.actions.adopt import DecisionFacts, adopt
from plans.actions.edit import edit_row
from plans.actions.intake import accept_import, upload_plan
from plans.actions.publish_received import publish_received
from plans.actions.write_summary import write_summary
from plans.models import CaseItem, Import, Plan, Revision

from . import bodies, people
from .corrections import add_correction
from .hearing import add_hearing
from .held import add_held_meeting
from .meetings import add_meeting
from .plans import PLANS, TROMS_2026, Adopted, DemoPlan, Received, Treatment
from .reviews import add_review
from .status import add_round, add_status
from .tables import rows
from .translations import add_translation

SOURCES = Path(__file__).parent / "sources"


def load() -> list[str]:
    """Fills what is missing, and returns the names of the communities that were filled now.

    A community whose demo secretariat is invited was filled before, and stays as people have made it.
    """
    slugs = [row["community"] for row in rows("communities")]
    if HealthCommunity.objects.filter(slug__in=slugs).count() < len(slugs):
        load_communities()
    people.make_users(rows("people", community=""))
    return [name for slug in slugs if (name := _fill(slug))]


@transaction.atomic
def _fill(slug: str) -> str:
    """The community's name if it was filled now, else nothing."""
    if people.is_invited(slug):
        return ""
    community = HealthCommunity.objects.get(slug=slug)
    bodies.describe(community)
    partners = bodies.add_partners(community)
    secretary = people.invite(community, partners)
    bodies.add_roles(community)
    bodies.add_committees(community, partners, by=secretary)
    bodies.add_agreements(community)
    for demo in PLANS:
        if demo.community == slug:
            _add_plan(demo, community, secretary)
    if slug == TROMS_2026.community:
        came_from = Import.objects.filter(community=community, name=TROMS_2026.file).values("plan")
        plan = Plan.objects.get(pk__in=came_from)
        add_translation(plan, by=secretary)
        add_correction(plan, by=secretary)
        in_force = Revision.objects.filter(plan__in=came_from).latest("number")
        add_status(in_force.plan, by=secretary)
        add_held_meeting(community, by=secretary, plan_in_force=in_force)
        add_meeting(community, by=secretary, plan_in_force=in_force)
        add_round(in_force.plan, by=secretary)
    return community.name


def _add_plan(demo: DemoPlan, community: HealthCommunity, by: User) -> None:
    """The way of every plan: upload, accept, add what the file does not say, treat, adopt."""
    data = (SOURCES / demo.file).read_bytes()
    plan = accept_import(upload_plan(community, by=by, name=demo.file, data=data), by=by)
    edit_row(plan, by=by, version=plan.version, values=_links(demo, community))
    for treatment in demo.before:
        CaseItem.objects.create(case=_record(treatment, community, by), plan=plan)
    if demo.summary:
        write_summary(plan, by=by, text=demo.summary)
    if demo.in_review:
        add_review(plan, by=by)
        add_hearing(plan, by=by)
    match demo.outcome:
        case Adopted() as adopted:
            adopt(
                plan,
                by=by,
                facts=_facts(adopted, community),
                in_force_from=adopted.in_force_from,
                published_from=adopted.published_from,
            )
        case Received() as received:
            publish_received(plan, by=by, published_from=received.published_from)


def _links(demo: DemoPlan, community: HealthCommunity) -> dict[str, Any]:
    agreements = community.agreements.filter(slug__in=demo.builds_on)
    values: dict[str, Any] = {"agreements": sorted(agreements.values_list("pk", flat=True))}
    if demo.follows:
        came_from = Import.objects.filter(community=community, name=demo.follows.file)
        values["follows"] = came_from.values_list("plan", flat=True).latest("at")
    return values


def _record(treatment: Treatment, community: HealthCommunity, by: User) -> Case:
    """A case that did not adopt anything: recommended, delegated, taken note of."""
    committee = community.committees.get(abbreviation=treatment.committee)
    meeting = Meeting.objects.create(committee=committee, date=treatment.day, state=Meeting.State.HELD)
    case = Case.objects.create(
        committee=committee,
        year=treatment.day.year,
        number=int(treatment.number.split("-")[0]),
        printed_number=treatment.number,
        title=treatment.title,
    )
    AgendaItem.objects.create(meeting=meeting, case=case)
    decision = Decision.objects.create(case=case, meeting=meeting, recorded_by=by)
    for number, point in enumerate(treatment.points, start=1):
        to = community.committees.get(abbreviation=point.delegates_to) if point.delegates_to else None
        DecisionPoint.objects.create(
            decision=decision, number=number, verb=point.verb, wording=point.wording, delegates_to=to
        )
    return case


def _facts(adopted: Adopted, community: HealthCommunity) -> DecisionFacts:
    treatment = adopted.treatment
    point = treatment.points[0]
    return DecisionFacts(
        committee=community.committees.get(abbreviation=treatment.committee),
        meeting_date=treatment.day,
        case_number=treatment.number,
        case_title=treatment.title,
        wording=point.wording,
        verb=point.verb,
        provisional_until=adopted.provisional_until,
        registered_afterwards=adopted.registered_afterwards,
    )
