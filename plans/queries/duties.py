"""What a kommune, another party, a committee or a role has taken on across a community's public plans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, Seat
from committees.rules import DECIDING
from helsefellesskap.slugs import slug_of
from partners.models import HealthCommunity, Partner, RoleParty
from partners.roles import on
from plans import document as doc
from plans.document import Goal, Measure
from plans.duties import (
    Group,
    Holder,
    committees_in,
    group_of,
    is_all_municipalities,
    is_jointly,
)
from plans.models import Item, Revision, StatusReport
from plans.standing import Standing, is_late

from .status import newest

type Body = Committee | Partner | RoleParty

# Plans whose time is over: their duties are shown when somebody asks for them.
OVER = ("superseded", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One measure that somebody has taken on. `reports` are what this party last said of it."""

    plan: Standing
    document: doc.PlanDocument  # the plan's text, whose abbreviations spell out who is responsible
    goal: Goal
    measure: Measure
    code: str
    group: Group
    committees: tuple[Committee, ...]  # through which, where the group says so
    reports: tuple[StatusReport, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """All of one party's, in the order of plans and measures."""

    all: tuple[Duty, ...]
    jointly: int  # measures of the same plans that are «Felles», and so nobody's
    sits_in: tuple[Committee, ...]

    def of(self, group: Group) -> list[Duty]:
        return [duty for duty in self.all if duty.group == group]

    @property
    def late(self) -> int:
        return sum(duty.late for duty in self.all)

    @property
    def unreported(self) -> int:
        return sum(not duty.reports for duty in self.all)


def responsible_body(community: HealthCommunity, slug: str) -> Body:
    """The committee, party or role at this address. Raises Http404."""
    if committee := community.committees.filter(slug=slug).first():
        return committee
    if partner := Partner.objects.filter(communities=community, slug=slug).first():
        return partner
    for role in community.roles.all():
        if slug_of(role.abbreviation) == slug:
            return role
    raise Http404


def body_name(body: Body) -> str:
    """As a heading names it: «Tromsø kommune», «Strategisk samarbeidsutvalg (SSU)»."""
    if isinstance(body, Partner):
        kommune = body.kind == Partner.Kind.MUNICIPALITY and "kommune" not in body.name.casefold()
        return _("%(name)s kommune") % {"name": body.name} if kommune else body.name
    return f"{body.name} ({body.abbreviation})" if body.abbreviation != body.name else body.name


def body_slug(body: Body) -> str:
    return slug_of(body.abbreviation) if isinstance(body, RoleParty) else body.slug


def duties_of(community: HealthCommunity, body: Body, plans: Sequence[Standing]) -> Duties:
    """The body's duties in these plans of the community. At most seven queries."""
    roles = list(community.roles.prefetch_related("members"))
    sits_in = _sits_in(community, body)
    holder = _holder(body, roles, sits_in)
    documents = _documents(plans)
    found: list[tuple[Standing, Goal, Measure, Group]] = []
    jointly = 0
    for plan in plans:
        for _section, goal, measure in documents[plan.revision.pk].walk_measures():
            jointly += is_jointly(measure)
            if group := group_of(measure, holder):
                found.append((plan, goal, measure, group))
    keys = [measure.key for _plan, _goal, measure, _group in found]
    codes = {str(pk): code for pk, code in Item.objects.filter(pk__in=keys).values_list("pk", "code")}
    said = _said(keys, plans)
    today = timezone.localdate()
    duties = []
    for plan, goal, measure, group in found:
        reports = said.get(measure.key, [])
        by = [c for c in sits_in if c.slug in committees_in(measure)] if group == "through" else []
        duties.append(
            Duty(
                plan=plan,
                document=documents[plan.revision.pk],
                goal=goal,
                measure=measure,
                code=codes.get(measure.key, ""),
                group=group,
                committees=tuple(by),
                reports=tuple(r for r in reports if _speaks(r, by or [body], group)),
                late=is_late(measure, plan.period, [report.value for report in reports], today),
            )
        )
    return Duties(tuple(duties), jointly, tuple(sits_in))


def _holder(body: Body, roles: Iterable[RoleParty], sits_in: Iterable[Committee]) -> Holder:
    if isinstance(body, Committee):
        return Holder(kind="committee", key=body.slug)
    if isinstance(body, RoleParty):
        return Holder(kind="role", key=str(body.pk))
    return Holder(
        kind="partner",
        key=body.slug,
        roles=frozenset(str(role.pk) for role in roles if body in role.members.all()),
        committees=frozenset(committee.slug for committee in sits_in),
        municipality=body.kind == Partner.Kind.MUNICIPALITY,
    )


def _sits_in(community: HealthCommunity, body: Body) -> list[Committee]:
    """Where the party has a seat that decides today."""
    if not isinstance(body, Partner):
        return []
    seats = Seat.objects.filter(on(timezone.localdate()), represents=body, role__in=DECIDING)
    return list(community.committees.filter(pk__in=seats.values("committee")))


def _documents(plans: Sequence[Standing]) -> dict[int, doc.PlanDocument]:
    """The frozen documents of the plans' public versions, by revision."""
    contents = Revision.objects.filter(pk__in=[plan.revision.pk for plan in plans])
    return {pk: doc.load(content) for pk, content in contents.values_list("pk", "content")}


def _said(keys: Sequence[str], plans: Sequence[Standing]) -> dict[str, list[StatusReport]]:
    """Item key → what stands of it, a report a party."""
    items, mine = [UUID(key) for key in keys], [plan.plan.pk for plan in plans]
    reports = StatusReport.objects.filter(item__in=items, plan__in=mine)
    said: dict[str, list[StatusReport]] = {}
    for report in newest(reports):
        said.setdefault(str(report.item_id), []).append(report)
    return said


def _speaks(report: StatusReport, bodies: Iterable[Body], group: Group) -> bool:
    """Whether the report is one of these bodies' own.

    Where a role has members they report by name; where it has none, it does so itself.
    """
    for body in bodies:
        match body:
            case Committee():
                own = report.committee_id == body.pk
            case Partner():
                own = report.partner_id == body.pk
            case RoleParty():
                own = report.role_id == body.pk or report.partner in body.members.all()
        if own:
            return True
    return group == "covered" and is_all_municipalities(report.party_name)
