"""Last year's measures: each is decided on once, what goes on is in the draft, and nothing is forgotten."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, HealthCommunity, User
from plans import actions, queries
from plans.carrying import Decision, State
from plans.document import Goal, Section, Status
from plans.document import Measure as Words
from plans.models import Edit, Fate, Measure, Plan
from plans.snapshot import document_of

from .conftest import adopted, make_draft
from .documents import plan_of_size, small_plan


@pytest.fixture
def old(draft: Plan, kari: User) -> Plan:
    return adopted(draft, kari)


@pytest.fixture
def new(old: Plan, kari: User) -> Plan:
    return actions.start_from(old.community, by=kari, source=old.revisions.get())


def url(plan: Plan, name: str = "carry_over") -> str:
    return reverse(name, args=[plan.community.slug, plan.slug])


def sent(client: Client, plan: Plan, **changes: str) -> dict[str, str]:
    """The list as the page shows it, with some fields changed."""
    form = client.get(url(plan)).context["form"]
    data = {name: str(form[name].value() or "") for name in form.fields if name != "base"}
    return data | {"base": form.base_now} | {name.replace("_", "-"): v for name, v in changes.items()}


def decide(plan: Plan, by: User, **states: State | str) -> int:
    """m1="continued" and so on, by the old list's numbers; nobody else has decided meanwhile."""
    olds = {old.number: old for old in queries.old_measures(plan)}
    decisions = []
    for name, state in states.items():
        old = olds[int(name[1:])]
        wanted = state if isinstance(state, State) else State(state)
        decisions.append(Decision(old=old.key, wanted=wanted, seen=old.state))
    return actions.carry_over(plan, by=by, decisions=decisions)


def words(plan: Plan) -> list[str]:
    return [measure.text for _s, _g, measure in document_of(plan).walk_measures()]


def kinds(plan: Plan) -> list[str]:
    return [old.state.kind for old in queries.old_measures(plan)]


