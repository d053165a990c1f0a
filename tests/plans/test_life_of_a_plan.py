"""The life of a plan, played at random by the whole cast: whatever the order, the record holds.

One state machine over the actions. It keeps its own account of who may do what, which words a stance was
given on and what was frozen, and asks after every step whether the portal agrees.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from committees import actions as committee_actions
from committees.actions import Point
from committees.actions.meetings import When
from committees.models import (
    AgendaItem,
    Attendance,
    Authority,
    AuthorityUse,
    Case,
    Committee,
    Decision,
    DecisionPoint,
    Meeting,
    Seat,
)
from committees.rulebook import Rules
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import Audit, User
from plans import actions
from plans.consensus import Correction as Linguistic
from plans.consensus import words_of
from plans.document import PlanDocument, canonical, sha256
from plans.models import (
    Adoption,
    CaseItem,
    Correction,
    Edit,
    Hearing,
    Input,
    LinguisticChange,
    Measure,
    Plan,
    Publication,
    Review,
    Revision,
    Seen,
    Stance,
    StatusReport,
    Withdrawal,
)
from plans.queries.pictures import pictures
from plans.queries.status import parties_of
from plans.snapshot import document_of
from tests import make
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = {"in_force_from": TODAY, "published_from": TODAY}
Verb = DecisionPoint.Verb

# Everything that a step may write. What was refused wrote none of it.
WRITTEN = (
    *(Audit, Edit, Revision, Review, Stance, LinguisticChange, Hearing, Input, Meeting, Case, CaseItem),
    *(AgendaItem, Attendance, Decision, DecisionPoint, Authority, AuthorityUse, Adoption, Publication),
    *(StatusReport, Correction, Withdrawal),
)
# Who may do what, by name; everybody else is denied. `prepare` and `confirm` are by committee.
MAY = {
    "edit": {"kari", "jon"},
    "secretariat": {"kari"},
    "prepare": {"SSU": {"kari", "sigrid"}, "FSU BU": {"kari"}, "PM": {"kari"}},
    "confirm": {"SSU": {"ingrid"}, "FSU BU": set(), "PM": {"paal"}},
    "give_input": {"per", "odd", "aslak"},
    "report": {"kari", "ingrid", "sigrid"},
}
GIVE_STANCE = {"ingrid": "SSU", "tove": "SSU", "per": "FSU BU", "odd": "FSU BU", "paal": "PM"}
NAMES = (
    *("kari", "nils", "ingrid", "per", "tove", "olav", "odd"),
    *("sigrid", "gunn", "aslak", "berit", "jon", "ola", "paal"),
)
POSITION = {
    "joins": "consensus",
    "reserves": "reservation",
    "own_body": "reservation",
    "disagrees": "disagreement",
}

someone = st.integers(0, 199)
which = st.integers(0, 9)
text = st.sampled_from(["Ringe hverandre", "Møtes hver måned", "Skrive epikrise"])  # few: words come back


class LifeOfAPlan(RuleBasedStateMachine):
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.plan = Plan.objects.select_related("community").get(pk=self.cast.draft.pk)
        self.pm = make.committee(self.cast.troms, "PM", name="Partnerskapsmøtet")
        paal = make.user("Pål Partnerskap")
        make.seat(self.pm, paal, role=Seat.Role.LEADER)
        self.cast.ssu.rules = Rules(adopts_by_authority=True).stored()
        self.cast.ssu.save()
        self.people: dict[str, User] = {name: getattr(self.cast, name, paal) for name in NAMES}
        self.committees = (self.cast.ssu, self.cast.fsu, self.pm)
        self.frozen: dict[int, tuple[str, str]] = {}
        self.taken_down: set[int] = set()
        # (seat that it counts for, measure) → words, kind, and the version where it spoke of the whole.
        self.said: dict[tuple[int, str], tuple[str, str, int | None]] = {}
        self.corrected: set[tuple[str, str, str]] = set()
        self.adopted_by: set[int] = set()  # the points whose authority was looked at

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- how a step is taken ---

    def act(
        self, may: Collection[str], n: int, lines: Sequence[str], do: Callable[[User], Any]
    ) -> tuple[bool, Any]:
        """Somebody tries: (whether it was done, what came of it). Three times of four somebody who may."""
        pool = sorted(may) if may and n % 4 else NAMES
        who = pool[n // 4 % len(pool)]
        before, last = self.all_there_is(), self.last_line()
        refused: Refusal | None = None
        made = None
        try:
            made = do(self.people[who])
        except Refusal as error:
            refused = error
        if refused:
            assert self.all_there_is() == before
            assert not (isinstance(refused, NotAllowed) and who in may), f"{who}: {refused}"
            return False, None
        assert who in may, f"{who} was let do {lines}"
        written = Audit.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True)
        assert list(written) == list(lines)
        self.plan.refresh_from_db()
        return True, made

    def last_line(self) -> int:
        return Audit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def all_there_is(self) -> Any:
        return (
            [model._default_manager.count() for model in WRITTEN],
            list(Plan.objects.order_by("pk").values_list("pk", "state", "version")),
            list(Measure.objects.order_by("pk").values_list("pk", "html", "version")),
            list(Meeting.objects.order_by("pk").values_list("pk", "state")),
            list(Case.objects.order_by("pk").values_list("pk", "withdrawn_reason")),
            list(Review.objects.order_by("pk").values_list("pk", "closed_at")),
            list(Input.objects.order_by("pk").values_list("pk", "disposition")),
        )

    def measure(self, n: int) -> Measure:
        found = Measure.objects.filter(goal__section__plan=self.plan).order_by("pk")
        return found[n % found.count()]

    @staticmethod
    def pick(rows: Any, n: int) -> Any:
        found = list(rows)
        return found[n % len(found)] if found else None

    # --- the verbs ---

    @initialize(begun=st.sampled_from(["as a draft", "answered", "before SSU", "adopted"]), odd=st.booleans())
    def begin(self, begun: str, odd: bool) -> None:
        """Some have come far already: a run is too short to get everywhere by chance."""
        if begun == "as a draft":
            return
        self.lay_before(n=1, to=3, anew=True)
        self.take_stance(n=1, at=0, measure=None, kind="joins")
        self.take_stance(n=1, at=0, measure=1, kind="reserves")
        if begun == "answered":
            return
        self.treat(n=1, days=1, to=0)
        self.give_authority(n=1, at=6, start=1, ends=False)
        if begun == "adopted":
            self.decide(n=1, at=0, verb=Verb.ADOPTS, with_changes=odd, stand_on=False)
            if odd:
                self.edit(n=1, at=1, words="Skrive epikrise")
                self.confirm(n=1, at=0)
            assert self.plan.state == Plan.State.ADOPTED

    def is_draft(self) -> bool:
        return not self.plan.locked

    def is_public(self) -> bool:
        return self.plan.locked

    def is_before_somebody(self) -> bool:
        return Review.objects.filter(closed_at=None).exists()

    def is_on_a_list(self) -> bool:
        return AgendaItem.objects.exclude(case__decisions__meeting=F("meeting")).exists()

    @precondition(is_draft)
    @rule(n=someone, at=which, words=text)
    def edit(self, n: int, at: int, words: str) -> None:
        row = self.measure(at)
        edits = Edit.objects.count()
        did, _ = self.act(
            MAY["edit"],
            n,
            [],
            lambda by: actions.edit_row(row, by=by, version=row.version, values={"html": words}),
        )
        assert Edit.objects.count() - edits == (did and row.html != words)

    @precondition(is_draft)
    @rule(n=someone, to=which, anew=st.booleans())
    def lay_before(self, n: int, to: int, anew: bool) -> None:
        subject = self.plan if anew else self.plan.revisions.order_by("-number").first() or self.plan
        to_whom = [self.committees[to % 3], *self.committees[1 : to % 2 + 1]]
        self.act(
            MAY["secretariat"],
            n,
            ["lay_before"],
            lambda by: actions.lay_before(subject, by=by, committees=list(dict.fromkeys(to_whom)), due=TODAY),
        )

    @precondition(is_before_somebody)
    @rule(n=someone, at=which)
    def close_review(self, n: int, at: int) -> None:
        if review := self.pick(Review.objects.order_by("pk"), at):
            self.act(MAY["secretariat"], n, ["close_review"], lambda by: actions.close_review(review, by=by))

    @precondition(is_before_somebody)
    @rule(n=someone, at=which, measure=st.none() | which, kind=st.sampled_from(Stance.Kind.values))
    def take_stance(self, n: int, at: int, measure: int | None, kind: str) -> None:
        review = self.pick(Review.objects.order_by("closed_at", "-pk"), at // 3)
        if review is None:
            return
        seats = review.committee.seats.order_by("pk").select_related("user", "committee")
        holders = [self.people[name] for name in GIVE_STANCE]
        seat = self.pick(seats.filter(user__in=holders) if n % 4 else seats, at)
        words = words_of(review.revision.load())
        item = None if measure is None else self.measure(measure).item
        typed_in = n % 5 == 0
        gives = {name for name, committee in GIVE_STANCE.items() if self.people[name] == seat.user}
        may = MAY["prepare"][review.committee.abbreviation] if gives and typed_in else gives
        Seen.objects.get_or_create(review=review, seat=seat)  # what changed has been on the screen
        did, _ = self.act(
            may,
            n,
            ["take_stance"],
            lambda by: actions.take_stance(
                review,
                seat,
                by=by,
                item=item,
                kind=kind,
                words=words.get(str(item.pk), "") if item else "",
                remark="Mangler penger",
                from_paper=typed_in,
            ),
        )
        if did:
            place = seat.deputy_for_id or seat.pk
            for key in [str(item.pk)] if item else words:
                self.said[place, key] = (words[key], kind, None if item else review.revision_id)

    @precondition(is_draft)
    @rule(n=someone, at=which, old=which, new=which)
    def mark_linguistic(self, n: int, at: int, old: int, new: int) -> None:
        item = str(self.measure(at).item_id)
        versions = [words_of(document_of(self.plan))]
        versions += [words_of(r.load()) for r in self.plan.revisions.order_by("-number")]
        known = list(dict.fromkeys(words[item] for words in versions if item in words))
        change = (item, known[old % len(known)], known[new % len(known)])
        did, _ = self.act(
            MAY["secretariat"],
            n,
            [] if change in self.corrected else ["mark_linguistic"],
            lambda by: actions.mark_linguistic(
                self.plan, by=by, corrections=[Linguistic(item=change[0], old=change[1], new=change[2])]
            ),
        )
        if did:
            self.corrected.add(change)

    @precondition(is_draft)
    @rule(n=someone)
    def send_hearing(self, n: int) -> None:
        self.act(
            MAY["secretariat"],
            n,
            ["send_hearing"],
            lambda by: actions.send_hearing(
                self.plan,
                by=by,
                deadline=TODAY,
                name=f"til høring {Hearing.objects.count()}",
                parties=[self.cast.tromso],
                committees=[self.cast.fsu],
            ),
        )

    @precondition(lambda self: Hearing.objects.exists())
    @rule(n=someone, at=which, wording=st.just("") | text)
    def give_input(self, n: int, at: int, wording: str) -> None:
        if hearing := Hearing.objects.last():
            self.act(
                MAY["give_input"],
                n,
                ["give_input"],
                lambda by: actions.give_input(
                    hearing,
                    operation=uuid4(),
                    text="Vi har et innspill.",
                    by=by,
                    item=self.measure(at).item,
                    wording=wording,
                ),
            )

    @precondition(lambda self: Input.objects.exists())
    @rule(n=someone, at=which, take_in=st.booleans())
    def answer_input(self, n: int, at: int, take_in: bool) -> None:
        given = self.pick(Input.objects.order_by("disposition", "pk"), at // 4)
        if given is None:
            return

        def do(by: User) -> Any:
            if not take_in:
                return actions.answer_input(
                    given, by=by, version=given.version, disposition="not_taken_in", reason="Nei."
                )
            base = Measure.objects.get(item=given.item).html
            return actions.take_in(given, by=by, version=given.version, base=base)

        self.act(MAY["secretariat"], n, ["answer_input"], do)

    @rule(n=someone, days=which, to=which)
    def treat(self, n: int, days: int, to: int) -> None:
        """A case about the newest version, on the list of a meeting, and who was there."""
        committee = self.committees[to % 3]
        may = MAY["prepare"][committee.abbreviation]
        when = When(date=TODAY - timedelta(days=days % 5 - 1))
        revision = self.plan.revisions.order_by("-number").first()
        if revision is None or committee.meetings.filter(date=when.date).exists():
            return
        # A committee's secretary does not read drafts: the case of a plan is the secretariat's to make.
        steps: list[tuple[list[str], Callable[[User, Any], Any]]] = [
            (["plan_meeting"], lambda by, _: committee_actions.plan_meeting(committee, by=by, when=when)),
            (
                ["write_case", "lay_in_case"],
                lambda by, _: actions.case_about(revision, by=by, committee=committee),
            ),
            (
                ["add_to_agenda"],
                lambda by, case: committee_actions.add_to_agenda(
                    committee.meetings.get(date=when.date), case, by=by
                ),
            ),
            (
                ["record_attendance"],
                lambda by, item: committee_actions.record_attendance(
                    [item], by=by, present=self.present(committee, days)
                ),
            ),
        ]
        made: Any = None
        for lines, do in steps:
            who = MAY["secretariat"] if "lay_in_case" in lines else may
            did, made = self.act(who, n, lines, lambda by, do=do, made=made: do(by, made))
            if not did:
                return

    def present(self, committee: Committee, n: int) -> dict[Seat, Seat | None]:
        """Everybody who decides; in SSU now and then the deputy in the leader's place."""
        deciding = committee.seats.filter(role__in=["leader", "member"], end=None)
        if committee == self.cast.ssu and n % 2:
            deputy = committee.seats.get(role=Seat.Role.DEPUTY)
            return {deputy: deputy.deputy_for}
        return dict.fromkeys(deciding)

    @precondition(is_on_a_list)
    @rule(n=someone, at=which, verb=st.sampled_from(Verb), with_changes=st.booleans(), stand_on=st.booleans())
    def decide(self, n: int, at: int, verb: Verb, with_changes: bool, stand_on: bool) -> None:
        undecided = AgendaItem.objects.exclude(case__decisions__meeting=F("meeting")).order_by("-pk")
        item = self.pick(undecided.select_related("meeting__committee", "case"), at // 4)
        if item is None:
            return
        committee = item.meeting.committee
        adopts = verb in DecisionPoint.ADOPTING
        with_changes = with_changes and adopts
        later = committee.meetings.filter(date__gt=item.meeting.date).first()
        above = next(c for c in self.committees if c != committee)
        authority = self.pick(Authority.objects.order_by("pk"), at) if stand_on else None
        point = Point(
            verb=verb,
            wording="Slik ble det.",
            reason="Fordi.",
            about=tuple(str(pk) for pk in item.case.plan_items.values_list("pk", flat=True)[:1]),
            effect=DAYS | {"provisional_until": "PM" * (verb == Verb.ADOPTS_PROVISIONALLY)} if adopts else {},
            with_changes=with_changes,
            postponed_to=later if verb == Verb.POSTPONES else None,
            lifted_to=above if verb == Verb.LIFTS else None,
            delegates_to=self.cast.ssu if verb == Verb.DELEGATES else None,
            until=TODAY - timedelta(days=at % 3) if verb == Verb.DELEGATES else None,
            stands_on=(authority,) if authority else (),
        )
        did, _ = self.act(
            MAY["prepare"][committee.abbreviation],
            n,
            ["adopt"] * (adopts and not with_changes) + ["delegate"] * (verb == Verb.DELEGATES) + ["decide"],
            lambda by: committee_actions.decide(item, by=by, points=[point]),
        )
        if did and verb in (Verb.RETURNS, Verb.WITHDRAWS):
            assert self.plan.state != Plan.State.IN_REVIEW

    @precondition(lambda self: DecisionPoint.objects.filter(with_changes=True).exists())
    @rule(n=someone, at=which)
    def confirm(self, n: int, at: int) -> None:
        """«Med de endringer som framkom i møtet»: the leader confirms."""
        points = DecisionPoint.objects.filter(with_changes=True).order_by("confirmed_at", "-pk")
        if point := self.pick(points.select_related("decision__meeting__committee"), at // 4):
            may = MAY["confirm"][point.decision.meeting.committee.abbreviation]
            lines = ["adopt", "confirm_words"]
            self.act(may, n, lines, lambda by: committee_actions.confirm_words(point, by=by))

    @rule(n=someone, at=which, start=which, ends=st.booleans())
    def give_authority(self, n: int, at: int, start: int, ends: bool) -> None:
        """Somewhere else PM gave SSU authority; sometimes for another plan, or for days that have been."""
        key = CaseItem.objects.filter(plan=self.plan).values_list("pk", flat=True).first()
        begun = TODAY - timedelta(days=start % 4)
        self.act(
            MAY["secretariat"],
            n,
            ["delegate"],
            lambda by: committee_actions.delegate(
                self.cast.troms,
                by=by,
                giver=self.pm,
                holder=self.committees[at % 2],
                case_number="PM 01",
                covers="endelig vedtak",
                about=(str(key),) if key and at % 5 else (),
                start=begun,
                end=begun if ends else None,
            ),
        )

    @precondition(lambda self: Authority.objects.exists())
    @rule(n=someone, at=which, days=which)
    def revoke_authority(self, n: int, at: int, days: int) -> None:
        if authority := self.pick(Authority.objects.filter(revoked_on=None), at):
            day = TODAY - timedelta(days=days % 3)
            self.act(
                MAY["secretariat"],
                n,
                ["revoke_authority"],
                lambda by: committee_actions.revoke_authority(authority, by=by, day=day),
            )

    @precondition(is_public)
    @rule(n=someone, at=which, value=st.sampled_from(["ongoing", "completed"]))
    def report_status(self, n: int, at: int, value: str) -> None:
        measure = self.measure(at)
        party = parties_of(measure)[0]
        words = f"Melding {StatusReport.objects.count()}"
        self.act(
            MAY["report"],
            n,
            ["report_status"],
            lambda by: actions.report_status(
                self.plan, measure.item, party=party, value=value, words=words, by=by
            ),
        )

    @precondition(is_public)
    @rule(n=someone, at=which, words=text)
    def correct(self, n: int, at: int, words: str) -> None:
        row = self.measure(at)
        change = actions.Change(row=row, version=row.version, values={"html": words})
        self.act(
            MAY["secretariat"],
            n,
            ["correct"],
            lambda by: actions.correct(
                self.plan, by=by, changes=[change], reason="Skrivefeil.", decided_by="sekretariatet"
            ),
        )

    @precondition(is_public)
    @rule(n=someone)
    def withdraw(self, n: int) -> None:
        public = set(Publication.objects.values_list("revision", flat=True))
        did, _ = self.act(
            MAY["secretariat"],
            n,
            ["withdraw"],
            lambda by: actions.withdraw(self.plan, by=by, reason="Personopplysninger."),
        )
        if did:
            self.taken_down |= public

    @precondition(lambda self: self.taken_down)
    @rule(n=someone)
    def publish_redacted(self, n: int) -> None:
        self.act(
            MAY["secretariat"],
            n,
            ["publish_redacted"],
            lambda by: actions.publish_redacted(
                self.plan, by=by, reason="Navn er tatt ut.", decided_by="sekretariatet"
            ),
        )

    # --- what always holds ---

    @invariant()
    def no_frozen_word_changes_unless_it_is_taken_down(self) -> None:
        now = {r.pk: (r.content, r.sha256) for r in Revision.objects.filter(plan=self.plan)}
        assert self.frozen.keys() <= now.keys()
        for pk, (content, digest) in now.items():
            was, was_digest = self.frozen.setdefault(pk, (content, digest))
            assert digest == was_digest == sha256(was)
            assert content == (canonical(PlanDocument()) if pk in self.taken_down else was)
        assert not Publication.objects.filter(revision__in=self.taken_down).exists()

    @invariant()
    def every_stance_counts_on_its_own_words_alone(self) -> None:
        reviews = list(Review.objects.filter(closed_at=None).select_related("revision__plan", "committee"))
        for document in (None, document_of(self.plan)):
            for picture in pictures(reviews, document=document).values():
                words = words_of(picture.document)
                for item, standing in picture.standings.items():
                    for answer in (*standing.answers, *standing.observers):
                        assert answer.position == self.expected(answer.place.key, item, words[item])

    def expected(self, place: int, item: str, now: str) -> str:
        words, kind, whole_of = self.said.get((place, item), ("", "", None))
        if whole_of in self.taken_down:
            return "not_answered"  # nobody can tell any more which words they were
        reached, waiting = {words}, {words}
        while waiting:
            word = waiting.pop()
            steps = {new for of, old, new in self.corrected if (of, old) == (item, word)} - reached
            reached |= steps
            waiting |= steps
        return POSITION[kind] if kind and now in reached else "not_answered"

    @invariant()
    def nobody_adopts_outside_their_authority(self) -> None:
        points = DecisionPoint.objects.filter(adoptions__isnull=False).exclude(pk__in=self.adopted_by)
        for point in points.distinct().select_related("decision__meeting__committee"):
            self.adopted_by.add(point.pk)
            meeting = point.decision.meeting
            uses = [use.authority for use in point.stands_on.all()]
            for authority in uses:
                assert authority.plan_scopes.filter(plan=self.plan).exists()
                assert authority.start <= meeting.date <= (authority.end or meeting.date)
                assert authority.revoked_on is None or meeting.date < authority.revoked_on
                assert authority.to_committee == meeting.committee
            assert uses or not meeting.committee.rulebook.adopts_by_authority

    @invariant()
    def what_is_public_was_adopted_and_a_plan_in_force_is_locked(self) -> None:
        public = Publication.objects.filter(revision__plan=self.plan)
        assert public.exists() == self.plan.locked
        assert not public.filter(revision__adoptions=None).exists()


def test_the_life_of_a_plan(cast: Cast):
    LifeOfAPlan.cast = cast
    checks = settings(
        max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(LifeOfAPlan, settings=checks)
