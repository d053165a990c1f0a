"""The hints beside the text in the writing page: they come by themselves and are answered by keyboard."""

from typing import Any

import pytest

from plans.models import Abbreviation, Measure, WavedOff
from tests.people import Cast

from .test_write import cell, eventually, open_page, saved

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.value"
SHORT = "Forkortelsen er ikke forklart"


def total(page: Any, words: str) -> None:
    page.locator("#merknad-tall", has_text=words).wait_for()


def type_in_first_measure(page: Any, words: str) -> Any:
    first = page.locator("tr.w-measure textarea[data-field=html]").first
    first.focus()
    first.press("End")
    page.keyboard.type(words)
    return first


def test_an_abbreviation_is_explained_by_keyboard(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    Abbreviation.objects.create(plan=cast.draft, short="SSU", long="Strategisk samarbeidsutvalg")
    open_page(page, live_server, cast.kari, cast.draft)
    total(page, "Ingen merknader")
    first = type_in_first_measure(page, " i FSU BU")
    saved(page)
    before = first.bounding_box()
    mark = page.get_by_role("button", name="1 merknad: Tiltak", exact=True)
    mark.wait_for()
    # It came beside the text: nothing moved, nothing is covered, and one goes on typing.
    assert first.bounding_box() == before
    row = page.locator("tr.w-measure").first.bounding_box()
    assert mark.bounding_box()["x"] >= row["x"] + row["width"]
    assert page.evaluate(FOCUSED) == "Tiltak nummer 1 i FSU BU"
    total(page, "1 merknad")
    page.keyboard.press("F8")
    box = page.get_by_role("group", name="Merknader")
    assert box.locator("p").all_inner_texts() == [f"{SHORT} «FSU BU»"]
    axe(page)
    page.keyboard.press("Enter")
    total(page, "Ingen merknader")
    assert list(Abbreviation.objects.values_list("short", "long")) == [
        ("SSU", "Strategisk samarbeidsutvalg"),
        ("FSU BU", "Faglig samarbeidsutvalg barn og unge"),
    ]
    assert (box.count(), mark.count()) == (0, 0)
    assert page.evaluate(FOCUSED) == "Tiltak nummer 1 i FSU BU"


def test_let_be_with_a_reason_and_brought_back(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    Abbreviation.objects.create(plan=cast.draft, short="SSU", long="Strategisk samarbeidsutvalg")
    open_page(page, live_server, cast.kari, cast.draft)
    type_in_first_measure(page, " i helsefelleskapet")
    keyboard = page.keyboard
    total(page, "1 merknad")
    keyboard.press("F8")
    keyboard.press("Enter")  # «Se bort fra»
    keyboard.type("Sitat")
    axe(page)
    keyboard.press("Control+z")  # the field's own, not the plan's
    keyboard.type("Står i et sitat")
    keyboard.press("Enter")
    total(page, "Ingen merknader")
    assert WavedOff.objects.get().reason == "Står i et sitat"
    assert page.evaluate(FOCUSED) == "Tiltak nummer 1 i helsefelleskapet"
    assert Measure.objects.filter(html="Tiltak nummer 1 i helsefelleskapet").exists()
    page.get_by_role("button", name="Ingen merknader").press("Enter")
    listed = page.get_by_role("region", name="Merknader til teksten")
    listed.get_by_text("Står i et sitat (Kari Sekretær").wait_for()
    axe(page)
    listed.get_by_role("button", name="Hent tilbake").press("Enter")
    total(page, "1 merknad")
    eventually(lambda: not WavedOff.objects.exists())
    # From the list to the word itself.
    listed.get_by_role("link", name="Gå til raden").press("Enter")
    assert not listed.is_visible()
    assert page.evaluate("getSelection().toString()") == "helsefelleskapet"
    keyboard.type("helsefellesskapet")
    page.locator(".w-hints [data-gone]").wait_for()  # told, and left where it stands until it is closed
    keyboard.press("F8")
    total(page, "Ingen merknader")


def test_hints_of_what_others_save_come_too(new_page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    kari, jon = new_page(), new_page(width=390, color_scheme="dark")
    open_page(kari, live_server, cast.kari, cast.draft)
    total(kari, "1 merknad")  # SSU is explained nowhere
    kari.get_by_role("textbox", name="Overskrift").focus()
    open_page(jon, live_server, cast.jon, cast.draft)
    cell(jon, "Mål").fill("Trygt i helsefelleskapet")
    saved(jon)
    kari.get_by_role("button", name="1 merknad: Mål").wait_for()
    total(kari, "2 merknader")
    assert kari.evaluate(FOCUSED) == "Samhandling"
    # Explained by hand where no committee is called so.
    cell(jon, "Mål").fill("Trygge overganger for PHR og helsefelleskapet")
    saved(jon)
    jon.get_by_role("button", name="2 merknader: Mål").click()
    jon.get_by_text("Forklar «PHR»").click()
    jon.get_by_label("Hva står «PHR» for?").fill("psykisk helse og rus")
    axe(jon)
    jon.keyboard.press("Enter")
    total(jon, "2 merknader")
    assert Abbreviation.objects.get().long == "psykisk helse og rus"
