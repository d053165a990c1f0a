"""A meeting decides in a case: each verb has its effect, at once or not at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from committees import actions
from committees.actions import OutsideAuthority, Point
from committees.models import (
    AgendaItem,
    Authority,
    Case,
    Committee,
    Decision,
    DecisionPoint,
    Meeting,
    Seat,
)
from committees.rulebook import Rules
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit
from plans.actions import freeze_named, take_stance
from plans.models import Adoption, CaseItem, Measure, Plan, PointSubject, Seen
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = {"in_force_from": TODAY, "published_from": TODAY}
Verb = DecisionPoint.Verb


@pytest.fixture
def pm(cast) -> Committee:
    return make.committee(cast.troms, "PM", name="Partnerskapsmøtet", rank=1)


def a_case(committee: Committee, plan: Plan, revision=None, number: int = 7) -> tuple[AgendaItem, str]:
    """A case about the plan, on the list of today's meeting; and the plan's key in it."""
    meeting, _ = Meeting.objects.get_or_create(committee=committee, date=TODAY)
    case = Case.objects.create(
        committee=committee, year=TODAY.year, number=number, printed_number=f"0{number}-{TODAY.year}"
    )
    key = CaseItem.objects.create(case=case, plan=plan, revision=revision).pk
    item = actions.put_on_agenda(meeting, case)
    return item, str(key)


def everybody_there(item: AgendaItem, by) -> None:
    deciding = item.meeting.committee.seats.filter(role__in=["leader", "member"], end=None)
    actions.record_attendance([item], by=by, present=dict.fromkeys(deciding))


@pytest.fixture
def laid(cast):
    """The draft, frozen for SSU, and on its list today, everybody there."""
    revision = freeze_named(cast.draft, by=cast.kari, name="til SSU", for_review=True)
    item, key = a_case(cast.ssu, cast.draft, revision)
    everybody_there(item, cast.kari)
    return item, key


def adopts(key: str, **facts) -> Point:
    return Point(verb=Verb.ADOPTS, wording="Planen vedtas.", about=(key,), effect=DAYS, **facts)


def test_what_lay_before_the_meeting_is_what_is_adopted(cast, laid):
    item, key = laid
    actions.decide(item, by=cast.kari, points=[adopts(key)])
    adoption = Adoption.objects.get()
    cast.draft.refresh_from_db()
    assert (adoption.revision.name, cast.draft.state) == ("til SSU", Plan.State.ADOPTED)
    assert PointSubject.objects.get().revision == adoption.revision
    item.meeting.refresh_from_db()
    assert item.meeting.state == Meeting.State.HELD


def test_a_draft_that_has_moved_on_is_not_adopted_by_the_way(cast, laid):
    item, key = laid
    Measure.objects.filter(goal__section__plan=cast.draft).update(html="Noe annet")
    with pytest.raises(Conflict, match="endret etter at versjon 1 ble lagt fram"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])
    assert not Decision.objects.exists()


def test_with_changes_from_the_meeting_the_leader_confirms_the_words(cast, laid):
    item, key = laid
    decision = actions.decide(item, by=cast.kari, points=[adopts(key, with_changes=True)])
    point = decision.points.get()
    Measure.objects.filter(goal__section__plan=cast.draft).update(html="Ordene fra møtet")
    assert not Adoption.objects.exists()
    for who in (cast.kari, cast.per, cast.tove, cast.sigrid):
        with pytest.raises(NotAllowed):
            actions.confirm_words(point, by=who)
    actions.confirm_words(point, by=cast.ingrid)
    measures = [m.html for _s, _g, m in Adoption.objects.get().revision.load().walk_measures()]
    assert measures == ["Ordene fra møtet"] * 3
    with pytest.raises(WrongState, match="allerede bekreftet"):
        actions.confirm_words(point, by=cast.ingrid)


def test_a_case_is_decided_once_in_a_meeting(cast, laid):
    item, key = laid
    points = [Point(verb=Verb.RECOMMENDS, wording="Anbefales.", about=(key,))]
    actions.decide(item, by=cast.kari, points=points)
    with pytest.raises(Conflict, match="allerede avgjort"):
        actions.decide(item, by=cast.kari, points=points)


def test_pm_delegates_and_ssu_adopts_on_that_authority(cast, pm, laid):
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    make.seat(pm, role=Seat.Role.LEADER)
    above, above_key = a_case(pm, cast.draft)
    everybody_there(above, cast.kari)
    actions.decide(
        above,
        by=cast.kari,
        points=[
            Point(
                verb=Verb.DELEGATES,
                wording="SSU vedtar endelig.",
                about=(above_key,),
                delegates_to=cast.ssu,
                until=TODAY + timedelta(days=30),
            )
        ],
    )
    item, key = laid
    actions.decide(item, by=cast.kari, points=[adopts(key)])
    authority = Authority.objects.get()
    assert [use.point.decision.case for use in authority.uses.all()] == [item.case]
    assert (authority.from_committee, authority.to_committee) == (pm, cast.ssu)


@pytest.mark.parametrize("wrong", ["none", "ended", "revoked", "another plan"])
def test_adoption_outside_authority_is_refused_and_leaves_nothing(cast, pm, laid, wrong):
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    item, key = laid
    if wrong != "none":
        other = make.draft(cast.troms, by=cast.kari, slug="annen")
        _item, other_key = a_case(pm, other)
        authority = actions.delegate(
            cast.troms,
            by=cast.kari,
            giver=pm,
            holder=cast.ssu,
            case_number="PM 01",
            covers="endelig vedtak",
            about=(other_key if wrong == "another plan" else key,),
            start=TODAY - timedelta(days=10),
            end=TODAY - timedelta(days=1) if wrong == "ended" else None,
        )
        if wrong == "revoked":
            actions.revoke_authority(authority, by=cast.kari, day=TODAY)
    with pytest.raises(OutsideAuthority, match="kan bare vedta"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])
    assert (Decision.objects.count(), Adoption.objects.count()) == (0, 0)


def test_a_postponed_case_comes_back_by_itself(cast, laid):
    item, key = laid
    later = Meeting.objects.create(committee=cast.ssu, date=TODAY + timedelta(days=30))
    actions.decide(
        item,
        by=cast.kari,
        points=[Point(verb=Verb.POSTPONES, wording="Utsettes.", about=(key,), postponed_to=later)],
    )
    assert [i.case for i in later.agenda.all()] == [item.case]


def test_a_lifted_case_is_a_case_above_about_the_same_words(cast, pm, laid):
    item, key = laid
    actions.decide(
        item,
        by=cast.kari,
        points=[Point(verb=Verb.LIFTS, wording="Løftes til PM.", about=(key,), lifted_to=pm)],
    )
    lifted = Case.objects.get(committee=pm)
    assert (lifted.lifted_from, lifted.printed_number) == (item.case, f"01-{TODAY.year}")
    assert [i.revision for i in lifted.plan_items.all()] == [item.case.plan_items.get().revision]


def test_what_is_returned_is_a_draft_again(cast, laid):
    item, key = laid
    Plan.objects.filter(pk=cast.draft.pk).update(state=Plan.State.IN_REVIEW)
    point = Point(verb=Verb.RETURNS, wording="Sendes tilbake.", about=(key,), reason="Mer om økonomi.")
    actions.decide(item, by=cast.kari, points=[point])
    cast.draft.refresh_from_db()
    assert cast.draft.state == Plan.State.DRAFT


def test_adopted_provisionally_and_then_finally(cast, pm, laid):
    item, key = laid
    effect = {**DAYS, "provisional_until": "partnerskapsmøtet"}
    point = Point(verb=Verb.ADOPTS_PROVISIONALLY, wording="Foreløpig.", about=(key,), effect=effect)
    actions.decide(item, by=cast.kari, points=[point])
    make.seat(pm, role=Seat.Role.LEADER)
    above, above_key = a_case(pm, cast.draft, item.case.plan_items.get().revision)
    everybody_there(above, cast.kari)
    actions.decide(above, by=cast.kari, points=[adopts(above_key)])
    assert [a.provisional_until for a in Adoption.objects.order_by("pk")] == ["partnerskapsmøtet", ""]
    assert Adoption.objects.values("revision").distinct().count() == 1


def test_only_those_who_prepare_record_decisions_and_attendance(cast, laid):
    item, key = laid
    for by in cast.but("kari", "sigrid"):
        with pytest.raises(NotAllowed):
            actions.decide(item, by=by, points=[adopts(key)])
        with pytest.raises(NotAllowed):
            actions.record_attendance([item], by=by, present={})


def test_nothing_is_decided_before_it_is_known_who_was_there(cast):
    item, key = a_case(cast.ssu, cast.draft)
    with pytest.raises(WrongState, match="Før hvem som var til stede"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])
    actions.decide(item, by=cast.kari, points=[adopts(key)], registered_afterwards=True)


def test_without_quorum_nothing_is_decided(cast):
    for _ in range(3):
        make.seat(cast.ssu)
    item, key = a_case(cast.ssu, cast.draft)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    actions.record_attendance([item], by=cast.kari, present={leader: None})
    with pytest.raises(WrongState, match="1 av 4 til stede"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])


def test_the_deputy_sits_for_the_member_and_counts_once(cast):
    item, key = a_case(cast.ssu, cast.draft)
    leader, deputy = cast.ssu.seats.get(user=cast.ingrid), cast.ssu.seats.get(user=cast.tove)
    with pytest.raises(Refusal, match="to ganger"):
        actions.record_attendance([item], by=cast.kari, present={leader: None, deputy: leader})
    actions.record_attendance([item], by=cast.kari, present={deputy: leader})
    actions.decide(item, by=cast.kari, points=[adopts(key)])
    assert [(a.seat, a.stands_in_for) for a in item.attendances.all()] == [(deputy, leader)]


def test_the_recused_steps_out_and_the_deputy_in(cast, laid):
    item, key = laid
    leader, deputy = cast.ssu.seats.get(user=cast.ingrid), cast.ssu.seats.get(user=cast.tove)
    recusal = actions.report_recusal(item.case, leader, by=cast.ingrid, reason="Min bror eier bygget.")
    with pytest.raises(WrongState, match="meldt mulig inhabilitet"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])
    with pytest.raises(Refusal, match="hjemmelen"):
        actions.recuse(recusal, by=cast.kari, recused=True, legal_basis=" ", deputy=deputy)
    actions.recuse(recusal, by=cast.kari, recused=True, legal_basis="forvaltningsloven § 6", deputy=deputy)
    assert [(a.seat, a.stands_in_for) for a in item.attendances.all()] == [(deputy, leader)]
    everybody_there(item, cast.kari)
    assert leader not in [a.seat for a in item.attendances.all()]


class Killed(Exception):
    pass


def test_killed_at_any_write_a_decision_is_whole_or_not_there(cast, pm, laid):
    """The process dies before the n-th write, for every n until none is left."""
    item, key = laid
    points = [
        adopts(key),
        Point(verb=Verb.DELEGATES, wording="FSU følger opp.", about=(key,), delegates_to=cast.fsu),
        Point(verb=Verb.LIFTS, wording="Meldes PM.", about=(key,), lifted_to=pm),
    ]
    counted = (Decision, DecisionPoint, Adoption, Authority, PointSubject, Case, Audit, Plan)
    before = [m.objects.count() for m in counted]
    for n in range(200):
        writes = iter(range(n + 1))

        def die_at_last(execute, sql, params, many, context, writes=writes, n=n):
            if sql.startswith(("INSERT", "UPDATE", "DELETE")) and next(writes) == n:
                raise Killed
            return execute(sql, params, many, context)

        with connection.execute_wrapper(die_at_last):
            try:
                actions.decide(item, by=cast.kari, points=points)
            except Killed:
                assert [m.objects.count() for m in counted] == before
                cast.draft.refresh_from_db()
                assert cast.draft.state == Plan.State.DRAFT
                continue
        break
    assert n > 10
    assert (Adoption.objects.count(), Authority.objects.count()) == (1, 1)


@pytest.fixture
def reviewed(cast):
    """A version laid before SSU, which Ingrid reserves on; and its case, all there."""
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    seat = cast.ssu.seats.get(user=cast.ingrid)
    take_stance(review, seat, by=cast.ingrid, kind="reserves", remark="For dyrt.")
    item, key = a_case(cast.ssu, cast.draft, review.revision)
    return item, key, review, seat


def test_adoption_in_spite_of_a_reservation_says_how_it_was_settled(cast, reviewed):
    item, key, _review, _seat = reviewed
    everybody_there(item, cast.kari)
    with pytest.raises(Refusal, match="Skriv i begrunnelsen hvordan det ble løst"):
        actions.decide(item, by=cast.kari, points=[adopts(key)])
    actions.decide(item, by=cast.kari, points=[adopts(key, reason="Kostnaden deles.")])
    assert Adoption.objects.get().point.reason == "Kostnaden deles."


def test_a_lifted_reservation_asks_for_no_reason(cast, reviewed):
    item, key, review, seat = reviewed
    everybody_there(item, cast.kari)
    Seen.objects.create(review=review, seat=seat)
    take_stance(review, seat, by=cast.ingrid, kind="joins")
    actions.decide(item, by=cast.kari, points=[adopts(key)])


def test_what_a_recused_member_said_does_not_count(cast, reviewed):
    item, key, _review, seat = reviewed
    everybody_there(item, cast.kari)
    deputy = cast.ssu.seats.get(user=cast.tove)
    recusal = actions.report_recusal(item.case, seat, by=cast.ingrid, reason="Eier bygget.")
    actions.recuse(recusal, by=cast.kari, recused=True, legal_basis="fvl. § 6", deputy=deputy)
    actions.decide(item, by=cast.kari, points=[adopts(key)])


def test_a_side_that_need_not_join_does_not_stop_an_adoption(cast, reviewed):
    item, key, _review, _seat = reviewed
    everybody_there(item, cast.kari)
    cast.ssu.rules = Rules(must_join=("user",)).stored()
    cast.ssu.save()
    actions.decide(item, by=cast.kari, points=[adopts(key)])


def test_the_reservation_on_words_that_the_meeting_changed_is_none(cast, reviewed):
    item, key, _review, _seat = reviewed
    everybody_there(item, cast.kari)
    Measure.objects.filter(goal__section__plan=cast.draft).update(html="Billigere")
    actions.decide(item, by=cast.kari, points=[adopts(key, with_changes=True)])
