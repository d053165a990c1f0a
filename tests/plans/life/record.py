"""What always holds, whatever was done before: asked of the portal after every step."""

from hypothesis.stateful import invariant

from committees.models import Attendance, DecisionPoint, Recusal
from plans.consensus import words_of
from plans.document import PlanDocument, canonical, sha256
from plans.models import Publication, Review, Revision
from plans.queries.pictures import pictures
from plans.snapshot import document_of

from .life import Life
from .table import POSITION


class Record(Life):
    """That nobody does what the table denies, and that each transition has its lines, `act` itself asks."""

    @invariant()
    def the_record_holds(self) -> None:
        if not self.wrote:  # what was refused changed nothing, as `act` has asked
            return
        self.no_frozen_word_changes_unless_it_is_taken_down()
        self.every_stance_counts_on_its_own_words_alone()
        self.nobody_adopts_outside_their_authority()
        self.nobody_who_is_inhabil_is_there()
        self.what_is_public_was_adopted_and_a_plan_in_force_is_locked()
        self.wrote = False

    def no_frozen_word_changes_unless_it_is_taken_down(self) -> None:
        now = {r.pk: (r.content, r.sha256) for r in Revision.objects.filter(plan=self.plan)}
        assert self.account.frozen.keys() <= now.keys()
        for pk, (content, digest) in now.items():
            was, was_digest = self.account.frozen.setdefault(pk, (content, digest))
            assert digest == was_digest == sha256(was)
            assert content == (canonical(PlanDocument()) if pk in self.account.taken_down else was)
        assert not Publication.objects.filter(revision__in=self.account.taken_down).exists()

    def every_stance_counts_on_its_own_words_alone(self) -> None:
        reviews = list(Review.objects.filter(closed_at=None).select_related("revision__plan", "committee"))
        if not reviews:
            return
        for document in (None, document_of(self.plan)):
            for picture in pictures(reviews, document=document).values():
                words = words_of(picture.document)
                for item, standing in picture.standings.items():
                    for answer in (*standing.answers, *standing.observers):
                        assert answer.position == self.expected(answer.place.key, item, words[item])

    def expected(self, place: int, item: str, now: str) -> str:
        words, kind, whole_of = self.account.said.get((place, item), ("", "", None))
        if whole_of in self.account.taken_down:
            return "not_answered"  # nobody can tell any more which words they were
        reached, waiting = {words}, {words}
        while waiting:
            word = waiting.pop()
            steps = {new for of, old, new in self.account.corrected if (of, old) == (item, word)} - reached
            reached |= steps
            waiting |= steps
        return POSITION[kind] if kind and now in reached else "not_answered"

    def nobody_adopts_outside_their_authority(self) -> None:
        points = DecisionPoint.objects.filter(adoptions__isnull=False).exclude(pk__in=self.account.adopted_by)
        for point in points.distinct().select_related("decision__meeting__committee"):
            self.account.adopted_by.add(point.pk)
            meeting = point.decision.meeting
            uses = [use.authority for use in point.stands_on.all()]
            for authority in uses:
                assert authority.plan_scopes.filter(plan=self.plan).exists()
                assert authority.start <= meeting.date <= (authority.end or meeting.date)
                assert authority.revoked_on is None or meeting.date < authority.revoked_on
                assert authority.to_committee == meeting.committee
            assert uses or not meeting.committee.rulebook.adopts_by_authority

    def nobody_who_is_inhabil_is_there(self) -> None:
        for recusal in Recusal.objects.filter(outcome=Recusal.Outcome.RECUSED):
            there = Attendance.objects.filter(agenda_item__case=recusal.case_id)
            assert not there.filter(seat=recusal.seat_id).exists()

    def what_is_public_was_adopted_and_a_plan_in_force_is_locked(self) -> None:
        public = Publication.objects.filter(revision__plan=self.plan)
        assert public.exists() == self.plan.locked
        assert not public.filter(revision__adoptions=None).exists()
