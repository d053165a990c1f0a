"""Who only reads a draft, sees nothing that another is in the middle of writing."""

import io
import uuid
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import HealthCommunity, User
from plans import actions, queries
from plans.actions.proposals import receive_file
from plans.models import Plan
from plans.queries.settled import JUST_NOW, PAUSE
from plans.snapshot import document_of

from .conftest import make_draft
from .documents import plan_of_size, small_plan
from .editing import goal, measure, section
from .test_write_cells import liv

__all__ = ["liv"]  # pytest finds the fixture by its name here

MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, tzinfo=timezone.get_current_timezone())

    def now(self) -> datetime:
        return self.time

    def wait(self, time: timedelta) -> None:
        self.time += time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def nils(liv: User) -> User:
    """Reads the draft, and writes nothing."""
    return User.objects.create_user("nils@example.org", "tett-og-godt-samarbeid", name="Nils Leser")


def write(plan: Plan, who: User, row: Any, words: str, field: str = "html") -> None:
    """Comes to the row and saves the words, as the writing page does."""
    row.refresh_from_db()
    actions.be_present(plan, by=who, key=row.item_id)
    base = row.extra.get(field[6:], "") if field.startswith("extra:") else getattr(row, field)
    cell = actions.Cell(
        op=uuid.uuid4(), kind=row.item.kind, key=row.item_id, field=field, base=base, value=words, form="html"
    )
    actions.save_cell(plan.community.slug, plan.slug, cell, by=who)


def add(plan: Plan, who: User, kind: str, under: Any) -> uuid.UUID:
    key = uuid.uuid4()
    step = actions.Step(
        op=uuid.uuid4(), verb=actions.Verb.ADD, key=key, kind=kind, under=under and under.item_id
    )
    actions.change_structure(plan.community.slug, plan.slug, step, by=who)
    actions.be_present(plan, by=who, key=key)
    return key


def html(plan: Plan, row: Any, reader: User) -> str:
    document = queries.settled(plan, reader=reader).document
    return {m.key: m.html for _s, _g, m in document.walk_measures()}[str(row.item_id)]


def test_words_show_when_the_writer_has_left_the_row(
    clock: Clock, draft: Plan, kari: User, liv: User, nils: User
):
    row, old = measure(draft, "b"), measure(draft, "b").html
    write(draft, liv, row, "Møtes hver")
    clock.wait(30 * timedelta(seconds=1))
    write(draft, liv, row, "Møtes hver uke")
    found = queries.settled(draft, reader=nils)
    assert html(draft, row, nils) == old
    assert [(w.user, w.said) for w in found.writers] == [(liv.pk, "Liv Kollega skriver i tiltak 2.1 b nå")]
    assert html(draft, row, liv) == "Møtes hver uke"  # one's own words are there
    actions.be_present(draft, by=liv, key=measure(draft).item_id)
    assert html(draft, row, nils) == old  # just saved: perhaps the page has not told yet
    clock.wait(JUST_NOW * 1.1)
    assert html(draft, row, nils) == "Møtes hver uke"
    assert queries.settled(draft, reader=nils).writers == ()


@pytest.mark.parametrize("how", ["pause", "gone"])
def test_words_show_after_a_pause_or_when_the_page_is_closed(
    clock: Clock, draft: Plan, liv: User, nils: User, how: str
):
    row = measure(draft, "b")
    write(draft, liv, row, "Møtes hver")
    clock.wait(PAUSE * 1.01 if how == "pause" else timedelta(seconds=25))
    if how == "pause":
        actions.be_present(draft, by=liv, key=row.item_id)
    assert html(draft, row, nils) == "Møtes hver"


def test_what_follows_from_words_follows_from_those_that_are_shown(
    clock: Clock, draft: Plan, liv: User, nils: User
):
    before = document_of(draft)
    row = measure(draft)
    for field, words in (
        ("deadline_text", "innen 1. juli 2026"),
        ("responsible_text", "UNN"),
        ("status_text", "gjennomført"),
        ("indicator", "Ant"),
        ("extra:Kommentar", "Prøv"),
        ("extra:Kostnad", "1"),
    ):
        write(draft, liv, row, words, field)
    write(draft, liv, goal(draft), "Trygge ov")
    write(draft, liv, section(draft), "Overg", "heading")
    write(draft, liv, section(draft), "<p>Dette</p>", "body")
    seen = queries.settled(draft, reader=nils).document
    assert seen == before
    assert document_of(draft) != before


