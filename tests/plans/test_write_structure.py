"""Adding, moving, deleting and taking back on the writing page; what others see of it."""

import contextlib
import random
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from helsefellesskap.errors import Refusal
from partners.models import HealthCommunity, User
from plans import actions
from plans.actions.arrange import rows_under
from plans.actions.in_one_go import in_one_go
from plans.actions.numbering import labels_running
from plans.editable import as_text, values_of
from plans.labels import Running, running
from plans.models import Goal, Item, Measure, Plan, Section
from plans.snapshot import document_of
from plans.writing_rows import writing_rows

from .conftest import make_draft
from .documents import small_plan
from .editing import goal, measure, section
from .test_arrange import shape
from .test_write_cells import liv, post, save, signed_in

__all__ = ["liv", "signed_in"]  # pytest finds the fixtures by their names here


def change(client: Client, plan: Plan, verb: str, row: Any = None, **more: Any) -> Any:
    body = {"op": str(uuid.uuid4()), "verb": verb}
    if row is not None:
        body["key"] = str(row.item_id)
    keys = {name: str(part.item_id) for name, part in more.items() if name in ("under", "after") and part}
    return post(client, plan, "change_structure", body | more | keys)


def test_a_measure_is_added_below_with_the_key_that_the_page_chose(signed_in: Client, draft: Plan):
    key, second = uuid.uuid4(), measure(draft, "b")
    more = {"kind": "measure", "under": goal(draft), "after": measure(draft), "key": str(key)}
    answer = change(signed_in, draft, "add", **more).json()
    new = Measure.objects.get(item_id=key)
    assert [m.pk for m in goal(draft).measures.all()] == [measure(draft).pk, new.pk, second.pk]
    assert (answer["labels"][str(key)], answer["place"]) == ("b", "2.1 b")
    assert draft.edits.get().field == "added"
    assert change(signed_in, draft, "add", **more).status_code == 409


def test_a_row_moves_across_goals_and_sections_and_back(signed_in: Client, draft: Plan):
    before = document_of(draft)
    there = goal(draft, "Læring på tvers")
    answer = change(signed_in, draft, "move", measure(draft), under=there, after=None)
    assert answer.json()["place"].startswith("2.1 ")
    assert shape(draft)[2][1][1][1] == ["Lage felles rutine for utskriving", "Dele erfaringer"]
    change(signed_in, draft, "move", goal(draft), under=section(draft, "1"), after=None)
    change(signed_in, draft, "move", section(draft, "2"), under=None, after=None)
    assert [s.heading for s in document_of(draft).sections] == ["Innsatsområder", "Innledning"]
    for _step in range(3):
        assert change(signed_in, draft, "undo").json()["structure"] is True
    assert document_of(draft) == before
    assert change(signed_in, draft, "undo").json()["nothing"] is True


def test_letters_run_by_themselves_as_they_did(signed_in: Client, draft: Plan):
    def labels() -> list[list[str]]:
        goals = document_of(draft).sections[1].sections[0].goals
        return [[f"{m.label} {m.text[:6]}" for m in g.measures] for g in goals]

    printed = labels()
    key = str(uuid.uuid4())
    change(signed_in, draft, "add", kind="measure", under=goal(draft), after=None, key=key)
    assert labels() == [["a ", "b Lage f", "c Møtes "], ["d Dele e"]]
    change(signed_in, draft, "move", measure(draft, "a"), under=goal(draft, "Læring på tvers"), after=None)
    assert labels() == [["a Lage f", "b Møtes "], ["c ", "d Dele e"]]
    for _step in range(2):
        change(signed_in, draft, "undo")
    assert labels() == printed


@pytest.mark.parametrize(
    ("labels", "way"),
    [
        ([["a", "b"], ["c"]], Running("a", anew=False)),
        ([["a", "b"], ["a"]], Running("a", anew=True)),
        ([[], ["1"], ["2", "3"]], Running("1", anew=False)),
        ([["a", "c"]], None),
        ([["", ""]], None),
        ([], None),
    ],
)
def test_how_labels_run(labels: list[list[str]], way: Running | None):
    assert running(labels) == way


