"""The demo's coming meeting: SSU, called, with two cases, one of them about the plan in force."""

from datetime import time, timedelta

from django.utils import timezone

from committees.actions import When, add_to_agenda, add_to_wheel, call_meeting, plan_meeting, write_case
from partners.models import HealthCommunity, User
from plans.actions.case_about import lay_in_case
from plans.models import Revision

STATUS = {
    "title": "Status for Handlingsplan 2026",
    "recommendation": "Sekretariatet anbefaler at SSU tar statusen til orientering.",
    "background": (
        "Handlingsplan 2026 gjelder ut året. Partnerskapsmøtet ba SSU følge opp tiltakene og rapportere til "
        "neste partnerskapsmøte."
    ),
    "presentation": "Planen følger saken med alle tiltakene.",
    "conclusion": "SSU tar statusen for Handlingsplan 2026 til orientering.",
}
PRIORITIES = {
    "title": "Handlingsplan 2027: hva skal prioriteres?",
    "background": "Utkastet til Handlingsplan 2027 er under arbeid i sekretariatet.",
    "presentation": "SSU bes om å si hvilke mål som skal ha flest tiltak, og hva som kan utgå.",
    "conclusion": "SSU ber sekretariatet arbeide videre med utkastet i tråd med det som framkom i møtet.",
}


def add_meeting(community: HealthCommunity, *, by: User, plan_in_force: Revision) -> None:
    """Six weeks from now, so that there is something to prepare whenever the demo is filled."""
    committee = community.committees.get(abbreviation="SSU")
    day = timezone.localdate() + timedelta(days=42)
    when = When(
        date=day,
        starts_at=time(10),
        ends_at=time(14),
        place="UNN Tromsø, møterom Lyngen",
        papers_due=committee.rulebook.papers_due(day),
    )
    meeting = plan_meeting(committee, by=by, when=when)
    for facts in (STATUS, PRIORITIES):
        case = write_case(committee, by=by, facts={"case_worker": by.name, **facts})
        add_to_agenda(meeting, case, by=by)
        if facts is STATUS:
            lay_in_case(case, by=by, revision=plan_in_force)
    call_meeting(meeting, by=by)
    text = "Innspill til neste handlingsplan"
    add_to_wheel(committee, by=by, day=day + timedelta(days=90), kind="other", text=text)