def test_new_rows_show_when_they_have_words(clock: Clock, draft: Plan, liv: User, nils: User):
    before = document_of(draft)
    key = add(draft, liv, "measure", goal(draft))  # the first: the letters of the others move on
    assert queries.settled(draft, reader=nils).document == before
    new = goal(draft).measures.get(item=key)
    write(draft, liv, new, "Ringe")
    add(draft, liv, "goal", section(draft, "1"))
    add(draft, liv, "section", None)
    assert queries.settled(draft, reader=nils).document == before
    clock.wait(PAUSE * 1.1)
    seen = queries.settled(draft, reader=nils).document
    assert seen == document_of(draft)
    assert next(m.html for _s, _g, m in seen.walk_measures()) == "Ringe"


def test_forms_and_steps_are_whole_at_once(clock: Clock, draft: Plan, liv: User, nils: User):
    row = measure(draft, "b")
    actions.be_present(draft, by=liv, key=row.item_id)
    actions.edit_row(row, by=liv, version=1, values={"html": "Fra skjemaet"})
    actions.move_row(row, by=liv, step=-1)
    assert queries.settled(draft, reader=nils).document == document_of(draft)
    write(draft, liv, row, "Fra skjemaet, og")
    assert html(draft, row, nils) == "Fra skjemaet"
    actions.undo(draft, by=liv)
    assert queries.settled(draft, reader=nils).document == document_of(draft)


def test_reading_takes_as_many_queries_for_3_as_for_300_measures(
    clock: Clock, community: HealthCommunity, kari: User, ola: User
):
    found = []
    for measures in (3, 300):
        plan = make_draft(plan_of_size(measures), community, kari)
        for one in plan.sections.all():
            write(plan, kari, one, "Halvt", "heading")
            write(plan, kari, one.goals.get().measures.all()[0], "UNN", "responsible_text")
        with CaptureQueriesContext(connection) as taken:
            document_of(plan)
        plain = len(taken)
        with CaptureQueriesContext(connection) as taken:
            queries.settled(plan, reader=ola)
        found.append(len(taken) - plain)
    assert found == [4, 4]


# --- where drafts are read ---


def address(plan: Plan, name: str) -> str:
    return reverse(name, args=[plan.community.slug, plan.slug])


def test_the_reading_page_says_who_is_writing(
    clock: Clock, client: Client, draft: Plan, kari: User, liv: User
):
    before = document_of(draft)
    write(draft, liv, measure(draft, "b"), "Møtes hver")
    client.force_login(kari)
    page = client.get(address(draft, "draft_page"))
    assert page.context["document"] == before
    assert "Liv Kollega skriver i tiltak 2.1 b nå. Det vises når det er skrevet ferdig." in page.text


def test_a_word_file_is_made_without_and_comes_back_without_a_proposal(
    clock: Clock, client: Client, draft: Plan, kari: User, liv: User
):
    aim = goal(draft)
    write(draft, kari, aim, "Tryggere overganger")
    row = measure(draft, "b")
    write(draft, liv, row, "Møtes hver")
    add(draft, liv, "measure", aim)
    actions.be_present(draft, by=liv, key=row.item_id)
    client.force_login(kari)
    data = client.get(address(draft, "draft_word")).content
    words = "\n".join(
        p.text for t in Document(io.BytesIO(data)).tables for c in t._cells for p in c.paragraphs
    )
    assert ("Møtes hvert halvår" in words, "Tryggere overganger" in words) == (True, True)
    clock.wait(30 * MINUTE)
    write(draft, liv, row, "Møtes hver uke")
    file = receive_file(draft, by=kari, name="plan.docx", data=data)
    assert list(file.proposals.all()) == []