def test_a_section_does_not_move_into_itself(signed_in: Client, draft: Plan):
    answer = change(signed_in, draft, "move", section(draft, "2"), under=section(draft), after=None)
    assert (answer.status_code, answer.json()["error"]) == (409, "Dit kan det ikke flyttes.")


def test_what_was_deleted_comes_back_as_it_was(signed_in: Client, draft: Plan):
    before = document_of(draft)
    change(signed_in, draft, "delete", section(draft, "2"))
    assert Measure.objects.count() == 0
    change(signed_in, draft, "undo")
    assert document_of(draft) == before
    assert list(draft.edits.order_by("pk").values_list("field", flat=True)) == ["deleted", "added"]


def test_words_are_taken_back_with_what_followed_from_them(signed_in: Client, draft: Plan):
    row = measure(draft, "b")
    before = document_of(draft)
    save(signed_in, draft, row, "deadline_text", row.deadline_text, "innen 30. juni 2026")
    save(signed_in, draft, row, "responsible_text", row.responsible_text, "UNN og PM")
    told = change(signed_in, draft, "undo").json()
    assert [(c["field"], c["value"]) for c in told["cells"]] == [("responsible_text", row.responsible_text)]
    change(signed_in, draft, "undo")
    assert document_of(draft) == before


def test_nobody_takes_back_what_another_built_on(signed_in: Client, draft: Plan, liv: User):
    row = measure(draft)
    save(signed_in, draft, row, "indicator", row.indicator, "Karis")
    actions.edit_row(measure(draft), by=liv, version=2, values={"indicator": "Livs"})
    answer = change(signed_in, draft, "undo")
    assert (answer.status_code, answer.json()["error"]) == (409, "Noen andre har skrevet her etter deg.")
    assert measure(draft).indicator == "Livs"


def test_what_was_taken_back_is_done_again(signed_in: Client, draft: Plan, liv: User):
    first = document_of(draft)
    row = measure(draft, "b")
    save(signed_in, draft, row, "responsible_text", row.responsible_text, "UNN og PM")
    change(signed_in, draft, "move", measure(draft), under=goal(draft, "Læring på tvers"), after=None)
    key = str(uuid.uuid4())
    change(signed_in, draft, "add", kind="goal", under=section(draft, "1"), after=None, key=key)
    change(signed_in, draft, "delete", section(draft, "2"))
    last = document_of(draft)
    for _turn in range(2):
        for _step in range(4):
            change(signed_in, draft, "undo")
        assert document_of(draft) == first
        told = [change(signed_in, draft, "redo").json() for _step in range(4)]
        assert document_of(draft) == last
        assert [answer["gone"] for answer in told] == [[], [], [], [str(section_key(draft))]]
        assert change(signed_in, draft, "redo").json()["nothing"] is True
    change(signed_in, draft, "undo")
    row = section(draft, "1")
    save(signed_in, draft, row, "heading", row.heading, "Noe nytt")
    assert change(signed_in, draft, "redo").json()["nothing"] is True
    change(signed_in, draft, "undo")
    actions.edit_row(section(draft, "1"), by=liv, version=3, values={"heading": "Livs"})
    answer = change(signed_in, draft, "redo")
    assert (answer.status_code, answer.json()["error"]) == (409, "Noen andre har skrevet her etter deg.")


def section_key(plan: Plan) -> Any:
    """Of the section that was deleted last."""
    return plan.edits.filter(field="deleted").order_by("-pk").values_list("item", flat=True)[0]


