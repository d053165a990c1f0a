"""The secretariat's way in a real browser: upload a file, compare, accept, correct a measure."""

import re
from typing import Any

import pytest
from django.test import Client

from plans import actions
from plans.models import Measure, Section
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TEXT = """# Handlingsplan 2028

## 1 Samhandling

| Hva vil vi? | Hvordan få det til? | Ansvarlig |
| --- | --- | --- |
| Trygge overganger | a) **Ringe** hverandre før utskrivning | UNN og SSU |
| Trygge overganger | b) Møtes hver måned | FSU |
"""


def sign_in(page: Any, live_server: Any, who: Any) -> None:
    client = Client()
    client.force_login(who)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def editor(page: Any, name: str) -> Any:
    """The rich text editor of that name, once it has taken the place of the text box of the same name."""
    return page.locator(".ProseMirror").and_(page.get_by_role("textbox", name=name))


def test_from_a_file_to_a_corrected_draft(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto("/arbeid/")
    page.get_by_role("link", name="Last opp en plan").click()
    axe(page)
    page.get_by_label("Fil").set_input_files(
        {"name": "plan.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    )
    page.get_by_role("button", name="Les filen").click()

    page.wait_for_url(re.compile(r"/import/\d+/$"))
    axe(page)
    assert page.get_by_text("Handlingsplan, 1 mål, 2 tiltak").is_visible()
    page.get_by_role("link", name=re.compile("^I planen")).first.click()
    assert page.locator(":target").inner_text().startswith("b")
    page.get_by_role("button", name="Punktlister under mål").click()
    page.get_by_role("button", name="Punktlister under mål (valgt)").wait_for()
    page.get_by_role("button", name="Tabeller med mål og tiltak").click()
    page.get_by_role("button", name="Tabeller med mål og tiltak (valgt)").wait_for()
    page.get_by_role("button", name="Lag utkast av dette").click()

    page.wait_for_url("**/planer/handlingsplan-2028/")
    axe(page)
    page.get_by_role("button", name="Flytt ned: Ringe hverandre").click()
    page.wait_for_url("**#rad-*")
    # The letters run by themselves; the words move.
    labels = page.locator(".measures tbody .number").all_inner_texts()
    assert labels == ["a", "b"]
    measures = Measure.objects.filter(goal__section__plan__title="Handlingsplan 2028").order_by("position")
    assert [measure.text for measure in measures] == ["Møtes hver måned", "Ringe hverandre før utskrivning"]

    page.get_by_role("link", name="Rediger Ringe hverandre").click()
    words = editor(page, "Tiltak (valgfritt)")
    words.wait_for()
    axe(page)
    words.press("Control+End")
    page.keyboard.type(" og dagen etter")
    page.get_by_label("Fristdato").fill("2028-06-01")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.wait_for_url("**#rad-*")
    assert page.get_by_text("Lagret.").is_visible()
    measure = measures.all()[1]  # as it is now
    assert measure.html == "<strong>Ringe</strong> hverandre før utskrivning og dagen etter"
    assert str(measure.deadline_date) == "2028-06-01"


def test_the_rich_text_editor_keeps_what_it_does_not_touch(page: Any, live_server: Any, cast: Cast) -> None:
    body = (
        '<p>Les <a href="https://example.org/avtale">avtalen</a>.</p>'
        "<ul><li>Først</li><li>Så<ul><li>Under</li></ul></li></ul><h4>Tall</h4>"
        "<table><tbody><tr><th>År</th><th>Antall</th></tr>"
        '<tr><td colspan="2">Ukjent</td></tr></tbody></table>'
        "<blockquote><p>Sitat</p></blockquote>"
    )
    section = Section.objects.get(plan=cast.draft)
    actions.edit_row(section, by=cast.kari, version=1, values={"body": body})
    sign_in(page, live_server, cast.kari)
    page.goto(f"{cast.draft.get_work_url()}rad/{section.item.code}/")
    words = editor(page, "Tekst før tabellen")
    words.press("Control+Home")
    page.keyboard.type("Nytt. ")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.wait_for_url("**#rad-*")
    section.refresh_from_db()
    assert section.body == body.replace("Les ", "Nytt. Les ", 1)


def test_two_people_in_one_measure(new_page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    assert measure
    page = new_page(width=390, color_scheme="dark")
    sign_in(page, live_server, cast.kari)
    page.goto(f"{cast.draft.get_work_url()}rad/{measure.item.code}/")
    page.get_by_label("Indikator").fill("Karis indikator")
    actions.edit_row(measure, by=cast.jon, version=1, values={"indicator": "Jons indikator"})
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_role("heading", name="To har skrevet samtidig").wait_for()
    axe(page)
    assert page.get_by_text("Jons indikator").is_visible()
    page.get_by_label("Behold det jeg skrev").check()
    page.get_by_role("button", name="Lagre valgene").click()
    page.wait_for_url("**#rad-*")
    measure.refresh_from_db()
    assert measure.indicator == "Karis indikator"


def test_a_session_that_ended_while_writing(page: Any, live_server: Any, cast: Cast, axe: Any) -> None:
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    assert measure
    sign_in(page, live_server, cast.kari)
    page.goto(f"{cast.draft.get_work_url()}rad/{measure.item.code}/")
    page.get_by_label("Indikator").fill("Karis indikator")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_role("heading", name="Du er logget ut").wait_for()
    axe(page)
    sign_in(page, live_server, cast.kari)
    page.get_by_role("button", name="Lagre igjen").click()
    page.wait_for_url("**#rad-*")
    measure.refresh_from_db()
    assert measure.indicator == "Karis indikator"


def test_the_page_says_that_the_file_is_being_read(page: Any, live_server: Any, cast: Cast) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto("/arbeid/troms-og-ofoten/import/")
    # The page as it is while the answer is awaited.
    page.evaluate("document.forms[1].addEventListener('submit', event => event.preventDefault())")
    file = {"name": "plan.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    page.get_by_label("Fil").set_input_files(file)
    page.get_by_role("button", name="Les filen").click()
    page.get_by_text("Leser filen …").wait_for()
    assert page.get_by_role("button", name="Les filen").is_disabled()


def test_without_scripts_the_words_are_edited_in_a_plain_field(
    new_page: Any, live_server: Any, cast: Cast
) -> None:
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    assert measure
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, cast.kari)
    page.goto(cast.draft.get_work_url())
    page.get_by_role("link", name=f"Rediger {measure.text}").click()
    page.get_by_label("Tiltak (valgfritt)").fill("Første linje & <b>mer</b>\nAndre linje")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Lagret.").wait_for()
    measure.refresh_from_db()
    assert measure.html == "Første linje &amp; <strong>mer</strong><br>Andre linje"