@pytest.mark.parametrize("name", ["freeze_named", "adopt", "publish_received"])
def test_before_freezing_it_is_said_who_writes(
    clock: Clock, client: Client, draft: Plan, kari: User, liv: User, name: str
):
    client.force_login(kari)
    body = {
        "freeze_named": {"name": "til SSU"},
        "adopt": {
            "committee": draft.community.committees.get(slug="ssu").pk, "point": "1", "verb": "adopts",
            "meeting_date": "2026-03-01", "case_number": "1/26", "case_title": "Planen", "wording": "Ja.",
            "in_force_from": "2026-03-02", "published_from": "2026-03-02",
        },
        "publish_received": {"published_from": "2026-03-02", "understood": "on"},
    }[name]  # fmt: skip
    assert client.get(address(draft, name)).context["writers"] == ()
    write(draft, liv, measure(draft, "b"), "Møtes hver")
    answer = client.post(address(draft, name), body)
    assert (answer.status_code, draft.revisions.count()) == (409, 0)
    assert "Liv Kollega skriver i tiltak 2.1 b nå." in answer.text
    answer = client.post(address(draft, name), body | {"skriver": str(liv.pk)})
    assert answer.status_code == 302
    words = [m.html for _s, _g, m in draft.revisions.get().load().walk_measures()]
    assert "Møtes hver" in words


# --- whatever two people do ---

_events = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 1), st.integers(0, 1), st.booleans()),
        st.tuples(st.just("leave"), st.integers(0, 1), st.just(0), st.just(False)),
        st.tuples(st.just("wait"), st.just(0), st.sampled_from([3, 12, 45, 90, 130]), st.just(False)),
    ),
    max_size=14,
)


class Cells:
    """What stood in two cells after each save, and which sittings are over: the model."""

    def __init__(self, start: list[str]) -> None:
        self.saves: list[list[tuple[Any, str]]] = [[("start", words)] for words in start]
        self.live: dict[tuple[int, int], tuple[Any, datetime]] = {}  # (person, cell) → sitting, last save
        self.ended = 0

    def saved(self, who: int, cell: int, words: str, now: datetime) -> None:
        sitting, _last = self.live.get((who, cell), (object(), now))
        self.live[who, cell] = sitting, now
        self.saves[cell].append((sitting, words))

    def left(self, who: int) -> None:
        self.live = {key: value for key, value in self.live.items() if key[0] != who}

    def paused(self, now: datetime) -> None:
        self.live = {key: value for key, value in self.live.items() if now - value[1] <= PAUSE}

    def whole(self, cell: int) -> set[str]:
        """The texts that stood when nobody was in the middle of something."""
        live = {sitting for (_who, c), (sitting, _last) in self.live.items() if c == cell}
        saves = self.saves[cell]
        return {
            words
            for n, (_sitting, words) in enumerate(saves, 1)
            if not {s for s, _w in saves[:n]} & ({s for s, _w in saves[n:]} | live)
        }


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
    deadline=None,
)
@given(_events)
def test_what_is_read_stood_before_or_after_whole_sittings(
    clock: Clock, community: HealthCommunity, kari: User, liv: User, nils: User, events: list[Any]
):
    plan = make_draft(small_plan(), community, kari)
    people, rows = [kari, liv], [measure(plan, "a"), measure(plan, "b")]
    cells, where, count = Cells([row.html for row in rows]), {}, 0
    saved_at: dict[int, datetime] = defaultdict(lambda: clock.now() - MINUTE)
    for what, who, n, goes_on in events:
        if what == "wait":
            for _second in range(n):  # the pages tell every five seconds where their people are
                clock.wait(timedelta(seconds=1))
                for person, at in where.items() if _second % 5 == 0 else ():
                    actions.be_present(plan, by=people[person], key=at)
            cells.paused(clock.now())
        elif what == "leave":
            where[who] = goal(plan).item_id
            actions.be_present(plan, by=people[who], key=where[who])
            cells.left(who)
        else:
            count += 1
            if where.get(who) != rows[n].item_id:
                cells.left(who)
            where[who] = rows[n].item_id
            words = cells.saves[n][-1][1] + f" {count}" if goes_on else f"Noe annet {count}"
            write(plan, people[who], rows[n], words)
            cells.saved(who, n, words, clock.now())
            saved_at[n] = clock.now()
        for cell, row in enumerate(rows):
            seen = html(plan, row, nils)
            assert seen in cells.whole(cell)
            if clock.now() - saved_at[cell] > JUST_NOW and not any(c == cell for _p, c in cells.live):
                assert seen == cells.saves[cell][-1][1]
