"""«SSU vedtok planen»: the decision is recorded, the words freeze, the plan becomes public."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.actions import tell_decision
from committees.actions.tell_decision import LATELY
from committees.models import AgendaItem, Case, Committee, Decision, DecisionPoint, Meeting
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from partners.actions import tell
from partners.models import Audit, User
from plans import rules
from plans.models import Adoption, CaseItem, Plan, Publication, Revision
from plans.queries.reviews import open_title
from plans.queries.status import reporters_of
from plans.renderings import drop_renderings
from plans.search.index import index_plan

from .answer_input import tell_what_became_of_it
from .authority import check_authority
from .case_facts import case_facts
from .files import request_files
from .freeze import freeze
from .lay_before import close_reviews
from .publishable import check_publishable


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What was decided, where and when, as the person who records it knows it."""

    committee: Committee
    meeting_date: date
    case_number: str  # as printed: «07-2021»
    case_title: str
    wording: str
    point: int = 1
    verb: DecisionPoint.Verb = DecisionPoint.Verb.ADOPTS
    provisional_until: str = ""  # in words: a date or «neste partnerskapsmøte»
    registered_afterwards: bool = False


@transaction.atomic
def adopt(
    plan: Plan, *, by: User, facts: DecisionFacts, in_force_from: date, published_from: date
) -> Adoption:
    """Records the decision, freezes the words and publishes them from their day; the files follow by task.

    A plan that was published as received keeps its frozen words and gains its decision. Raises
    NotAllowed, WrongState (already adopted), Conflict (the case says otherwise) and Refusal
    (something is missing).
    """
    plan = lock_to_adopt(plan)
    if not rules.may_adopt(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan registrere vedtak."))
    _check(plan, facts)
    point = _record(facts, by=by, case_of=plan)
    tell_decision(point.decision, by=by)
    return adopt_by(
        point,
        plan,
        by=by,
        in_force_from=in_force_from,
        published_from=published_from,
        provisional_until=facts.provisional_until,
    )


def lock_to_adopt(plan: Plan) -> Plan:
    """The plan's row, locked. Raises WrongState where it is adopted already, and not only provisionally."""
    plan = locked(Plan.objects).select_related("community", "follows").get(pk=plan.pk)
    finally_adopted = Adoption.objects.filter(revision__plan=plan, provisional_until="")
    if plan.state == Plan.State.ADOPTED and finally_adopted.exists():
        raise WrongState(_("Planen er allerede vedtatt."))
    return plan


def adopt_by(
    point: DecisionPoint,
    plan: Plan,
    *,
    by: User,
    in_force_from: date,
    published_from: date,
    provisional_until: str = "",
    laid: Revision | None = None,
) -> Adoption:
    """The plan becomes adopted by a decision point that is recorded. Call with the plan locked.

    The words are those of `laid`, the version that lay before the meeting, where the draft still says
    the same; otherwise the draft's, frozen now. Raises OutsideAuthority and Refusal.
    """
    check_authority(point, plan)
    if plan.locked:  # as received, or adopted provisionally: the words stand, and gain their decision
        revision = plan.revisions.latest("number")
    else:
        check_publishable(plan)
        revision = laid or freeze(plan, by=by, purpose=Revision.Purpose.ADOPTION)
    adoption = Adoption.objects.create(
        revision=revision,
        point=point,
        provisional_until=provisional_until,
        in_force_from=in_force_from,
        registered_by=by,
    )
    case = point.decision.case
    CaseItem.objects.get_or_create(case=case, plan=plan, revision=revision)
    Publication.objects.get_or_create(
        revision=revision, defaults={"published_from": published_from, "published_by": by}
    )
    plan.state = Plan.State.ADOPTED
    plan.save(update_fields=["state"])
    request_files(revision)
    drop_renderings(plan)
    index_plan(plan)
    close_reviews(plan)
    tell_what_became_of_it(plan)
    tell_responsible(plan, point)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="adopt",
        what="«%(plan)s» versjon %(number)s vedtatt av %(committee)s i sak %(case)s, gjelder fra %(day)s.",
        facts={
            "plan": plan.title,
            "number": revision.number,
            "committee": case.committee.abbreviation,
            "case": case.printed_number,
            "day": f"{in_force_from:%d.%m.%Y}",
        },
    )
    return adoption


def tell_responsible(plan: Plan, point: DecisionPoint) -> None:
    """Those who speak for a responsible party or committee hear that the plan names it. Of what was decided
    long ago and is registered now, nobody hears.
    """
    if point.decision.meeting.date < timezone.localdate() - LATELY:
        return
    title = open_title(plan)
    tell(
        plan.community,
        to=reporters_of(plan),
        kind="mention",
        key=f"responsible:{plan.pk}",
        group=f"plan:{plan.pk}",
        group_title=title,
        text=lambda: (
            _("%(plan)s er vedtatt, og noen du taler for, er ansvarlige for tiltak i den.")
            % {"plan": title()}
        ),
        path=reverse("report_status", args=[plan.community.slug, plan.slug]),
    )


def _check(plan: Plan, facts: DecisionFacts) -> None:
    if facts.committee.community_id != plan.community_id:
        raise Conflict(_("Utvalget hører til et annet helsefellesskap."))
    if facts.verb not in DecisionPoint.ADOPTING:
        raise WrongState(_("Et vedtak med dette verbet gjør ikke planen vedtatt."))
    if facts.meeting_date > timezone.localdate():
        raise WrongState(_("Møtet har ikke vært ennå: et vedtak registreres etter møtet."))


def _record(facts: DecisionFacts, *, by: User, case_of: Plan) -> DecisionPoint:
    """The decision point, with its meeting, case and decision; what is recorded already is used."""
    meeting, _made = Meeting.objects.get_or_create(committee=facts.committee, date=facts.meeting_date)
    before = (Meeting.State.PLANNED, Meeting.State.PAPERS_SENT)
    Meeting.objects.filter(pk=meeting.pk, state__in=before).update(state=Meeting.State.HELD)
    year, number = _numbers(facts)
    case, _made = Case.objects.get_or_create(
        committee=facts.committee,
        year=year,
        number=number,
        defaults={
            "printed_number": facts.case_number,
            "title": facts.case_title,
            **case_facts(case_of, facts.case_number),
        },
    )
    AgendaItem.objects.get_or_create(meeting=meeting, case=case)
    decision, _made = Decision.objects.get_or_create(
        case=case,
        meeting=meeting,
        defaults={"registered_afterwards": facts.registered_afterwards, "recorded_by": by},
    )
    point, made = DecisionPoint.objects.get_or_create(
        decision=decision,
        number=facts.point,
        defaults={"verb": facts.verb, "wording": facts.wording},
    )
    if not made and (point.verb, point.wording) != (facts.verb, facts.wording):
        raise Conflict(
            _("Punkt %(number)s i sak %(case)s er registrert med andre ord: «%(wording)s»")
            % {"number": point.number, "case": case.printed_number, "wording": point.wording}
        )
    return point


def _numbers(facts: DecisionFacts) -> tuple[int, int]:
    """«07-2021», «2021/7», «7/21» and «12» as (year, number); the meeting's year where none is printed."""
    found = [int(n) for n in re.findall(r"\d+", facts.case_number)]
    if not found:
        raise WrongState(_("Saksnummeret må ha minst ett siffer, for eksempel 07-2026."))
    year = next((n for n in found if 1900 < n < 2200), facts.meeting_date.year)
    number = next((n for n in found if n != year), found[0])
    if number > 2**31 - 1:
        raise WrongState(_("Saksnummeret er for langt."))
    return year, number
