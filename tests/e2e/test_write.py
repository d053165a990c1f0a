"""The writing page in a real browser: by keyboard alone, two at once, and through what goes wrong."""

import random
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from plans import actions
from plans.models import Edit, Goal, Item, Measure, Plan, Section
from plans.snapshot import to_draft
from plans.writing_rows import writing_rows
from tests import make
from tests.conftest import PATIENCE
from tests.people import Cast
from tests.plans.documents import plan_of_size, small_plan

from .test_import_and_correct import editor, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def open_page(page: Any, live_server: Any, who: Any, plan: Plan) -> None:
    sign_in(page, live_server, who)
    page.goto(reverse("write", args=[plan.community.slug, plan.slug]))
    page.locator("#plan[data-ready]").wait_for(state="attached")


def saved(page: Any) -> None:
    page.locator("#status[data-state=saved]").wait_for()


def settled(page: Any) -> None:
    saved(page)
    expect(page.locator("#plan[aria-busy]")).to_have_count(0)


def cell(page: Any, label: str) -> Any:
    return page.get_by_role("textbox", name=label, exact=True)


def measures(plan: Plan) -> list[str]:
    rows = Measure.objects.filter(goal__section__plan=plan)
    order = ("goal__section__position", "goal__position", "position")
    return list(rows.order_by(*order).values_list("html", flat=True))


def eventually(what: Callable[[], bool]) -> None:
    """Waits until the server has it; the page alone cannot say."""
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.1)
    pytest.fail("It did not come to be.")


