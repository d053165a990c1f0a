"""«UNN melder at tiltaket ikke er startet»: who may say it, what stands, who has not answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Notice, RoleParty, User
from plans.actions import ask_status, close_round, report_status
from plans.models import Measure, Responsible
from plans.queries import latest_reports, parties_of, unanswered
from plans.queries.status import Party
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def plan(cast):
    """An adopted plan: a for UNN and SSU, b for everybody (a role), c for words that mean nobody."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    both, everybody, words = Measure.objects.filter(goal__section__plan=plan)
    Responsible.objects.filter(measure__goal__section__plan=plan).delete()
    role = RoleParty.objects.create(community=cast.troms, abbreviation="Alle", name="Alle parter")
    role.members.set([cast.unn, cast.tromso])
    Responsible.objects.create(measure=both, partner=cast.unn)
    Responsible.objects.create(measure=both, committee=cast.ssu, position=1)
    Responsible.objects.create(measure=everybody, role=role)
    Measure.objects.filter(pk=words.pk).update(responsible_text="De frivillige")
    return plan


def measure(plan, n: int) -> Measure:
    return list(Measure.objects.filter(goal__section__plan=plan).order_by("position"))[n]


def test_a_measure_of_several_has_a_line_a_party(cast, plan):
    named = [[str(getattr(p, "slug", p)) for p in parties_of(measure(plan, n))] for n in range(3)]
    assert named == [
        ["universitetssykehuset-nord-norge-hf", "ssu"],
        ["tromso", "universitetssykehuset-nord-norge-hf"],
        ["De frivillige"],
    ]


def test_the_newest_report_of_each_party_stands(cast, plan):
    row = measure(plan, 1)
    report_status(plan, row.item, party=cast.tromso, value="not_started", by=cast.aslak)
    report_status(plan, row.item, party=cast.tromso, value="ongoing", words="I gang nå", by=cast.aslak)
    report_status(plan, row.item, party=cast.unn, value="completed", by=cast.kari)
    stands = {(r.party_name, r.value, r.words, r.typed_in) for r in latest_reports(plan)}
    assert stands == {("Tromsø", "ongoing", "I gang nå", False), ("UNN", "completed", "", True)}


def test_who_speaks_for_whom(cast, plan):
    def say(row: int, party: Party, by: User) -> bool:
        return report_status(plan, measure(plan, row).item, party=party, value="ongoing", by=by).typed_in

    assert [say(0, cast.ssu, by) for by in (cast.ingrid, cast.sigrid)] == [False, False]
    assert say(1, cast.tromso, cast.aslak) is False
    others = [(cast.ssu, by) for by in cast.but("kari", "ingrid", "sigrid")]
    others += [(cast.unn, by) for by in cast.but("kari")]
    for party, by in others:
        with pytest.raises(NotAllowed):
            say(0, party, by)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"value": "late"}, "Velg en status"),
        ({"value": ""}, "Velg en status"),
        ({"as_of": TODAY + timedelta(days=1)}, "en dag som har vært"),
        ({"party": "fsu"}, "ikke ansvarlig"),
    ],
)
def test_what_cannot_be_reported(cast, plan, facts, sentence):
    party = getattr(cast, facts.pop("party", "unn"))
    with pytest.raises(Refusal, match=sentence):
        report_status(plan, measure(plan, 0).item, party=party, by=cast.kari, **{"value": "ongoing", **facts})


def test_a_draft_has_no_status_reports(cast):
    row = Measure.objects.filter(goal__section__plan=cast.draft).first()
    with pytest.raises(WrongState):
        report_status(cast.draft, row.item, party=cast.unn, value="ongoing", by=cast.kari)


def test_a_round_tells_those_who_can_answer_and_shows_who_has_not(cast, plan):
    asked = ask_status(plan, by=cast.kari, due=TODAY + timedelta(days=7))
    told = set(Notice.objects.filter(key=f"status:{asked.pk}").values_list("user__name", flat=True))
    assert told == {"Ingrid Leder", "Sigrid Sekretær", "Aslak Kommune"}
    with pytest.raises(WrongState, match="pågår allerede"):
        ask_status(plan, by=cast.kari, due=TODAY)
    assert len(unanswered(asked)) == 5
    report_status(plan, measure(plan, 1).item, party=cast.tromso, value="ongoing", by=cast.aslak)
    assert len(unanswered(asked)) == 4
    close_round(asked, by=cast.kari)


def test_who_has_nothing_left_to_report_is_reminded_no_more(cast, plan):
    asked = ask_status(plan, by=cast.kari, due=TODAY + timedelta(days=7))

    def reminded():
        notices = Notice.objects.filter(key=f"status:{asked.pk}", done=False)
        return set(notices.values_list("user__name", flat=True))

    mine = [m for m, party in unanswered(asked) if party == cast.tromso]
    everybody = reminded()
    for row in mine:
        assert reminded() == everybody
        report_status(plan, row.item, party=cast.tromso, value="ongoing", by=cast.aslak)
    assert reminded() == everybody - {"Aslak Kommune"}
    close_round(asked, by=cast.kari)
    assert reminded() == set()


@pytest.mark.parametrize("measures", [3, 60])
def test_who_has_not_answered_takes_as_many_queries_whatever_the_size(
    cast, django_assert_num_queries, measures
):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt", measures=measures)
    asked = ask_status(plan, by=cast.kari, due=TODAY)
    with django_assert_num_queries(3):
        unanswered(asked)
