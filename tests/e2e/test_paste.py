"""Pasting on the writing page in a real browser: a table becomes rows, words keep what they were."""

from typing import Any

import pytest

from plans.models import Measure, Plan
from plans.snapshot import to_draft
from tests.people import Cast
from tests.plans.documents import small_plan
from tests.plans.importers.clipboards import sample, word_item, word_table

from .test_write import eventually, open_page, settled

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASTE = """(clip) => {
  const clipboardData = new DataTransfer();
  for (const [type, words] of Object.entries(clip)) clipboardData.setData(type, words);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
  );
}"""
SHOWN = """rows => rows.map((row) => {
  const [label, words] = ["label", "html"].map((field) => row.querySelector(`[data-field=${field}]`));
  return `${label.value || label.placeholder} ${words.value ?? words.querySelector(".w-read").textContent}`;
})"""
BEFORE = ["a Lage felles rutine for utskriving", "b Møtes hvert halvår", "c Dele erfaringer"]
AFTER = [
    *BEFORE[:2],
    "c Lage felles rutine for utskriving",
    "d Møtes hver måned, se avtalen",
    "e Dele erfaringer",
    "f Dele erfaringer",
]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return to_draft(small_plan(), community=cast.troms, by=cast.kari)


def paste(page: Any, html: str, text: str = "") -> None:
    page.evaluate(PASTE, {"text/html": html, "text/plain": text})


def dialog(page: Any) -> Any:
    return page.get_by_role("dialog", name="Sette inn tabellen som rader?")


def goal(page: Any) -> Any:
    return page.get_by_role("textbox", name="Mål", exact=True).first


def shown(page: Any) -> list[str]:
    """The measures as they stand on the page: label and words."""
    return page.locator("tr.w-measure").evaluate_all(SHOWN)


def notes(page: Any) -> list[str]:
    """What stands beside the cells of each measure."""
    rows = page.locator("tr.w-measure")
    return rows.evaluate_all(
        "rows => rows.map((r) => [...r.querySelectorAll('.note')].map((n) => n.innerText).join())"
    )


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.value || document.activeElement.textContent")


def test_a_table_from_word_becomes_rows(
    new_page: Any, live_server: Any, cast: Cast, plan: Plan, axe: Any
) -> None:
    page = new_page()
    open_page(page, live_server, cast.kari, plan)
    goal(page).focus()
    paste(page, sample("word"), "Hva vil vi?\tHvordan få det til?")
    dialog(page).get_by_text("2 nye mål og 3 nye tiltak").wait_for()
    axe(page)
    assert focused(page) == "Sett inn radene"
    page.keyboard.press("Escape")
    assert (focused(page), shown(page)) == ("Trygge overganger", BEFORE)

    paste(page, sample("word"))
    dialog(page).get_by_text("2 nye mål og 3 nye tiltak").wait_for()
    page.keyboard.press("Enter")
    page.locator("#si", has_text="5 rader satt inn").wait_for(state="attached")
    assert shown(page) == AFTER
    page.keyboard.press("Control+z")
    eventually(lambda: Measure.objects.filter(goal__section__plan=plan).count() == 3)
    settled(page)
    assert shown(page) == BEFORE

    goal(page).focus()
    paste(page, sample("word"))
    dialog(page).get_by_text("2 nye mål og 3 nye tiltak").wait_for()
    dialog(page).get_by_role("button", name="Sett inn radene").click()
    page.locator("#si", has_text="5 rader satt inn").wait_for(state="attached")
    axe(page)
    noted = notes(page)
    page.reload()
    assert (shown(page), notes(page)) == (AFTER, noted)
    goals = page.locator("tr.w-goal [data-field=html]").evaluate_all("cells => cells.map((c) => c.value)")
    assert goals == ["Trygge overganger", "Trygge overganger", "Læring på tvers", "Læring på tvers"]


