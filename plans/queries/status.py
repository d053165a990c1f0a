"""How it goes with a plan's measures: who can say, what was said last, who has not answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.links import Opens
from committees.models import Committee, DecisionPoint, PersonalLink, Seat
from committees.rules import DECIDING
from helsefellesskap.slugs import slug_of
from partners.models import Partner, RoleParty, User
from partners.roles import on
from plans.importers.interpret.responsible import split
from plans.models import Measure, Plan, Responsible, StatusReport, StatusRound

# Who reports: a body that the responsible cell was linked to, or a name in it that means none of them.
type Party = Committee | Partner | RoleParty | str


def party_of(party: Party) -> str:
    """The party as people read it."""
    match party:
        case str():
            return party
        case Committee():
            return party.abbreviation
        case Partner():
            return party.short or party.name
        case RoleParty():
            return party.abbreviation


def party_key(party: Party) -> str:
    """The party as a form names it: «committee:3», «partner:7», «role:1», «name:De frivillige»."""
    if isinstance(party, str):
        return f"name:{party}"
    kind = {Committee: "committee", Partner: "partner", RoleParty: "role"}[type(party)]
    return f"{kind}:{party.pk}"


def parties_of(measure: Measure) -> list[Party]:
    """Who can report on the measure: one row a party where it names several; a role's parties by name.

    The measure's responsibles are prefetched with committee, partner and role's members. A cell that
    was linked to nobody reports under its own words.
    """
    found: list[Party] = []
    for responsible in measure.responsibles.all():
        body = responsible.committee or responsible.partner or responsible.role
        assert body is not None  # a constraint holds it
        members: list[Party] = list(responsible.role.members.all()) if responsible.role else []
        found += [party for party in members or [body] if party not in found]
    return found or [name for name in split(measure.responsible_text) if name]


def measures_to_report(plan: Plan) -> QuerySet[Measure]:
    """The plan's measures in order with everything `parties_of` reads. Five queries."""
    return (
        Measure.objects.filter(goal__section__plan=plan, struck=False)
        .select_related("item", "goal__section")
        .prefetch_related(
            Prefetch(
                "responsibles",
                Responsible.objects.select_related("committee", "partner", "role").prefetch_related(
                    "role__members"
                ),
            )
        )
        .order_by("goal__section__position", "goal__position", "position", "pk")
    )


def latest_reports(plan: Plan) -> list[StatusReport]:
    """What stands: of each measure and party the newest report. One query."""
    return newest(plan.status_reports.all())


def newest(reports: QuerySet[StatusReport]) -> list[StatusReport]:
    """Of these, the newest of each measure and party. One query."""
    found: dict[tuple[object, ...], StatusReport] = {}
    named = reports.select_related(
        "partner", "committee", "role", "confirmed_in__decision__meeting__committee"
    )
    for report in named.order_by("as_of", "pk"):
        found[key_of(report)] = report
    return list(found.values())


def key_of(report: StatusReport) -> tuple[object, ...]:
    """Which measure and party a report is of."""
    body = (report.committee_id, report.partner_id, report.role_id)
    return (report.item_id, *(body if any(body) else (report.party_name,)))


def _key(measure: Measure, party: Party) -> tuple[object, ...]:
    match party:
        case Committee():
            return (measure.item_id, party.pk, None, None)
        case Partner():
            return (measure.item_id, None, party.pk, None)
        case RoleParty():
            return (measure.item_id, None, None, party.pk)
        case str():
            return (measure.item_id, party)


def unanswered(asked: StatusRound) -> list[tuple[Measure, Party]]:
    """Of whom nothing has come since the round was asked."""
    answered = _since(asked.plan, asked.asked_at)
    return [
        (measure, party)
        for measure in measures_to_report(asked.plan)
        for party in parties_of(measure)
        if _key(measure, party) not in answered
    ]


