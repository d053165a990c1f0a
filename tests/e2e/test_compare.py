"""What changed, in a real browser: chosen without script, heard, on a phone, on paper, in the dark."""

from typing import Any

import pytest

from plans import actions
from plans.models import Goal, Item, Measure
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def changed(cast: Cast) -> str:
    """The address of a draft that was frozen and then edited: one measure changed, one new, one gone."""
    actions.freeze_named(cast.draft, by=cast.kari, name="til SSU", note="Før møtet.")
    first, second, _third = Measure.objects.filter(goal__section__plan=cast.draft).order_by("position")
    actions.edit_row(
        first,
        by=cast.kari,
        version=first.version,
        values={"html": "Tiltak nummer <strong>én</strong>", "deadline_text": "innen 1. juni"},
    )
    actions.delete_row(second, by=cast.kari)
    goal = Goal.objects.get(section__plan=cast.draft)
    actions.add_row(goal, Item.Kind.MEASURE, by=cast.kari, values={"html": "Noe helt nytt for alle"})
    return cast.draft.get_work_url()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_freeze_edit_and_compare(
    new_page: Any, live_server: Any, cast: Cast, changed: str, axe: Any, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in(page, live_server, cast.kari)
    page.goto(changed)
    axe(page)
    assert page.get_by_text("1 tiltak nytt, 1 endret, 1 tatt ut.").is_visible()
    page.get_by_role("link", name="Lås en versjon").click()
    axe(page)
    page.get_by_label("Navn på versjonen").fill("til SSU")
    page.get_by_role("button", name="Lås versjonen").click()
    page.get_by_role("heading", name="Rett opp dette").wait_for()  # refused: the name is taken
    axe(page)
    page.get_by_label("Navn på versjonen").fill("til PM")
    page.get_by_role("button", name="Lås versjonen").click()
    page.wait_for_url("**#versjoner")
    assert page.get_by_text("Ingenting er endret.").is_visible()

    page.get_by_role("link", name="Sammenlign versjon 1 med utkastet").click()
    axe(page)
    card = page.locator(".change").first
    spoken = [" ".join(words.split()) for words in card.locator("ins, del").all_text_contents()]
    assert spoken == ["tatt ut: 1 slutt", "lagt til: én slutt", "lagt til: innen 1. juni slutt"]
    page.emulate_media(media="print")
    assert not page.locator(".compare-form").is_visible()
    assert page.locator("ins").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert page.locator("del").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "line-through"


def test_choosing_works_without_script(new_page: Any, live_server: Any, cast: Cast, changed: str) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, cast.kari)
    page.goto(f"{changed}sammenlign/")
    page.get_by_label("Fra", exact=True).select_option("utkast")
    page.get_by_label("Til", exact=True).select_option("v1")
    page.get_by_role("button", name="Sammenlign", exact=True).click()
    page.wait_for_url("**fra=utkast&til=v1*")
    assert page.get_by_text("1 tiltak nytt, 1 endret, 1 tatt ut.").is_visible()
    assert page.locator("del").first.inner_text().strip() != ""
