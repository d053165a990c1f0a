"""The demo's last meeting: SSU three weeks ago, with a deputy, an inhabil member and approved minutes."""

from datetime import timedelta

from django.utils import timezone

from committees.actions import (
    Point,
    ToDo,
    When,
    add_to_agenda,
    approve_minutes,
    decide,
    plan_meeting,
    record_attendance,
    recuse,
    report_recusal,
    write_case,
    write_follow_up,
    write_minutes,
)
from committees.models import AgendaItem, Committee, DecisionPoint, Seat
from committees.rules import DECIDING
from partners.models import HealthCommunity, User
from plans.actions.case_about import lay_in_case
from plans.actions.report_status import confirm_status
from plans.models import Revision
from plans.queries.status import latest_reports, measures_to_report

Verb = DecisionPoint.Verb
DAYS_AGO = 20
STATUS = {
    "title": "Status for Handlingsplan 2026, andre tertial",
    "recommendation": "Sekretariatet anbefaler at SSU bekrefter statusen slik partene har meldt den.",
    "background": "Partene har meldt status på tiltakene sine. Det som mangler, er det spurt om på nytt.",
    "presentation": "Planen følger saken. Status står ved hvert tiltak på planens side.",
    "conclusion": "SSU bekrefter statusen og tar den til orientering.",
}
ROUTINE = {
    "title": "Felles rutine for utskrivning før helg",
    "background": "Kommunene har tatt imot for mange pasienter fredag ettermiddag uten legemiddelliste.",
    "presentation": "Rutinen sier hvem som ringer, når, og hva som skal være klart før pasienten reiser.",
    "conclusion": "SSU slutter seg til rutinen og ber partene ta den i bruk.",
}
OPENING = "Innkalling og saksliste ble godkjent uten merknader."
CLOSING = "Neste møte er i Tromsø. Sekretariatet sender papirene fjorten dager før."


def add_held_meeting(community: HealthCommunity, *, by: User, plan_in_force: Revision) -> None:
    """After the reports of status, which the meeting confirms as they stood that day."""
    committee = community.committees.get(abbreviation="SSU")
    day = timezone.localdate() - timedelta(days=DAYS_AGO)
    meeting = plan_meeting(committee, by=by, when=When(date=day, place="Scandic Harstad"))
    items: list[AgendaItem] = []
    for facts in (STATUS, ROUTINE):
        case = write_case(committee, by=by, facts={"case_worker": by.name, **facts})
        items.append(add_to_agenda(meeting, case, by=by))
    status, routine = items
    lay_in_case(status.case, by=by, revision=plan_in_force)

    author = _seat(committee, "Håkon Stormo")
    reason = "Jeg skrev første utkast til rutinen på oppdrag for UNN."
    recusal = report_recusal(routine.case, author, by=_user(author), reason=reason)
    recuse(recusal, by=by, recused=True, legal_basis="forvaltningsloven § 6 andre ledd")
    record_attendance(items, by=by, present=_present(committee))

    noted = Point(
        verb=Verb.TAKES_NOTE,
        wording="SSU bekrefter statusen og tar den til orientering.",
        about=(str(status.case.plan_items.get().pk),),
    )
    decided = decide(status, by=by, points=[noted])
    joined = Point(verb=Verb.JOINS, wording="SSU slutter seg til rutinen. Den gjelder fra første januar.")
    decide(routine, by=by, points=[joined])
    reported = {report.item_id for report in latest_reports(plan_in_force.plan) if report.as_of <= day}
    confirmed = [m.item for m in measures_to_report(plan_in_force.plan) if m.item_id in reported]
    confirm_status(plan_in_force.plan, by=by, point=decided.points.get(), items=confirmed)

    to_do = ToDo(
        what="Sende rutinen til alle fastlegekontorene i området.",
        responsible=author,
        due=timezone.localdate() + timedelta(days=10),
        case=routine.case,
    )
    write_follow_up(meeting, by=by, to_do=to_do)
    write_minutes(meeting, by=by, version=0, opening=OPENING, closing=CLOSING)
    for name in ("Jorunn Elvevoll", "Torgeir Nyheim"):
        approve_minutes(meeting, by=_user(_seat(committee, name)))


def _present(committee: Committee) -> dict[Seat, Seat | None]:
    """All who decide but one who was away and one whose deputy met; and the observer."""
    away, deputy = _seat(committee, "Hilde Furumo"), _seat(committee, "Kjell Roger Myhre")
    there: dict[Seat, Seat | None] = dict.fromkeys(committee.seats.filter(role__in=DECIDING))
    del there[away]
    assert deputy.deputy_for
    del there[deputy.deputy_for]
    return {**there, deputy: deputy.deputy_for, _seat(committee, "Tone Brattfjell"): None}


def _seat(committee: Committee, name: str) -> Seat:
    return committee.seats.select_related("user", "deputy_for").get(printed_name=name)


def _user(seat: Seat) -> User:
    assert seat.user
    return seat.user