def test_what_was_done_in_one_go_is_taken_back_in_one_go(signed_in: Client, draft: Plan, kari: User):
    before = document_of(draft)
    with labels_running(draft), in_one_go(draft, by=kari):
        rows = [
            actions.add_row(goal(draft), Item.Kind.MEASURE, by=kari, values={"html": f"Limt inn {n}"})
            for n in range(3)
        ]
    actions.edit_row(measure(draft), by=kari, version=1, values={"indicator": "Ny", "struck": True})
    after = document_of(draft)
    told = change(signed_in, draft, "undo").json()
    assert [c["value"] for c in told["cells"]] == ["Andel utskrivinger med plan"]
    told = change(signed_in, draft, "undo").json()
    assert (told["structure"], set(told["gone"])) == (True, {str(row.item_id) for row in rows})
    assert document_of(draft) == before
    for _step in range(2):
        change(signed_in, draft, "redo")
    assert document_of(draft) == after
    change(signed_in, draft, "undo")
    save(signed_in, draft, rows[1], "html", rows[1].html, "Skrevet om")
    for verb in ("undo", "undo"):
        change(signed_in, draft, verb)
    assert document_of(draft) == before


def test_one_go_is_taken_back_whole_or_not_at_all(signed_in: Client, draft: Plan, kari: User, liv: User):
    with labels_running(draft), in_one_go(draft, by=kari):
        rows = [
            actions.add_row(goal(draft), Item.Kind.MEASURE, by=kari, values={"html": f"Limt inn {n}"})
            for n in range(3)
        ]
    actions.edit_row(rows[0], by=liv, version=rows[0].version, values={"html": "Livs ord"})
    assert change(signed_in, draft, "undo").status_code == 409
    assert Measure.objects.filter(item__in=[row.item_id for row in rows]).count() == 3


def test_the_same_step_counts_once(signed_in: Client, draft: Plan):
    body = {"op": str(uuid.uuid4()), "verb": "delete", "key": str(measure(draft).item_id)}
    first = post(signed_in, draft, "change_structure", body)
    assert post(signed_in, draft, "change_structure", body).json() == first.json()
    assert draft.edits.count() == 1


def test_who_may_not_change_the_structure(client: Client, draft: Plan, ola: User):
    assert change(client, draft, "undo").status_code == 401
    client.force_login(ola)
    assert change(client, draft, "delete", measure(draft)).status_code == 403
    assert post(client, draft, "write_news", {}).status_code == 403


def test_news_tell_what_others_did_and_who_is_here(client: Client, draft: Plan, kari: User, liv: User):
    row = measure(draft)
    client.force_login(liv)
    since = timezone.now().isoformat()
    post(client, draft, "write_news", {"since": since, "row": str(row.item_id)})
    save(client, draft, row, "responsible_text", row.responsible_text, "PM og Alle")
    change(client, draft, "delete", measure(draft, "b"))
    client.force_login(kari)
    told = post(client, draft, "write_news", {"since": since, "row": None}).json()
    assert [(c["key"], c["field"], c["value"], c["note"]) for c in told["cells"]] == [
        (str(row.item_id), "responsible_text", "PM og Alle", "ikke koblet: Alle")
    ]
    assert [s["by"] for s in told["steps"]] == ["Liv Kollega"]
    assert told["here"] == [{"name": "Liv Kollega", "key": str(row.item_id)}]
    client.force_login(liv)
    told = post(client, draft, "write_news", {"since": since, "row": None}).json()
    assert [s["by"] for s in told["steps"]] == ["Du selv, i en annen fane,"]


# --- two people, any order of things ---


