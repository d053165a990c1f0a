"""A file that was read wrongly is mended in the preview, in a real browser: by keyboard, and no script."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from plans import actions
from plans.mending import Mend
from plans.models import Goal, Import, Measure
from tests.people import Cast

from .test_import_and_correct import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# «Møtes hver» is no goal: it and the line under it are one measure of the goal above.
TEXT = """# Handlingsplan 2028

## Samhandling

- **Trygge overganger**
  - Ringe hverandre
- **Møtes hver**
  - måned
  - Sende brev
  - Se vedlegg
"""


@pytest.fixture
def import_(cast: Cast) -> Import:
    return actions.upload_plan(cast.troms, by=cast.kari, name="plan.md", data=TEXT.encode())


def address(import_: Import) -> str:
    return f"/arbeid/{import_.community.slug}/import/{import_.pk}/"


def rows(page: Any) -> list[str]:
    """The goals and measures of the reading, in order."""
    found = page.locator("#lest-plan .goal-heading, #lest-plan .col-measure:not(th) .measure")
    return [text.strip() for text in found.all_inner_texts()]


def press(page: Any, tool: str, choice: str) -> None:
    """Opens the menu for a piece and presses a button in it, by keyboard."""
    page.get_by_role("button", name=tool, exact=True).focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == choice:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def said(page: Any, words: str) -> None:
    expect(page.locator("#rettemelding")).to_have_text(words)


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.innerText.trim().replace(/\\s+/g, ' ')")


def test_a_reading_is_mended_by_keyboard(new_page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    page = new_page()
    sign_in(page, live_server, cast.kari)
    page.goto("/arbeid/troms-og-ofoten/import/")
    page.get_by_label("Fil").set_input_files(
        {"name": "plan.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    )
    page.get_by_role("button", name="Les filen").click()
    page.get_by_text("Handlingsplan, 2 mål, 4 tiltak").wait_for()
    page.wait_for_load_state()  # and the script

    page.get_by_role("button", name="Rett Møtes hver").focus()
    page.keyboard.press("Enter")
    menu = page.locator("#rett")
    assert focused(page) == "Overskrift"
    expect(page.get_by_role("form", name="Lest som mål: Møtes hver")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert focused(page) == "Rett Møtes hver"

    press(page, "Rett Møtes hver", "Tiltak")
    said(page, "«Møtes hver» er nå tiltak.")
    assert rows(page) == [
        "Trygge overganger",
        "Ringe hverandre",
        "Møtes hver",
        "måned",
        "Sende brev",
        "Se vedlegg",
    ]
    assert focused(page) == "Rett Møtes hver"
    expect(page.get_by_text("Handlingsplan, 1 mål, 5 tiltak")).to_be_visible()

    press(page, "Rett Møtes hver", "Slå sammen med neste")
    said(page, "«Møtes hver» er slått sammen med det neste.")
    press(page, "Rett Se vedlegg", "Ikke med i planen")
    said(page, "«Se vedlegg» er tatt ut.")
    assert rows(page) == ["Trygge overganger", "Ringe hverandre", "Møtes hver måned", "Sende brev"]
    assert focused(page) == "Rett Sende brev"
    axe(page)

    press(page, "Rett Sende brev", "Tekst")
    said(page, "«Sende brev» er nå tekst.")
    page.get_by_role("button", name="Angre siste rettelse").focus()
    page.keyboard.press("Enter")
    said(page, "Siste rettelse er angret.")
    assert focused(page) == "Rett Sende brev"
    expect(page.locator("#rettelser")).to_contain_text("Se vedlegg")

    page.get_by_role("button", name="Lag utkast av dette").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/planer/handlingsplan-2028/")
    draft = {"goal__section__plan__slug": "handlingsplan-2028"}
    assert list(Measure.objects.filter(**draft).order_by("position").values_list("html", flat=True)) == [
        "Ringe hverandre",
        "Møtes hver måned",
        "Sende brev",
    ]
    assert Goal.objects.filter(section__plan__slug="handlingsplan-2028").count() == 1


def test_several_alike_are_turned_at_once_and_what_was_taken_out_comes_back(
    new_page: Any, live_server: Any, cast: Cast, import_: Import, axe: Any
) -> None:
    page = new_page(width=390, height=844, color_scheme="dark")
    sign_in(page, live_server, cast.kari)
    page.goto(address(import_))
    page.get_by_role("button", name="Rett måned").click()
    page.get_by_label("Også de 2 neste av samme slag").check()
    axe(page)
    page.get_by_role("button", name="Ikke med i planen").click()
    said(page, "«måned» er tatt ut, og de neste av samme slag.")
    assert rows(page) == ["Trygge overganger", "Ringe hverandre", "Møtes hver"]
    page.get_by_role("button", name="Ta med igjen Sende brev").click()
    said(page, "«Sende brev» er tatt med igjen.")
    assert rows(page)[-1] == "Sende brev"


def test_somebody_else_mended_first(page: Any, live_server: Any, cast: Cast, import_: Import) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(address(import_))
    first = Mend("out", "m4")
    actions.mend_import(import_, by=cast.kari, mend=first, version=1, operation=uuid4())
    press(page, "Rett Møtes hver", "Tiltak")
    page.get_by_text("Lesningen er endret et annet sted siden du åpnet siden.").first.wait_for()
    assert rows(page) == ["Trygge overganger", "Ringe hverandre", "Møtes hver", "måned", "Sende brev"]
    page.locator("#rett").get_by_role("button", name="Tiltak").click()  # the menu is still open for it
    said(page, "«Møtes hver» er nå tiltak.")


def test_the_session_ended_while_mending(page: Any, live_server: Any, cast: Cast, import_: Import) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(address(import_))
    page.context.clear_cookies(name="sessionid")
    press(page, "Rett Møtes hver", "Tiltak")
    page.get_by_role("heading", name="Du er logget ut").wait_for()
    sign_in(page, live_server, cast.kari)
    page.get_by_role("button", name="Lagre igjen").click()
    page.get_by_text("«Møtes hver» er nå tiltak.", exact=True).wait_for()


def test_without_scripts(new_page: Any, live_server: Any, cast: Cast, import_: Import) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, cast.kari)
    page.goto(address(import_))
    page.get_by_role("button", name="Rett Møtes hver").click()
    page.wait_for_url("**/?rett=g2#rad-g2")
    page.locator("#rett").get_by_role("button", name="Tiltak").click()
    page.get_by_text("«Møtes hver» er nå tiltak.", exact=True).wait_for()
    page.get_by_role("button", name="Angre siste rettelse").click()
    page.get_by_text("Siste rettelse er angret.").wait_for()
    page.wait_for_load_state()
    assert rows(page)[2] == "Møtes hver"
