"""What a meeting decided in a case, point by point, and what follows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import (
    AgendaItem,
    Authority,
    Case,
    Committee,
    Decision,
    DecisionPoint,
    Meeting,
    Recusal,
)
from committees.numbers import next_number
from committees.quorum import Quorum, quorum
from committees.subjects import subjects
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, User

from .delegate import delegate, stand_on
from .meetings import put_on_agenda
from .tell_decision import tell_confirmed, tell_decision

Verb = DecisionPoint.Verb


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point as the meeting decided it. `about` are subject keys; `effect` is what subjects need."""

    verb: str
    wording: str
    about: tuple[str, ...] = ()
    effect: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    with_changes: bool = False
    postponed_to: Meeting | None = None
    lifted_to: Committee | None = None
    delegates_to: Committee | None = None
    covers: str = ""
    until: date | None = None
    stands_on: tuple[Authority, ...] = ()
    votes_for: int | None = None
    votes_against: int | None = None


@transaction.atomic
def decide(
    item: AgendaItem, *, by: User, points: Sequence[Point], registered_afterwards: bool = False
) -> Decision:
    """Records the decision of a case in a meeting, and lets each point take effect: all of it, or nothing.

    Who was there must be recorded, unless it is registered afterwards. Raises NotAllowed, WrongState,
    Conflict (decided already) and Refusal.
    """
    locked(Meeting.objects).get(pk=item.meeting_id)  # first, as everybody who touches its list and minutes
    item = (
        locked(AgendaItem.objects)
        .select_related("meeting__committee__community", "case__committee")
        .get(pk=item.pk)
    )
    meeting, case = item.meeting, item.case
    if not rules.may_prepare(by, meeting.committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan føre vedtak."))
    _check_meeting(item, registered_afterwards=registered_afterwards)
    if not points:
        raise Refusal(_("Skriv minst ett vedtakspunkt."))
    decision = Decision.objects.create(
        case=case, meeting=meeting, recorded_by=by, registered_afterwards=registered_afterwards
    )
    for number, point in enumerate(points, start=1):
        _check_point(point, meeting)
        made = DecisionPoint.objects.create(
            decision=decision,
            number=number,
            verb=point.verb,
            wording=point.wording.strip(),
            reason=point.reason.strip(),
            with_changes=point.with_changes,
            postponed_to=point.postponed_to,
            lifted_to=point.lifted_to,
            delegates_to=point.delegates_to,
            votes_for=point.votes_for,
            votes_against=point.votes_against,
        )
        _take_effect(made, point, item, by=by)
    if meeting.state in (Meeting.State.PLANNED, Meeting.State.PAPERS_SENT):
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    subjects().decided(case)
    tell_decision(decision, by=by)
    Audit.objects.write(
        meeting.committee.community,
        by=by,
        verb="decide",
        what="%(committee)s avgjorde sak %(case)s den %(day)s: %(verbs)s.",
        facts={
            "committee": meeting.committee.abbreviation,
            "case": case.printed_number,
            "day": f"{meeting.date:%d.%m.%Y}",
            "verbs": lambda: ", ".join(str(Verb(point.verb).label) for point in points),
        },
    )
    return decision


@transaction.atomic
def confirm_words(point: DecisionPoint, *, by: User, words: str = "") -> None:
    """The leader confirms the final words of what was adopted «med endringer fra møtet»: they freeze now.

    `words` is the mark of what the leader read, as the subjects give it; where they have changed since,
    nothing is confirmed. Raises NotAllowed, WrongState, Conflict and Refusal.
    """
    point = (
        locked(DecisionPoint.objects)
        .select_related("decision__meeting__committee__community", "decision__case")
        .get(pk=point.pk)
    )
    committee = point.decision.meeting.committee
    if not rules.may_lead(by, committee):
        raise NotAllowed(_("Bare lederen og nestlederen av utvalget kan bekrefte ordlyden."))
    if not point.with_changes:
        raise WrongState(_("Vedtaket er ikke gjort med endringer fra møtet."))
    if point.confirmed_at:
        raise WrongState(_("Ordlyden er allerede bekreftet."))
    point.confirmed_by, point.confirmed_at = by, timezone.now()
    point.save(update_fields=["confirmed_by", "confirmed_at"])
    subjects().confirm(point, by=by, words=words)
    subjects().decided(point.decision.case)
    tell_confirmed(point, by=by)
    Audit.objects.write(
        committee.community,
        by=by,
        verb="confirm_words",
        what="Bekreftet ordlyden i sak %(case)s, punkt %(number)s.",
        facts={"case": point.decision.case.printed_number, "number": point.number},
    )


def _check_meeting(item: AgendaItem, *, registered_afterwards: bool) -> None:
    meeting, case = item.meeting, item.case
    if meeting.state == Meeting.State.CANCELLED:
        raise WrongState(_("Møtet er avlyst."))
    if meeting.state == Meeting.State.MINUTES_APPROVED:
        raise WrongState(_("Protokollen er godkjent. Vedtak kan ikke føres i møtet lenger."))
    if meeting.date > timezone.localdate():
        raise WrongState(_("Møtet har ikke vært ennå: et vedtak registreres etter møtet."))
    if case.decisions.filter(meeting=meeting).exists():
        raise Conflict(_("Saken er allerede avgjort i dette møtet."))
    if case.withdrawn_reason:
        raise WrongState(_("Saken er trukket."))
    if case.recusals.filter(outcome=Recusal.Outcome.REPORTED).exists():
        raise WrongState(_("Noen har meldt mulig inhabilitet i saken. Avgjør det før vedtaket."))
    if registered_afterwards:
        return
    there = quorum(item)
    if not there.recorded:
        raise WrongState(_("Før hvem som var til stede i saken, før vedtaket."))
    if not there.reached:
        raise WrongState(_no_quorum(there))


def _no_quorum(there: Quorum) -> str:
    if there.missing_sides:
        return _("Utvalget er ikke vedtaksført i saken: ingen fra %(sides)s er til stede.") % {
            "sides": ", ".join(there.missing_sides)
        }
    return _("Utvalget er ikke vedtaksført i saken: %(there)s av %(all)s til stede.") % {
        "there": there.present,
        "all": there.seats,
    }


def _check_point(point: Point, meeting: Meeting) -> None:
    if not point.wording.strip():
        raise Refusal(_("Skriv ordlyden i hvert vedtakspunkt."))
    if point.verb in (Verb.RETURNS, Verb.WITHDRAWS) and not point.reason.strip():
        raise Refusal(_("Oppgi en begrunnelse når saken sendes tilbake eller trekkes."))
    if point.verb == Verb.POSTPONES:
        to = point.postponed_to
        if to is None or to.committee_id != meeting.committee_id or to.date <= meeting.date:
            raise Refusal(_("Velg et senere møte i utvalget som saken utsettes til."))
    if point.verb == Verb.LIFTS and (
        point.lifted_to is None
        or point.lifted_to == meeting.committee
        or point.lifted_to.community_id != meeting.committee.community_id
    ):
        raise Refusal(_("Velg et annet utvalg som saken løftes til."))
    if point.verb == Verb.DELEGATES and (
        point.delegates_to is None
        or point.delegates_to == meeting.committee
        or point.delegates_to.community_id != meeting.committee.community_id
    ):
        raise Refusal(_("Velg et annet utvalg som får myndigheten."))
    if point.with_changes and point.verb not in DecisionPoint.ADOPTING:
        raise Refusal(_("Bare det som vedtas, kan vedtas med endringer fra møtet."))
    voted = point.votes_for is not None or point.votes_against is not None
    if voted and not meeting.committee.rulebook.votes:
        raise Refusal(_("Etter mandatet stemmer ikke dette utvalget."))


def _take_effect(made: DecisionPoint, point: Point, item: AgendaItem, *, by: User) -> None:
    for authority in point.stands_on:
        stand_on(made, authority, item=item)
    if made.postponed_to:
        put_on_agenda(made.postponed_to, item.case)
    if made.lifted_to:
        _lift(item.case, made.lifted_to)
    if made.verb == Verb.WITHDRAWS:
        Case.objects.filter(pk=item.case_id).update(withdrawn_reason=made.reason)
    if made.delegates_to:
        delegate(
            item.meeting.committee.community,
            by=by,
            giver=item.meeting.committee,
            holder=made.delegates_to,
            case_number=f"{item.meeting.committee.abbreviation} {item.case.printed_number}",
            covers=point.covers or made.wording,
            about=point.about,
            start=item.meeting.date,
            end=point.until,
            point=made,
        )
    subjects().apply(made, point.about, point.effect, by=by)


def _lift(case: Case, to: Committee) -> Case:
    """A case of the same words in the committee above, about the same."""
    day = timezone.localdate()
    lifted = Case(
        committee=to,
        title=case.title,
        lifted_from=case,
        case_worker=case.case_worker,
        document_date=day,
        recommendation=case.recommendation,
        background=case.background,
        presentation=case.presentation,
        conclusion_heading=to.rulebook.conclusion_heading,
        conclusion=case.conclusion,
        access=case.access,
        legal_basis=case.legal_basis,
        wider_access_considered=case.wider_access_considered,
        public_title=case.public_title,
        public_copy=case.public_copy,
    )
    next_number(lifted, day.year)
    lifted.save()
    subjects().carry(case, to=lifted)
    return lifted
