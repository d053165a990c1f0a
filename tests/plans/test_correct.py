"""«Rett feilen i vedtatt plan»: the words freeze anew, by the same decisions, with the reason told."""

import pytest
from django.utils import timezone

from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit
from plans.actions import Change, correct
from plans.models import Measure, Revision
from plans.queries import public_standing
from tests import make

pytestmark = pytest.mark.django_db
WHY = {"reason": "Feil årstall", "decided_by": "Lederen av SSU"}


@pytest.fixture
def plan(cast):
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


def change(plan, html="Tiltak nummer én", version=1) -> Change:
    row = Measure.objects.filter(goal__section__plan=plan).first()
    return Change(row=row, version=version, values={"html": html})


def test_a_correction_is_a_new_public_version_by_the_same_decision(cast, plan):
    before = public_standing("troms-og-ofoten", "vedtatt")
    correction = correct(plan, by=cast.kari, changes=[change(plan)], **WHY)
    now = public_standing("troms-og-ofoten", "vedtatt")
    assert (correction.corrects, correction.revision) == (before.revision, now.revision)
    assert [a.point for a in now.adoptions] == [a.point for a in before.adoptions]
    assert now.state == before.state
    words = [m.html for _s, _g, m in now.revision.load().walk_measures()]
    assert words == ["Tiltak nummer én", "Tiltak nummer 2", "Tiltak nummer 3"]
    assert Audit.objects.latest("seq").what == (
        "«Handlingsplan 2026» versjon 1 rettet til versjon 2: Feil årstall (bestemt av Lederen av SSU)."
    )


def test_the_version_before_says_what_it_said(cast, plan):
    old = plan.revisions.get()
    content = old.content
    correct(plan, by=cast.kari, changes=[change(plan)], **WHY)
    assert Revision.objects.get(pk=old.pk).content == content
    assert public_standing("troms-og-ofoten", "vedtatt", 1).revision == old


@pytest.mark.parametrize("missing", ["reason", "decided_by"])
def test_without_reason_or_decider_nothing_is_corrected(cast, plan, missing):
    with pytest.raises(Refusal, match="hvem som bestemte"):
        correct(plan, by=cast.kari, changes=[change(plan)], **{**WHY, missing: " "})
    assert plan.revisions.count() == 1


def test_what_changes_nothing_is_no_correction(cast, plan):
    with pytest.raises(Refusal, match="Ingenting er endret"):
        correct(plan, by=cast.kari, changes=[change(plan, "Tiltak nummer 1")], **WHY)


def test_two_people_who_correct_the_same_words(cast, plan):
    correct(plan, by=cast.kari, changes=[change(plan)], **WHY)
    with pytest.raises(Conflict, match="Noen andre rettet"):
        correct(plan, by=cast.kari, changes=[change(plan, "Noe tredje")], **WHY)


def test_a_draft_is_edited_and_not_corrected(cast):
    with pytest.raises(WrongState):
        correct(cast.draft, by=cast.kari, changes=[change(cast.draft)], **WHY)


def test_only_the_secretariat_corrects(cast, plan):
    for by in cast.but("kari"):
        with pytest.raises(NotAllowed):
            correct(plan, by=by, changes=[change(plan)], **WHY)


def test_a_row_of_another_plan_is_not_corrected_by_the_way(cast, plan):
    other = make.adopted(cast.ssu, by=cast.kari, slug="annen", day=timezone.localdate())
    with pytest.raises(Conflict, match="ikke i planen"):
        correct(plan, by=cast.kari, changes=[change(other)], **WHY)