def test_what_the_columns_are_can_be_said_and_new_ones_are_shown(
    new_page: Any, live_server: Any, cast: Cast, plan: Plan
) -> None:
    page = new_page(width=768)
    open_page(page, live_server, cast.kari, plan)
    page.get_by_role("textbox", name="Tiltak b").focus()
    paste(page, word_table(["Ringe", "Trygghet"], ["Skrive", ""]))
    dialog(page).get_by_text("2 nye mål og 1 nytt tiltak").wait_for()
    dialog(page).get_by_text("Kolonner: Mål, Tiltak").click()
    dialog(page).get_by_label("1: Ringe").select_option("Tiltak")  # and so the other is the goal
    dialog(page).get_by_text("1 nytt mål og 2 nye tiltak").wait_for()
    dialog(page).get_by_label("2: Trygghet").select_option("Egen kolonne")
    dialog(page).get_by_text("2 nye tiltak", exact=True).wait_for()
    assert focused(page) == "extra"
    dialog(page).get_by_role("button", name="Sett inn radene").click()
    page.locator("#si", has_text="2 rader satt inn").wait_for(state="attached")
    assert page.get_by_role("textbox", name="kolonne 2 c").input_value() == "Trygghet"
    assert page.get_by_role("textbox", name="kolonne 2 a").input_value() == ""
    page.keyboard.press("Control+z")
    settled(page)
    assert page.get_by_role("textbox", name="kolonne 2 a").count() == 0


def test_words_keep_what_a_cell_can_show(new_page: Any, live_server: Any, cast: Cast, plan: Plan) -> None:
    page = new_page()
    open_page(page, live_server, cast.kari, plan)
    cell = page.get_by_role("textbox", name="Tiltak b")
    cell.focus()
    page.keyboard.press("End")
    paste(page, "<p class=MsoNormal> og <i>ringes</i><o:p></o:p></p>", " og ringes\r\n")
    paste(page, f"<p>:</p>{word_item('·', 'hver uke')}{word_item('·', 'hver måned')}", ":\r\n·\thver uke")
    assert cell.input_value() == "Møtes hvert halvår og ringes:\n• hver uke\n• hver måned"
    page.keyboard.press("End")
    paste(
        page,
        "<p>: <b style='mso-x:y'>fort</b>, <span style='text-decoration:line-through'>sent</span> "
        "<a href='https://example.org/' style='color:red'>les</a></p>",
    )
    page.locator(".w-measure .ProseMirror:focus").wait_for()
    page.keyboard.type("!")
    settled(page)
    words = "Møtes hvert halvår og ringes:<br>• hver uke<br>• hver måned: <strong>fort</strong>, <s>sent</s> "
    assert Measure.objects.get(label="b").html == f'{words}<a href="https://example.org/">les!</a>'
    page.get_by_role("button", name="Ferdig").click()
    page.keyboard.press("Control+z")
    settled(page)
    assert Measure.objects.get(label="b").html == "Møtes hvert halvår"


def test_structure_from_word_stays_in_a_section(
    new_page: Any, live_server: Any, cast: Cast, plan: Plan
) -> None:
    page = new_page()
    open_page(page, live_server, cast.kari, plan)
    body = page.locator("[data-field=body]").first
    body.get_by_role("button").click()
    page.locator(".ProseMirror:focus").wait_for()
    page.keyboard.press("Control+a")
    items = "".join(
        word_item(mark, words, level=level)
        for mark, words, level in (("a)", "Først", 1), ("o", "Under", 2), ("b)", "Så", 1))
    )
    paste(
        page,
        "<h1>Overskrift</h1><p class=MsoNormal style='color:red'><span style='font-weight:bold'>Fet</span>"
        f" tekst<span class=MsoCommentReference>[KN1]</span><o:p></o:p></p>{items}<p>Etter</p>",
    )
    page.get_by_role("button", name="Ferdig").click()
    settled(page)
    assert plan.sections.get(number="1").body == (
        "<h4>Overskrift</h4><p><strong>Fet</strong> tekst</p>"
        '<ol type="a"><li>Først<ul><li>Under</li></ul></li><li>Så</li></ol><p>Etter</p>'
    )
    body.get_by_role("button").click()  # and can be written on
    page.locator(".ProseMirror[contenteditable] ol[type=a]").wait_for()
