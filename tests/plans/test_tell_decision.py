"""Who hears of a decision: the committee, those whom it was lifted to, and who is named as responsible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committees import actions
from committees.actions import Point
from committees.models import Case, DecisionPoint, Meeting
from partners.models import Notice
from plans.models import Measure, Plan
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
Verb = DecisionPoint.Verb


def decided(cast, *points: Point, days_ago: int = 0, **facts):
    """SSU's decision in a case, registered after a meeting so many days ago."""
    meeting = Meeting.objects.create(committee=cast.ssu, date=TODAY - timedelta(days=days_ago))
    case = Case.objects.create(
        committee=cast.ssu, year=TODAY.year, number=7, printed_number="07-2027", title="Budsjett", **facts
    )
    item = actions.put_on_agenda(meeting, case)
    return actions.decide(item, by=cast.kari, points=points, registered_afterwards=True)


def told(**facts) -> dict[str, str]:
    return dict(Notice.objects.filter(**facts).values_list("user__name", "text"))


NOTED = Point(verb=Verb.TAKES_NOTE, wording="SSU tar saken til orientering.")


def test_the_committee_hears_what_was_decided_and_a_deputy_who_was_not_called_does_not(cast):
    decision = decided(cast, NOTED)
    text = "SSU har avgjort sak 07-2027, Budsjett.\nTar til orientering: SSU tar saken til orientering."
    assert told(kind="decision") == dict.fromkeys(
        ("Ingrid Leder", "Olav Observatør", "Sigrid Sekretær"), text
    )
    notice = Notice.objects.filter(kind="decision").first()
    assert (notice.key, notice.path) == (f"decision:{decision.pk}", decision.case.get_absolute_url())


def test_of_a_restricted_case_only_that_it_is_decided(cast):
    decided(cast, NOTED, access="restricted", legal_basis="offentleglova § 13")
    assert set(told().values()) == {"SSU har avgjort sak 07-2027."}


def test_the_leader_of_the_committee_that_it_is_lifted_to_hears_of_it(cast):
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet", rank=1)
    make.seat(pm, cast.per, role="leader")
    make.seat(pm, cast.jon)
    decided(cast, Point(verb=Verb.LIFTS, wording="Saken løftes.", lifted_to=pm))
    assert told(path=pm.get_work_url()).keys() == {"Per Medlem"}


def test_what_was_decided_long_ago_is_told_to_nobody(cast):
    decided(cast, NOTED, days_ago=61)
    assert not Notice.objects.exists()


def test_who_is_responsible_is_told_at_once_when_the_plan_is_adopted(cast):
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    measure.responsibles.create(partner=cast.tromso, position=9)
    plan = make.adopt_draft(cast.ssu, cast.draft, by=cast.kari)
    notices = Notice.objects.filter(kind="mention")
    assert "Aslak Kommune" in notices.values_list("user__name", flat=True)
    assert {notice.text for notice in notices} == {
        "Handlingsplan 2027 er vedtatt, og noen du taler for, er ansvarlige for tiltak i den."
    }
    assert {notice.path for notice in notices} == {f"{plan.get_work_url()}status/"}


def test_an_old_plan_that_is_registered_now_is_no_news(cast):
    plan = make.adopt_draft(cast.ssu, cast.draft, by=cast.kari, day=TODAY - timedelta(days=400))
    assert Plan.objects.get(pk=plan.pk).locked
    assert not Notice.objects.filter(kind__in=["decision", "mention"]).exists()
