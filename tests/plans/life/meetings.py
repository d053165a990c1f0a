"""Steps in committees: a case on a list, who was there, inhabilitet, the decision, authority."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F
from hypothesis import strategies as st

from committees import actions as committee_actions
from committees.actions import Point
from committees.actions.meetings import When
from committees.models import (
    AgendaItem,
    Authority,
    Committee,
    DecisionPoint,
    Recusal,
    Seat,
)
from committees.rules import DECIDING
from partners.roles import on
from plans import actions
from plans.models import CaseItem, Plan

from .life import Life, pick, step
from .table import CONFIRM, MAY, NAMES, PREPARE, TODAY, someone, which

Verb = DecisionPoint.Verb
DAYS = {"in_force_from": TODAY, "published_from": TODAY}
ADOPTING = st.sampled_from([Verb.ADOPTS, Verb.ADOPTS, *sorted(DecisionPoint.ADOPTING)])
OTHERWISE = [verb for verb in Verb if verb not in DecisionPoint.ADOPTING]


class Meetings(Life):
    def is_on_a_list(self) -> bool:
        return AgendaItem.objects.exclude(case__decisions__meeting=F("meeting")).exists()

    @step(n=someone, days=which, to=which)
    def treat(self, n: int, days: int, to: int) -> None:
        """A case about the newest version, on the list of a meeting, and who was there."""
        committee = self.committees[to % 3]
        may = PREPARE[committee.abbreviation]
        when = When(date=TODAY - timedelta(days=days % 5 - 1))
        revision = self.plan.revisions.order_by("-number").first()
        if revision is None or committee.meetings.filter(date=when.date).exists():
            return
        did = self.act(
            "plan_meeting",
            may,
            n,
            ["plan_meeting"],
            lambda by: committee_actions.plan_meeting(committee, by=by, when=when),
        )
        # A committee's secretary does not read drafts: the case of a plan is the secretariat's to make.
        did = did and self.act(
            "case_about",
            MAY["secretariat"],
            n,
            ["write_case", "lay_in_case"],
            lambda by: actions.case_about(revision, by=by, committee=committee),
        )
        did = did and self.act(
            "add_to_agenda",
            may,
            n,
            ["add_to_agenda"],
            lambda by: committee_actions.add_to_agenda(
                committee.meetings.get(date=when.date), committee.cases.latest("pk"), by=by
            ),
        )
        if did:
            self.attend(n=n, at=0, deputy=bool(days % 2))

    @step(when=is_on_a_list, n=someone, at=which, deputy=st.booleans())
    def attend(self, n: int, at: int, deputy: bool) -> None:
        """Everybody who decides was there; in SSU perhaps the deputy in the leader's place."""
        item = self.waiting(at)
        committee = item.meeting.committee
        present: dict[Seat, Seat | None] = dict.fromkeys(
            committee.seats.filter(on(item.meeting.date), role__in=DECIDING)
        )
        if committee == self.cast.ssu and deputy:
            stands_in = committee.seats.get(role=Seat.Role.DEPUTY)
            del present[stands_in.deputy_for]
            present[stands_in] = stands_in.deputy_for
        self.act(
            "record_attendance",
            PREPARE[committee.abbreviation],
            n,
            ["record_attendance"],
            lambda by: committee_actions.record_attendance([item], by=by, present=present),
        )

    @step(when=lambda self: self.is_on_a_list() and Recusal.objects.count() < 3, n=someone, at=which)
    def report_recusal(self, n: int, at: int) -> None:
        item = self.waiting(at)
        committee = item.meeting.committee
        seat = pick(committee.seats.filter(role__in=DECIDING, end=None), at)
        own = {name for name in NAMES if self.people[name] == seat.user}
        self.act(
            "report_recusal",
            own | PREPARE[committee.abbreviation],
            n,
            ["report_recusal"],
            lambda by: committee_actions.report_recusal(item.case, seat, by=by, reason="Eier bygget."),
        )

    @step(times=2, when=lambda self: Recusal.objects.exists(), n=someone, at=which, recused=st.booleans())
    def recuse(self, n: int, at: int, recused: bool) -> None:
        recusal = pick(Recusal.objects.order_by("-outcome", "-pk").select_related("case__committee"), at // 4)
        committee = recusal.case.committee
        deputy = committee.seats.filter(role=Seat.Role.DEPUTY).first() if at % 4 else None
        self.act(
            "recuse",
            PREPARE[committee.abbreviation],
            n,
            ["recuse"],
            lambda by: committee_actions.recuse(
                recusal, by=by, recused=recused, legal_basis="fvl. § 6", deputy=deputy
            ),
        )

    @step(
        times=4, when=is_on_a_list, n=someone, at=which, verb=st.sampled_from(OTHERWISE), later=st.booleans()
    )
    def decide(self, n: int, at: int, verb: Verb, later: bool) -> None:
        item = self.waiting(at)
        committee = item.meeting.committee
        meetings = committee.meetings.filter(date__gt=item.meeting.date)
        if later and not meetings:  # there is one to postpone to, mostly
            when = When(date=item.meeting.date + timedelta(days=1))
            committee_actions.plan_meeting(committee, by=self.cast.kari, when=when)
        did = self.record(
            item,
            n,
            ["delegate"] * (verb == Verb.DELEGATES) + ["decide"],
            verb=verb,
            postponed_to=meetings.first() if verb == Verb.POSTPONES else None,
            lifted_to=next(c for c in self.committees if c != committee) if verb == Verb.LIFTS else None,
            delegates_to=self.below(committee) if verb == Verb.DELEGATES else None,
            until=TODAY - timedelta(days=at % 3) if verb == Verb.DELEGATES else None,
        )
        if did and verb in (Verb.RETURNS, Verb.WITHDRAWS):
            assert self.plan.state != Plan.State.IN_REVIEW

    @step(
        times=3,
        when=is_on_a_list,
        n=someone,
        at=which,
        verb=ADOPTING,
        with_changes=st.booleans(),
        stand_on=which,
    )
    def adopt(self, n: int, at: int, verb: Verb, with_changes: bool, stand_on: int) -> None:
        """Nine times of ten by some authority, mostly the newest that the committee itself has."""
        item = self.waiting(at)
        by_holder = sorted(
            Authority.objects.order_by("-pk"), key=lambda a: a.to_committee_id != item.meeting.committee_id
        )
        authority = pick(by_holder, stand_on // 4) if stand_on else None
        self.record(
            item,
            n,
            ["decide"] if with_changes else ["adopt", "decide"],
            verb=verb,
            effect=DAYS | {"provisional_until": "PM" * (verb == Verb.ADOPTS_PROVISIONALLY)},
            with_changes=with_changes,
            stands_on=(authority,) if authority else (),
        )

    def record(self, item: AgendaItem, n: int, lines: Sequence[str], **point: Any) -> bool:
        about = tuple(str(pk) for pk in item.case.plan_items.values_list("pk", flat=True)[:1])
        points = [Point(wording="Slik ble det.", reason="Fordi.", about=about, **point)]
        changes = ", with changes" if point.get("with_changes") else ""
        return self.act(
            f"decide: {point['verb']}{changes}",
            PREPARE[item.meeting.committee.abbreviation],
            n,
            lines,
            lambda by: committee_actions.decide(item, by=by, points=points),
        )

    @step(
        times=8,
        when=lambda self: DecisionPoint.objects.filter(with_changes=True, confirmed_at=None).exists(),
        n=someone,
        at=which,
    )
    def confirm(self, n: int, at: int) -> None:
        """«Med de endringer som framkom i møtet»: the leader confirms."""
        points = DecisionPoint.objects.filter(with_changes=True, confirmed_at=None).order_by("-pk")
        point = pick(points.select_related("decision__meeting__committee"), at // 4)
        self.act(
            "confirm_words",
            CONFIRM[point.decision.meeting.committee.abbreviation],
            n,
            ["adopt", "confirm_words"],
            lambda by: committee_actions.confirm_words(point, by=by),
        )

    @step(
        when=lambda self: Authority.objects.count() < 4, n=someone, at=which, start=which, ends=st.booleans()
    )
    def give_authority(self, n: int, at: int, start: int, ends: bool) -> None:
        """Somewhere else PM gave SSU authority; sometimes for another plan, or for days that have been."""
        key = CaseItem.objects.filter(plan=self.plan).values_list("pk", flat=True).first()
        begun = TODAY - timedelta(days=start % 4)
        self.act(
            "delegate",
            MAY["secretariat"],
            n,
            ["delegate"],
            lambda by: committee_actions.delegate(
                self.cast.troms,
                by=by,
                giver=self.account.pm,
                holder=self.committees[at % 2],
                case_number="PM 01",
                covers="endelig vedtak",
                about=(str(key),) if key and at % 5 else (),
                start=begun,
                end=begun if ends else None,
            ),
        )

    @step(
        when=lambda self: Authority.objects.filter(revoked_on=None).count() > 1,
        n=someone,
        at=which,
        days=which,
    )
    def revoke_authority(self, n: int, at: int, days: int) -> None:
        authority = pick(Authority.objects.filter(revoked_on=None).order_by("pk"), at)
        day = TODAY - timedelta(days=days % 3)
        self.act(
            "revoke_authority",
            MAY["secretariat"],
            n,
            ["revoke_authority"],
            lambda by: committee_actions.revoke_authority(authority, by=by, day=day),
        )

    def waiting(self, n: int) -> AgendaItem:
        """Of what is on a list and not decided there: mostly the newest, of a meeting that has begun."""
        undecided = AgendaItem.objects.exclude(case__decisions__meeting=F("meeting"))
        items = undecided.select_related("meeting__committee", "case")
        found: AgendaItem = pick(sorted(items, key=lambda i: (i.meeting.date > TODAY, -i.pk)), n // 5)
        return found

    def below(self, committee: Committee) -> Committee:
        return self.cast.fsu if committee == self.cast.ssu else self.cast.ssu