def test_the_list_shows_every_old_measure_undecided(new: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    page = client.get(url(new))
    assert [(r.old.number, r.old.measure.text, r.kind.value()) for r in page.context["form"].rows] == [
        (1, "Lage felles rutine for utskriving", ""),
        (2, "Møtes hvert halvår", ""),
        (3, "Dele erfaringer", ""),
    ]
    assert "3 av 3 tiltak er ikke avgjort" in page.text
    assert "3 av 3 tiltak i den forrige planen er ikke avgjort" in client.get(new.get_work_url()).text


def test_choices_are_saved_from_the_page(new: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    changes = {"kind_1": "continued", "kind_2": "dropped", "reason_2": "Er innarbeidet.", "kind_3": "split:2"}
    response = client.post(url(new), sent(client, new, **changes))
    assert (response.status_code, response["Location"]) == (302, url(new))
    assert words(new) == ["Lage felles rutine for utskriving", "Dele erfaringer", "Dele erfaringer"]
    goals = [(s.number, g.text, len(g.measures)) for s, g in document_of(new).walk_goals()]
    assert goals == [("2.1", "Trygge overganger", 1), ("2.1", "Læring på tvers", 2)]
    assert [(o.state, len(o.codes)) for o in queries.old_measures(new)] == [
        (State("continued"), 1),
        (State("dropped", reason="Er innarbeidet."), 0),
        (State("split", parts=2), 2),
    ]
    assert Audit.objects.filter(verb="carry_over").get().what == (
        "Videreføring til «Handlingsplan 2027»: 1 videreføres, 1 utgår, 1 deles."
    )
    # The same list once more changes nothing.
    client.post(url(new), sent(client, new))
    assert Audit.objects.filter(verb="carry_over").count() == 1
    assert Fate.objects.filter(old__kind="measure").count() == 4


def test_what_goes_on_keeps_its_words_and_bodies_but_not_its_status(new: Plan, kari: User) -> None:
    decide(new, kari, m1="continued")
    source = queries.old_measures(new)[0]
    copy = next(m for _s, goal, m in document_of(new).walk_measures() if goal.text == source.goal.text)
    assert copy == Words(
        key=copy.key,
        label="a",
        text=source.measure.text,
        html=source.measure.html,
        responsible=source.measure.responsible,
        deadline=source.measure.deadline,
        indicator=source.measure.indicator,
        extra=source.measure.extra,
        patient_groups=source.measure.patient_groups,
    )
    assert source.measure.responsible is not None
    assert [body.short for body in source.measure.responsible.bodies] == ["SEKR", "SSU"]


def labels(plan: Plan) -> list[str]:
    return [measure.label for _s, _g, measure in document_of(plan).walk_measures()]


def test_letters_run_whatever_goes_on_and_when(new: Plan, kari: User) -> None:
    decide(new, kari, m2="continued", m3=State("split", parts=2))
    assert labels(new) == ["a", "b", "c"]
    decide(new, kari, m1="continued")
    assert labels(new) == ["a", "b", "c", "d"]
    decide(new, kari, m2=State("dropped", reason="Gjort."))
    assert labels(new) == ["a", "b", "c"]


def test_merging_points_two_measures_at_one(new: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    data = sent(client, new, kind_1="changed", kind_3="merged", into_3="1", reason_3="Henger sammen.")
    assert client.post(url(new), data).status_code == 302
    first, _second, third = queries.old_measures(new)
    assert words(new) == ["Lage felles rutine for utskriving"]
    assert third.state == State("merged", into=first.key, reason="Henger sammen.")
    assert third.codes == first.codes
    # What it was merged into ends: then it is undecided again.
    decide(new, kari, m1=State("finished", reason="Rutinen er i bruk."))
    assert kinds(new) == ["finished", "", ""]
    assert queries.undecided(new) == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind_1": "finished"}, {"reason-1": ["Skriv kort hvorfor."]}),
        ({"kind_1": "merged"}, {"into-1": ["Skriv nummeret til tiltaket det slås sammen med."]}),
        ({"kind_1": "merged", "into_1": "1"}, {"into-1": ["Nr. 1 må selv videreføres eller endres."]}),
        ({"kind_1": "merged", "into_1": "2"}, {"into-1": ["Nr. 2 må selv videreføres eller endres."]}),
    ],
)
def test_a_half_choice_is_asked_for_and_what_was_typed_stays(
    new: Plan, kari: User, client: Client, changes: dict[str, str], error: dict[str, list[str]]
) -> None:
    client.force_login(kari)
    changes["reason_3"], changes["kind_3"] = "Gjort.", "dropped"
    response = client.post(url(new), sent(client, new, **changes))
    assert (response.status_code, response.context["form"].errors) == (422, error)
    assert response.context["form"]["reason-3"].value() == "Gjort."
    assert kinds(new) == ["", "", ""]


def test_many_are_decided_by_their_status_and_it_becomes_the_reason(
    community: HealthCommunity, kari: User, client: Client
) -> None:
    done = Status(text="Fullført i mai", value="completed")
    measures = tuple(
        Words(key=f"m{n}", text=f"Tiltak {n}", html=f"Tiltak {n}", status=done if n < 3 else None)
        for n in range(5)
    )
    section = Section(
        key="s", heading="Område", goals=(Goal(key="g", text="Mål", html="Mål", measures=measures),)
    )
    plan = adopted(make_draft(small_plan(sections=(section,)), community, kari), kari)
    new = actions.start_from(community, by=kari, source=plan.revisions.get())
    client.force_login(kari)
    choices = client.get(url(new)).context["form"].fields["many_status"].choices
    assert [str(name) for _key, name in choices] == [
        "–", "Uansett status (5)", "Gjennomført (3)", "Uten status (2)",
    ]  # fmt: skip
    many = {"many_status": "completed", "many_kind": "finished", "many": "1"}
    changed = sent(client, new, kind_1="continued") | many
    assert client.post(url(new), changed).status_code == 302
    assert [o.state for o in queries.old_measures(new)] == [
        State("continued"),
        *[State("finished", reason="Fullført i mai")] * 2,
        *[State()] * 2,
    ]
    without = sent(client, new) | many | {"many_status": "-"}
    assert client.post(url(new), without).status_code == 422  # no status, and no reason given


def test_two_people_in_the_list_overwrite_nothing(new: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    stale = sent(client, new, kind_1="dropped", reason_1="Trengs ikke.")
    decide(new, kari, m1="continued", m2="changed")
    response = client.post(url(new), stale)
    assert response.status_code == 409
    assert "Noen andre har avgjort nr. 1 mens du valgte." in response.text
    assert kinds(new) == ["continued", "changed", ""]
    # The page shows mine where I chose, theirs where I did not, and a second save is knowing.
    form = response.context["form"]
    assert [form[f"kind-{n}"].value() for n in (1, 2, 3)] == ["dropped", "changed", ""]
    again = stale | {"base": form.base_now, "kind-2": form["kind-2"].value()}
    assert client.post(url(new), again).status_code == 302
    assert kinds(new) == ["dropped", "changed", ""]


def test_a_row_deleted_in_the_draft_is_undecided_again(new: Plan, kari: User) -> None:
    decide(new, kari, m1="continued", m2="continued")
    actions.delete_row(Measure.objects.get(goal__section__plan=new, label="a"), by=kari)
    assert kinds(new) == ["", "continued", ""]
    decide(new, kari, m1="changed")
    assert kinds(new) == ["changed", "continued", ""]


def test_what_leaves_the_draft_is_in_the_log(new: Plan, kari: User) -> None:
    decide(new, kari, m1="continued")
    decide(new, kari, m1=State())
    assert words(new) == []
    deleted = Edit.objects.get(plan=new, field="deleted")
    assert json.loads(deleted.before)["text"] == "Lage felles rutine for utskriving"


def test_a_deleted_goal_comes_back_with_its_measure(new: Plan, kari: User) -> None:
    section = new.sections.get(number="2.1")
    actions.delete_row(section, by=kari)
    decide(new, kari, m1="continued", m2="continued", m3="continued")
    found = [(s.heading, g.text, m.text) for s, g, m in document_of(new).walk_measures()]
    assert found == [
        ("Overganger", "Trygge overganger", "Lage felles rutine for utskriving"),
        ("Overganger", "Trygge overganger", "Møtes hvert halvår"),
        ("Overganger", "Læring på tvers", "Dele erfaringer"),
    ]


def test_the_plan_is_not_sent_on_undecided_unless_somebody_says_why(
    new: Plan, kari: User, client: Client
) -> None:
    client.force_login(kari)
    decide(new, kari, m1="continued")
    with pytest.raises(WrongState, match=r"^2 tiltak i den forrige planen er ikke avgjort\."):
        actions.freeze_named(new, by=kari, name="Til SSU")
    with pytest.raises(WrongState):
        adopted(new, kari, case_number="9-2026")
    refused = client.post(reverse("freeze_named", args=[new.community.slug, new.slug]), {"name": "Til SSU"})
    assert (refused.status_code, refused.context["form"]["name"].value()) == (409, "Til SSU")
    assert client.post(url(new, "explain_undecided"), {"open-reason": " "}).status_code == 422
    client.post(url(new, "explain_undecided"), {"open-reason": "Avgjøres i mars."})
    new.refresh_from_db()
    assert adopted(new, kari, case_number="9-2026").state == "adopted"
    assert Audit.objects.get(verb="explain_undecided").what == (
        "«Handlingsplan 2027» kan gå videre med 2 uavgjorte tiltak: Avgjøres i mars."
    )


def test_others_and_locked_plans(new: Plan, kari: User, ola: User, client: Client) -> None:
    client.force_login(ola)
    assert [client.get(url(new)).status_code, client.post(url(new), {}).status_code] == [403, 403]
    assert client.post(url(new, "explain_undecided"), {"open-reason": "Ja."}).status_code == 403
    with pytest.raises(NotAllowed):
        decide(new, ola, m1="continued")
    decide(new, kari, m1="continued", m2="continued", m3="continued")
    adopted(new, kari, case_number="9-2026")
    client.force_login(kari)
    assert client.get(url(new)).status_code == 409
    with pytest.raises(WrongState):
        decide(new, kari, m1="changed")


def test_the_action_refuses_what_the_form_would(new: Plan, kari: User) -> None:
    key = queries.old_measures(new)[1].key
    for wanted in (State("finished"), State("split", parts=1), State("merged", into=key)):
        with pytest.raises(Refusal):
            decide(new, kari, m1=wanted)
    with pytest.raises(Conflict):
        actions.carry_over(
            new, by=kari, decisions=[Decision(old=key, wanted=State("changed"), seen=State("x"))]
        )
    assert kinds(new) == ["", "", ""]


def test_the_database_holds_what_a_fate_is(new: Plan, kari: User) -> None:
    decide(new, kari, m1="continued")
    fate = Fate.objects.get(plan=new, old__kind="measure")
    wrong: list[dict[str, Any]] = [
        {"kind": "finished", "new": None, "reason": ""},
        {"kind": "finished", "new": fate.new, "reason": "Ja"},
        {"kind": "changed", "new": None},
        {"kind": "continued", "new": fate.new},
    ]
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Fate.objects.create(plan=new, old=fate.old, by=kari, **facts)


def test_a_measure_knows_its_past(new: Plan, kari: User, client: Client) -> None:
    decide(new, kari, m1="continued", m2="changed", m3=State("dropped", reason="Gjort."))
    second = adopted(new, kari, case_number="9-2026")
    third = actions.start_from(new.community, by=kari, source=second.revisions.get())
    decide(third, kari, m1="continued", m2="continued")
    assert [str(past) for past in queries.pasts(second).values()] == ["videreført fra 2026"] * 2
    assert {str(past) for past in queries.pasts(third).values()} == {"videreført fra 2026, 2. gang"}
    assert "Videreført fra 2026" in client.get(second.get_absolute_url()).text
    client.force_login(kari)
    assert client.get(third.get_work_url()).text.count("Videreført fra 2026, 2. gang") == 2


def test_the_list_and_the_pages_take_as_many_queries_for_many_measures(
    community: HealthCommunity, kari: User, client: Client
) -> None:
    client.force_login(kari)
    counts = []
    for size, case in ((3, "1-2026"), (75, "2-2026")):
        document = plan_of_size(size)
        old = adopted(make_draft(document, community, kari), kari, case_number=case)
        new = actions.start_from(community, by=kari, source=old.revisions.get())
        data = sent(client, new) | {"many": "1", "many_status": "*", "many_kind": "continued"}
        client.post(url(new), data)  # once for what the first request of all warms up
        found = []
        for page in (url(new), new.get_work_url()):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        with CaptureQueriesContext(connection) as asked:
            client.post(url(new), sent(client, new) | {"many": "1", "many_status": "*", "many_kind": ""})
        counts.append((found, queries.undecided(new)))
    assert counts[0] == counts[1]


_STATES = st.sampled_from(
    [
        State(),
        State("continued"),
        State("changed", reason="Nye tall."),
        State("split", parts=2),
        State("split", parts=3),
        State("finished", reason="Gjort."),
        State("dropped", reason="Trengs ikke."),
        "merge",
    ]
)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rounds=st.lists(st.dictionaries(st.integers(1, 3), _STATES, min_size=1), min_size=1, max_size=4))
def test_every_old_measure_has_one_fate_or_is_counted(
    new: Plan, kari: User, rounds: list[dict[int, Any]]
) -> None:
    """Whatever is decided, in any order: the decisions, the rows of the draft and the count agree."""
    with transaction.atomic():
        for chosen in rounds:
            for n, wanted in chosen.items():
                into = queries.old_measures(new)[n % 3].key
                state = State("merged", into=into) if wanted == "merge" else wanted
                try:
                    decide(new, kari, **{f"m{n}": state})
                except WrongState:  # merged into what does not go on
                    assert state.kind == "merged"
            olds = queries.old_measures(new)
            assert queries.undecided(new) == sum(not old.decided for old in olds)
            one = {"continued": 1, "changed": 1}
            assert [len(o.new) for o in olds] == [one.get(o.state.kind, o.state.parts) for o in olds]
            rows = Measure.objects.filter(goal__section__plan=new).values_list("item", flat=True)
            assert sorted(rows) == sorted(item for o in olds for item in o.new)
        transaction.set_rollback(True)