def _since(plan: Plan, at: datetime) -> set[tuple[object, ...]]:
    return {key_of(report) for report in plan.status_reports.filter(reported_at__gte=at)}


def who_has_not_answered(asked: StatusRound) -> list[User | str]:
    """The people, and the addresses of personal links, that can report what is still unanswered."""
    parties = {party for _measure, party in unanswered(asked)}
    partners = [party.pk for party in parties if isinstance(party, Partner)]
    links = PersonalLink.objects.filter(
        purpose=PersonalLink.Purpose.STATUS, target=asked.pk, partner__in=partners, revoked_at=None
    )
    return [*_people_of(asked.plan, parties), *links.values_list("email", flat=True)]


def reporters_of(plan: Plan) -> list[User]:
    """Everybody who can report on one of the plan's measures today, each once."""
    return _people_of(plan, {party for m in measures_to_report(plan) for party in parties_of(m)})


def _people_of(plan: Plan, parties: Iterable[Party]) -> list[User]:
    """Who speaks for one of these parties today. A name that means nobody has no people."""
    partners = [p.pk for p in parties if isinstance(p, Partner)]
    committees = [p.pk for p in parties if isinstance(p, Committee)]
    today = timezone.localdate()
    seats = Seat.objects.filter(on(today), user__isnull=False).filter(
        Q(represents__in=partners, committee__community=plan.community)
        | Q(committee__in=committees, role__in=[*DECIDING, Seat.Role.SECRETARY])
    )
    represented = Q(
        representations__in=plan.community.representatives.filter(on(today), partner__in=partners)
    )
    people = User.objects.filter(Q(pk__in=seats.values("user")) | represented, is_active=True)
    return list(people.distinct().order_by("pk"))


@dataclass(frozen=True, slots=True)
class Line:
    """One party's status of one measure, as the page for reporting shows it."""

    measure: Measure
    party: Party
    standing: StatusReport | None  # what stands, if anything was reported
    waiting: bool  # whether a round asks for it

    @property
    def party_name(self) -> str:
        return party_of(self.party)

    @property
    def party_slug(self) -> str:
        """The party in an address."""
        return slug_of(party_key(self.party))

    @property
    def name(self) -> str:
        """Names the line on the page."""
        return f"{self.measure.item.code}-{self.party_slug}"


def lines_of(plan: Plan, asked: StatusRound | None) -> list[Line]:
    """A line for every measure and responsible party of the plan, in order. Seven queries."""
    stands = {key_of(report): report for report in latest_reports(plan)}
    lines = []
    for measure in measures_to_report(plan):
        for party in parties_of(measure):
            report = stands.get(_key(measure, party))
            answered = asked is None or (report is not None and report.reported_at >= asked.asked_at)
            lines.append(Line(measure, party, report, not answered))
    return lines


def open_round(plan: Plan) -> StatusRound | None:
    return plan.status_rounds.filter(closed_at=None).first()


def status_of(plan: Plan) -> dict[str, list[StatusReport]]:
    """Item key → what stands of the measure, a line a party; for the public pages. One query."""
    found: dict[str, list[StatusReport]] = {}
    for report in latest_reports(plan):
        found.setdefault(str(report.item_id), []).append(report)
    return found


def round_opened_by(link: PersonalLink) -> Opens | None:
    """The round that a personal link answers, until it is closed."""
    asked = StatusRound.objects.select_related("plan").filter(pk=link.target, closed_at=None).first()
    if asked is None:
        return None
    title, path = asked.plan.title, reverse("report_status_by_link", args=[asked.pk])
    return Opens(lambda: _("Status på «%(plan)s»") % {"plan": title}, path, asked.due)


def points_about(plan: Plan) -> QuerySet[DecisionPoint]:
    """The decision points of the cases that speak of the plan, newest meeting first."""
    points = DecisionPoint.objects.filter(decision__case__plan_items__plan=plan).distinct()
    return points.order_by("-decision__meeting__date", "number")