def test_a_small_plan_by_keyboard_alone(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    plan = actions.start_plan(cast.troms, by=cast.kari, title="Ny plan", kind="action_plan")
    open_page(page, live_server, cast.kari, plan)
    keyboard = page.keyboard
    keyboard.press("Enter")
    keyboard.type("Overganger")
    keyboard.press("Enter")
    keyboard.type("Trygge overganger")
    keyboard.press("Enter")
    for words, who, when in (("Ringe før utskriving", "SS", "Q2"), ("Møtes", "UNN", "løpende")):
        keyboard.type(words)
        keyboard.press("Tab")
        keyboard.type(who)
        if who == "SS":
            page.get_by_role("option", name=re.compile("^SSU")).wait_for()
            axe(page)
            keyboard.press("ArrowDown")
            keyboard.press("Enter")
        keyboard.press("Tab")
        keyboard.type(when)
        keyboard.press("Enter")
    keyboard.type("Sist, men først")
    keyboard.press("Alt+Shift+ArrowUp")
    keyboard.press("Alt+Shift+ArrowUp")
    saved(page)
    axe(page)
    assert Section.objects.get(plan=plan).heading == "Overganger"
    assert Goal.objects.get(section__plan=plan).html == "Trygge overganger"
    assert measures(plan) == ["Sist, men først", "Ringe før utskriving", "Møtes"]
    first = Measure.objects.get(html="Ringe før utskriving")
    assert (first.responsible_text, first.deadline_text) == ("SSU", "Q2")
    assert [str(r.body) for r in first.responsibles.all()] == [str(cast.ssu)]
    keyboard.press("Tab")
    keyboard.type("Alle og SSU")
    page.get_by_text("ikke koblet: Alle Koble").wait_for()
    axe(page)
    keyboard.press("Shift+Tab")
    # The words stand where they were typed, focus and all.
    assert page.evaluate("document.activeElement.value") == "Sist, men først"


def test_two_browsers_in_one_cell(new_page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    kari, jon = new_page(), new_page(width=768)
    open_page(kari, live_server, cast.kari, cast.draft)
    open_page(jon, live_server, cast.jon, cast.draft)
    cell(kari, "Mål").focus()  # what Jon saves would come to her by itself otherwise
    cell(jon, "Mål").fill("Jons trygge overganger")
    saved(jon)
    cell(kari, "Mål").fill("Trygge overganger for Kari")
    box = kari.get_by_role("group", name="To har skrevet samtidig")
    box.wait_for()
    axe(kari)
    assert box.locator("ins").all_inner_texts() == [" for Kari", "Jons trygge"]
    box.get_by_role("button", name="Sett sammen").click()
    saved(kari)
    words = Goal.objects.get(section__plan=cast.draft).html
    assert words == cell(kari, "Mål").input_value()
    assert "Jons" in words
    assert "for Kari" in words
    # What one saved comes to the other by itself, in a cell that nobody is in.
    jon.get_by_role("button", name="Snarveier").click()
    axe(jon)
    jon.get_by_role("button", name="Lukk").click()
    jon.get_by_role("textbox", name="Overskrift").focus()
    expect(cell(jon, "Mål")).to_have_value(words)
    expect(jon.locator("#her")).to_contain_text("Kari Sekretær")


def test_nothing_typed_is_lost_while_the_server_is_away(page: Any, live_server: Any, cast: Cast) -> None:
    open_page(page, live_server, cast.kari, cast.draft)
    away = re.compile("/skriv/(lagre|endre|nytt)/")
    page.route(away, lambda route: route.abort())
    cell(page, "Mål").fill("Skrevet uten nett")
    page.keyboard.press("Enter")
    page.keyboard.type("Nytt uten nett")
    page.locator("#status[data-state=failing]").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#plan[data-ready]").wait_for(state="attached")
    expect(cell(page, "Mål")).to_have_value("Skrevet uten nett")
    held: list[Any] = []

    def hold_last(route: Any) -> None:
        held.append(route) if "Nytt uten nett" in route.request.post_data else route.continue_()

    page.route("**/skriv/lagre/", hold_last)
    with page.expect_request(lambda request: "Nytt uten nett" in (request.post_data or "")):
        page.unroute(away)
    # The row comes first, with the words that still wait for it.
    expect(page.locator("tr.w-measure textarea[data-field=html]").first).to_have_value("Nytt uten nett")
    assert measures(cast.draft)[0] == ""
    held[0].continue_()
    saved(page)
    assert Goal.objects.get(section__plan=cast.draft).html == "Skrevet uten nett"
    assert measures(cast.draft)[0] == "Nytt uten nett"
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_that_was_lost_counts_once(page: Any, live_server: Any, cast: Cast) -> None:
    open_page(page, live_server, cast.kari, cast.draft)
    lost: list[Any] = []

    def lose_first(route: Any) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())  # the server did it, the page never hears
        return route.abort()

    page.route("**/skriv/lagre/", lose_first)
    cell(page, "Mål").fill("Første")
    page.locator("#status[data-state=failing]").wait_for()
    cell(page, "Mål").fill("Første og andre")
    saved(page)
    assert Goal.objects.get(section__plan=cast.draft).html == "Første og andre"
    assert page.get_by_role("group", name="To har skrevet samtidig").count() == 0


def test_a_session_that_ended_while_typing(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    cast.kari.set_password(make.PASSWORD)
    cast.kari.save()
    open_page(page, live_server, cast.kari, cast.draft)
    Session.objects.all().delete()
    cell(page, "Mål").fill("Skrevet utlogget")
    way_in = page.get_by_role("link", name="Logg inn i en ny fane, så lagres det")
    way_in.wait_for()
    axe(page)
    with page.expect_popup() as opened:
        way_in.click()
    # Meanwhile somebody goes on in the first tab.
    cell(page, "Mål").press("Enter")
    page.keyboard.type("Nytt utlogget")
    login = opened.value
    login.get_by_label("E-post").fill(cast.kari.email)
    login.keyboard.press("Tab")
    login.keyboard.type(make.PASSWORD)
    login.keyboard.press("Enter")
    login.wait_for_url(live_server.url + reverse("my_work"))
    login.close()
    saved(page)
    assert Goal.objects.get(section__plan=cast.draft).html == "Skrevet utlogget"
    assert measures(cast.draft)[0] == "Nytt utlogget"
    page.keyboard.type(" og videre")
    eventually(lambda: measures(cast.draft)[0] == "Nytt utlogget og videre")


def test_across_sections_deleted_and_taken_back(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    plan = cast.draft
    actions.add_row(plan, Item.Kind.SECTION, by=cast.kari, values={"heading": "To"})
    actions.add_row(plan.sections.get(heading="To"), Item.Kind.GOAL, by=cast.kari, values={"html": "Mål to"})
    Edit.objects.all().delete()
    open_page(page, live_server, cast.kari, plan)
    before = measures(plan)
    last = page.locator("tr.w-measure textarea[data-field=html]").nth(2)
    last.focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    saved(page)
    moved = Measure.objects.get(html=before[2])
    assert moved.goal.html == "Mål to"
    assert page.evaluate("document.activeElement.value") == before[2]
    page.get_by_role("button", name="Slett", exact=True).click()
    panel = page.locator("#paa-tvers")
    panel.get_by_role("button", name="Angre").wait_for()
    saved(page)
    axe(page)
    assert measures(plan) == before[:2]
    panel.get_by_role("button", name="Angre").click()
    eventually(lambda: measures(plan) == before)
    page.locator("#si", has_text="Angret").wait_for(state="attached")
    page.keyboard.press("Control+z")
    eventually(lambda: Measure.objects.get(html=before[2]).goal.html == "Trygge overganger")
    expect(page.locator(".w-section:first-child .w-measure")).to_have_count(3)
    page.keyboard.press("Control+y")
    eventually(lambda: Measure.objects.get(html=before[2]).goal.html == "Mål to")
    page.locator("#si", has_text="Gjort om igjen").wait_for(state="attached")
    page.get_by_role("button", name="Gjør om igjen").click()
    eventually(lambda: measures(plan) == before[:2])


def test_sections_move_across_parents_and_levels(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    plan = to_draft(small_plan(), community=cast.troms, by=cast.kari, slug="liten")
    three = actions.add_row(
        plan, Item.Kind.SECTION, by=cast.kari, values={"number": "3", "heading": "Felles"}
    )
    Edit.objects.all().delete()
    open_page(page, live_server, cast.kari, plan)
    heading = page.get_by_role("textbox", name="Overskrift", exact=True).nth(2)
    heading.focus()

    def press(keys: str, said: str) -> None:
        page.keyboard.press(keys)
        page.locator("#si", has_text=said).wait_for(state="attached")
        settled(page)
        assert page.evaluate("document.activeElement.value") == "Overganger"

    press("Alt+Shift+ArrowDown", "Flyttet til 3.1")
    row = plan.sections.get(heading="Overganger")
    assert (row.parent, row.number) == (three, "3.1")
    axe(page)
    page.get_by_role("button", name="Hev nivå").click()
    page.locator("#si", has_text="Flyttet til 4").wait_for(state="attached")
    press("Alt+Shift+ArrowUp", "Flyttet til 3")
    assert [(s.number, s.heading) for s in plan.sections.filter(parent=None)] == [
        ("1", "Innledning"), ("2", "Innsatsområder"), ("3", "Overganger"), ("4", "Felles"),
    ]  # fmt: skip
    press("Alt+Shift+ArrowRight", "Flyttet til 2.1")
    assert page.locator("#innholdslinjer li").all_inner_texts() == [
        "1 Innledning", "2 Innsatsområder", "2.1 Overganger", "3 Felles",
    ]  # fmt: skip
    press("Alt+Shift+ArrowRight", "Kan ikke ligge dypere")
    page.get_by_role("textbox", name="Mål", exact=True).first.focus()
    assert page.get_by_role("button", name="Hev nivå").is_disabled()


def test_angre_stands_in_sight_until_one_goes_on(page: Any, live_server: Any, cast: Cast) -> None:
    plan = to_draft(plan_of_size(90), community=cast.troms, by=cast.kari, slug="lang")
    open_page(page, live_server, cast.kari, plan)
    page.locator("tr.w-measure textarea[data-field=html]").last.focus()
    page.get_by_role("button", name="Slett", exact=True).click()
    angre = page.locator("#paa-tvers").get_by_role("button", name="Angre")
    top, height = angre.bounding_box()["y"], page.viewport_size["height"]
    assert 0 <= top <= height
    # From here on it would take back the words, and not the row.
    page.keyboard.type("x")
    assert angre.count() == 0
    saved(page)
    with page.expect_response("**/skriv/nytt/") as told:
        page.reload()
    told.value.finished()
    page.locator("#plan[data-ready]").wait_for(state="attached")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.locator("#paa-tvers").inner_text() == ""  # one's own steps are no news


def test_formatting_where_one_asks_for_it(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    open_page(page, live_server, cast.kari, cast.draft)
    page.get_by_role("button", name="Rediger teksten", exact=True).click()
    expect(editor(page, "Tekst i kapitlet")).to_be_focused()
    axe(page)
    page.keyboard.type(" Hver dag.")
    page.get_by_role("button", name="Ferdig").click()
    saved(page)
    assert Section.objects.get(plan=cast.draft).body == "<p>Vi planlegger sammen. Hver dag.</p>"


def test_a_word_is_fixed_on_a_phone(new_page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    page = new_page(width=390, color_scheme="dark")
    open_page(page, live_server, cast.kari, cast.draft)
    axe(page)
    cell(page, "Mål").fill("Rettet på telefonen")
    saved(page)
    assert Goal.objects.get(section__plan=cast.draft).html == "Rettet på telefonen"
    # Rows shown as cards are rows all the same, new ones too.
    cell(page, "Mål").press("Enter")
    page.locator("tr.w-measure[role=row]").nth(3).wait_for()
    page.locator("table[role=table] td.w-words[role=cell]").nth(4).wait_for()


def test_rows_of_others_are_offered_and_words_taken_back(new_page: Any, live_server: Any, cast: Cast) -> None:
    kari, jon = new_page(), new_page()
    open_page(kari, live_server, cast.kari, cast.draft)
    open_page(jon, live_server, cast.jon, cast.draft)
    first = kari.locator("tr.w-measure textarea[data-field=html]").first
    first.press("End")
    kari.keyboard.type(" og mer")
    jon.get_by_role("textbox", name="Mål", exact=True).focus()
    jon.keyboard.press("Enter")
    jon.keyboard.type("Jons tiltak")
    saved(jon)
    saved(kari)
    kari.keyboard.type(" til")
    kari.get_by_role("button", name="Vis endringene").click()
    expect(kari.locator("tr.w-measure")).to_have_count(4)
    words = kari.locator("tr.w-measure textarea[data-field=html]")
    assert [words.nth(n).input_value() for n in (0, 1)] == ["Jons tiltak", "Tiltak nummer 1 og mer til"]
    # The browser takes back what was typed in the cell; the rows do not mind.
    words.nth(1).focus()
    kari.keyboard.press("Control+z")
    eventually(lambda: measures(cast.draft)[1] != "Tiltak nummer 1 og mer til")
    assert measures(cast.draft)[0] == "Jons tiltak"


def test_page_and_server_agree_after_many_steps(page: Any, live_server: Any, cast: Cast) -> None:
    plan = to_draft(small_plan(), community=cast.troms, by=cast.kari, slug="liten")
    open_page(page, live_server, cast.kari, plan)
    chance = random.Random(7)
    keys = ["Alt+Shift+ArrowUp", "Alt+Shift+ArrowDown"] * 4 + ["Alt+Shift+ArrowLeft", "Alt+Shift+ArrowRight"]
    keys += ["Enter", "Control+Enter", "Control+Shift+Enter", "Alt+Shift+Delete", "Control+z", "Control+y"]
    for _step in range(60):
        cells = page.locator("textarea.w-heading, tr textarea[data-field=html]")
        cells.nth(chance.randrange(cells.count())).focus()
        key = chance.choice(keys)
        page.keyboard.press(key)
        if key in ("Control+z", "Control+y"):  # rows come and go when the answer does
            settled(page)
    settled(page)
    shown = page.evaluate(
        """[...document.querySelectorAll('#plan [data-key]')].map(row => [
            row.dataset.depth ?? '', row.querySelector('[data-field=number]')?.value ?? '', row.dataset.key
        ])"""
    )
    stored = []
    for section in writing_rows(plan).sections:
        stored.append([str(section.depth), section.row.number, str(section.row.item_id)])
        for goal in section.goals:
            rows = [goal.row, *(m.row for m in goal.measures)]
            stored += [["", "", str(row.item_id)] for row in rows]
    assert shown == stored
