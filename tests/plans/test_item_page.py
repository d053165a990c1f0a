"""A measure's own page: where it comes from, who stands behind it, what became of it. Only what is public."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.actions import Point, decide
from plans.actions import (
    Change,
    add_row,
    answer_input,
    carry_over,
    close_hearing,
    correct,
    freeze_named,
    give_input,
    send_hearing,
    start_from,
    withdraw,
)
from plans.carrying import Decision, State
from plans.models import Input, Item, Measure, Plan, RevisionItem
from plans.queries import old_measures
from tests import make
from tests.people import Cast

from .hearings import on_hearing, say
from .test_chain import DAYS, treated

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def rows(plan: Plan) -> list[Measure]:
    return list(Measure.objects.filter(goal__section__plan=plan).order_by("position").select_related("item"))


def page(client: Client, item: Item) -> Any:
    return client.get(reverse("item_page", args=[item.code]))


def words(answer: Any) -> str:
    return " ".join(answer.text.split())


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


def test_a_measure_has_a_page_and_a_goal_leads_to_its_place(client: Client, plan: Plan) -> None:
    measure = rows(plan)[0]
    answer = page(client, measure.item)
    assert (answer.status_code, answer.context["measure"].text) == (200, "Tiltak nummer 1")
    assert answer.context["responsible"] == [("Strategisk samarbeidsutvalg", "ssu")]
    for item in (measure.goal.item, measure.goal.section.item):
        assert page(client, item)["Location"] == f"{plan.get_absolute_url()}#t-{item.code}"


def test_a_draft_has_no_pages_and_what_was_taken_down_a_tombstone(
    client: Client, cast: Cast, plan: Plan
) -> None:
    assert page(client, rows(cast.draft)[0].item).status_code == 404
    item = rows(plan)[0].item
    withdraw(plan, by=cast.kari, reason="Måtte ned.")
    assert page(client, item).status_code == 410


def test_from_year_to_year_the_way_goes_both_ways(client: Client, cast: Cast, plan: Plan) -> None:
    new = start_from(cast.troms, by=cast.kari, source=plan.revisions.get())
    kinds = (State("continued"), State("changed"), State("dropped", reason="Ikke lenger aktuelt."))
    carry_over(
        new,
        by=cast.kari,
        decisions=[
            Decision(old=old.key, wanted=state, seen=old.state)
            for old, state in zip(old_measures(new), kinds, strict=True)
        ],
    )
    changed = rows(new)[1]
    Measure.objects.filter(pk=changed.pk).update(html="Tiltak nummer to")
    olds = [row.item for row in rows(plan)]
    assert page(client, olds[0]).context["why"].after == ()  # the new plan is a draft still

    make.adopt_draft(cast.ssu, new, by=cast.kari)
    after = [page(client, item).context["why"].after for item in olds]
    assert [[(r.kind, r.code, r.reason) for r in found] for found in after] == [
        [("continued", rows(new)[0].item.code, "")],
        [("changed", changed.item.code, "")],
        [("dropped", "", "Ikke lenger aktuelt.")],
    ]
    why = page(client, changed.item).context["why"]
    assert [(r.plan, r.code) for r in why.before] == [(plan, olds[1].code)]
    assert [(f.name, f.old, f.new) for f in why.since_last] == [
        ("html", "Tiltak nummer 2", "Tiltak nummer to")
    ]
    assert page(client, rows(new)[0].item).context["why"].since_last == ()
    assert "gjelder ikke lenger" in words(page(client, olds[0]))


def test_what_changed_since_it_was_adopted(client: Client, cast: Cast, plan: Plan) -> None:
    row = rows(plan)[0]
    change = Change(row=row, version=row.version, values={"html": "Tiltak nummer én"})
    correct(plan, by=cast.kari, changes=[change], reason="Feil tall", decided_by="Lederen av SSU")
    first, second = (page(client, r.item) for r in rows(plan)[:2])
    assert [(f.name, f.new) for f in first.context["why"].since_adopted] == [("html", "Tiltak nummer én")]
    assert "Feil tall (bestemt av Lederen av SSU)" in words(first)
    assert second.context["why"].since_adopted == ()
    assert "Tiltaket er ikke endret siden planen ble offentlig." in words(second)


@pytest.mark.parametrize(
    ("listed", "answered", "told"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_input_that_was_taken_in_is_told_when_the_hearing_is_public_and_answered(
    client: Client, cast: Cast, listed: bool, answered: bool, told: bool
) -> None:
    facts = {"open_to_all": True, "listed": listed}
    hearing = send_hearing(cast.draft, by=cast.kari, deadline=TODAY + timedelta(days=7), name="H", **facts)
    item = rows(cast.draft)[0].item
    for about in (item, None):
        give_input(
            hearing,
            operation=uuid4(),
            text="Ta med pårørende.",
            item=about,
            open_key=hearing.open_key,
            name="Kari Nordmann",
        )
    close_hearing(hearing, by=cast.kari)
    for number, given in enumerate(Input.objects.order_by("pk")):
        if answered or not number:
            answer_input(given, by=cast.kari, version=given.version, disposition="taken_in", reason="")
    make.adopt_draft(cast.ssu, cast.draft, by=cast.kari)
    answer = page(client, item)
    assert [given.text for given in answer.context["why"].inputs] == ["Ta med pårørende."] * told
    assert "Kari Nordmann" not in answer.text
    assert ("Privatperson" in answer.text) is told


def test_as_many_queries_whatever_the_plans_size(client: Client, cast: Cast) -> None:
    counts = []
    for number in (3, 300):
        plan = make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{number}", measures=number)
        item = rows(plan)[-1].item
        with CaptureQueriesContext(connection) as counted:
            assert page(client, item).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 20


def test_who_proposed_it_on_its_goal_in_a_listed_hearing(client: Client, cast: Cast) -> None:
    """A measure that somebody asked for was not there yet: the goal above it was."""
    hearing = on_hearing(cast, listed=True)
    row = rows(cast.draft)[0]
    for about in (row.goal.section.item, row.goal.item, row.item):
        say(hearing, item=about, by=cast.aslak, partner=cast.tromso, text=f"Om {about.kind}.")
    say(
        hearing, item=row.item, by=cast.aslak, partner=cast.tromso, wording="<em>R&amp;D</em> & barn", text=""
    )
    close_hearing(hearing, by=cast.kari)
    for given in Input.objects.all():
        answer_input(given, by=cast.kari, version=given.version, disposition="taken_in", reason="")
    make.adopt_draft(cast.ssu, cast.draft, by=cast.kari)
    answer = page(client, row.item)
    texts = [one.text for one in answer.context["why"].inputs if one.text]
    assert texts == ["Om measure.", "Om goal.", "Om section."]
    assert "<strong>Tromsø</strong> foreslo i høringen: «R&amp;D &amp; barn»" in words(answer)
    assert "<strong>Tromsø</strong> foreslo i høringen, om målet: «Om goal.»" in words(answer)


def test_who_proposed_it_in_a_hearing_of_the_parties_is_named_without_their_words(
    client: Client, cast: Cast
) -> None:
    hearing = on_hearing(cast)
    item = rows(cast.draft)[0].item
    say(hearing, item=item, by=cast.aslak, partner=cast.tromso, text="Ord for partene.")
    say(hearing, item=item, open_key=hearing.open_key, name="Kari Nordmann", name_public=True)
    close_hearing(hearing, by=cast.kari)
    for given in Input.objects.all():
        answer_input(given, by=cast.kari, version=given.version, disposition="partly", reason="Fordi.")
    make.adopt_draft(cast.ssu, cast.draft, by=cast.kari)
    answer = page(client, item)
    assert (answer.context["why"].proposers, answer.context["why"].inputs) == (("Tromsø",), ())
    assert "Ord for partene." not in answer.text
    assert "Kari Nordmann" not in answer.text


def test_which_committee_had_it_before_it_and_which_did_not(client: Client, cast: Cast) -> None:
    """SSU recommended a version with a measure less, and adopted the one that had it."""
    for days, verb in ((30, "recommends"), (1, "adopts")):
        if verb == "adopts":
            add_row(
                rows(cast.draft)[0].goal, Item.Kind.MEASURE, by=cast.kari, values={"html": "Kom til slutt"}
            )
        revision = freeze_named(cast.draft, by=cast.kari, name=f"til SSU, {verb}", for_review=True)
        item, key = treated(cast, cast.ssu, days=days, revision=revision)
        effect = {"effect": DAYS} if verb == "adopts" else {}
        decide(item, by=cast.kari, points=[Point(verb=verb, wording="Ord.", about=(key,), **effect)])
        if verb == "recommends":
            make.approved(item.meeting)
    told = {row.html: page(client, row.item).context["why"].laid for row in rows(cast.draft)}
    number = f"01-{TODAY.year}"
    assert {text: laid and (laid.committee, laid.case, laid.stood) for text, laid in told.items()} == {
        **{f"Tiltak nummer {n}": ("SSU", number, True) for n in (1, 2, 3)},
        "Kom til slutt": ("SSU", number, False),
    }


def test_a_section_that_was_taken_out_leads_to_the_old_version_that_says_so(
    client: Client, cast: Cast, plan: Plan
) -> None:
    row = rows(plan)[0]
    change = Change(row=row, version=row.version, values={"html": "Nye ord"})
    correct(plan, by=cast.kari, changes=[change], reason="Feil", decided_by="Lederen av SSU")
    section, old = row.goal.section.item, plan.revisions.get(number=1)
    gone = Item.objects.create(kind=Item.Kind.SECTION)
    RevisionItem.objects.create(item=gone, revision=old)  # as if version 2 had not taken it over
    assert [page(client, item)["Location"] for item in (section, gone)] == [
        f"{plan.get_absolute_url()}#t-{section.code}",
        f"{old.get_absolute_url()}#t-{gone.code}",
    ]
    assert "Du leser en eldre versjon av planen (versjon 1)." in words(client.get(old.get_absolute_url()))