class TwoWriters(RuleBasedStateMachine):
    """Random edits, moves, deletes, undos and redos by two people, against a model that is the log itself."""

    people: list[User]
    community: HealthCommunity

    @initialize(seed=st.integers(0, 2**16))
    def start(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.plan = make_draft(small_plan(), self.community, self.people[0])
        self.words = set(self.texts().values())

    def rows(self, *kinds: type) -> list[Any]:
        rows: list[Any] = list(Section.objects.filter(plan=self.plan))
        rows += Goal.objects.filter(section__plan=self.plan)
        rows += Measure.objects.filter(goal__section__plan=self.plan)
        return [r for r in rows if isinstance(r, kinds or (Section, Goal, Measure))]

    def pick(self, *kinds: type) -> Any:
        rows = self.rows(*kinds)
        return self.chance.choice(rows) if rows else None

    def texts(self) -> dict[tuple[str, str], str]:
        """(key, field) → words, for every text that stands in the plan."""
        return {
            (str(row.item_id), field): value
            for row in self.rows()
            for field, value in values_of(row).items()
            if isinstance(value, str) and value and field not in ("status_value", "label")
        }

    def step(self, who: int, verb: str, **more: Any) -> bool:
        """Whether it was done."""
        step = actions.Step(op=uuid.uuid4(), verb=actions.Verb(verb), **more)
        with contextlib.suppress(Refusal):
            told = actions.change_structure(
                self.plan.community.slug, self.plan.slug, step, by=self.people[who]
            )
            return "nothing" not in told
        return False

    @rule(who=st.integers(0, 1), word=st.sampled_from(["alfa", "beta", "gamma & delta", ""]))
    def type_words(self, who: int, word: str) -> None:
        row = self.pick(Goal, Measure)
        if row is None:
            return
        cell = actions.Cell(
            op=uuid.uuid4(), kind=row.item.kind, key=row.item_id, field="html", base=row.html, value=word,
            form="html",
        )  # fmt: skip
        actions.save_cell(self.plan.community.slug, self.plan.slug, cell, by=self.people[who])

    @rule(who=st.integers(0, 1))
    def add(self, who: int) -> None:
        under = self.pick(Section, Goal)
        if under is not None:
            kind = Item.Kind.MEASURE if isinstance(under, Goal) else Item.Kind.GOAL
            self.step(who, "add", key=uuid.uuid4(), kind=kind, under=under.item_id)

    @rule(who=st.integers(0, 1))
    def move(self, who: int) -> None:
        row = self.pick()
        homes: list[Any] = self.rows(*({Measure: (Goal,)}.get(type(row), (Section,))))
        parent = self.chance.choice([*homes, self.plan] if isinstance(row, Section) else homes)
        after = self.chance.choice([None, *(r for r in rows_under(parent, row) if r != row)])
        under = None if parent == self.plan else parent.item_id
        self.step(who, "move", key=row.item_id, under=under, after=after and after.item_id)

    @rule(who=st.integers(0, 1), down=st.booleans())
    def move_by_the_form(self, who: int, down: bool) -> None:
        actions.move_row(self.pick(), by=self.people[who], step=1 if down else -1)

    @rule(who=st.integers(0, 1))
    def delete(self, who: int) -> None:
        row = self.pick(Goal, Measure)
        if row is not None:
            self.step(who, "delete", key=row.item_id)

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        self.step(who, "undo")

    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        self.step(who, "redo")

    @rule(who=st.integers(0, 1), steps=st.integers(1, 3))
    def undo_and_redo(self, who: int, steps: int) -> None:
        """What nobody came between is done again exactly as it was."""
        before = document_of(self.plan)
        undone = sum(self.step(who, "undo") for _step in range(steps))
        assert [self.step(who, "redo") for _step in range(undone)] == [True] * undone
        assert document_of(self.plan) == before

    @invariant()
    def every_row_has_its_own_identity_and_place(self) -> None:
        rows = self.rows()
        assert len({r.item_id for r in rows}) == len(rows)
        for parent in self.rows(Section, Goal):
            for name in ("goals", "children") if isinstance(parent, Section) else ("measures",):
                places = [r.position for r in getattr(parent, name).all()]
                assert len(set(places)) == len(places)

    @invariant()
    def the_page_and_the_document_agree_on_order_and_labels(self) -> None:
        page = [
            (str(m.row.item_id), m.label)
            for s in writing_rows(self.plan).sections
            for g in s.goals
            for m in g.measures
        ]
        assert page == [(m.key, m.label) for _s, _g, m in document_of(self.plan).walk_measures()]

    @invariant()
    def no_text_went_away_without_a_line_in_the_log(self) -> None:
        standing = set(self.texts().values())
        logged = "\n".join(
            as_text(part) for edit in self.plan.edits.all() for part in (edit.before, edit.after, edit.kept)
        )
        assert [words for words in self.words - standing if words not in logged] == []
        self.words |= standing


def test_two_writers(draft: Plan, kari: User, liv: User):
    def machine() -> TwoWriters:
        writers = TwoWriters()
        writers.people, writers.community = [kari, liv], draft.community
        return writers

    checks = settings(
        max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=checks)
