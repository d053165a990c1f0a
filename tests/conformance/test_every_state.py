"""Every public page, in every width, state and language: two engines, the keyboard, the accessibility tree.

Takes some minutes: run by script/conformance.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

pytestmark = [pytest.mark.conformance, pytest.mark.sweep, pytest.mark.django_db(transaction=True)]

STATES = {
    "1280": {"width": 1280},
    "390 dark": {"width": 390, "color_scheme": "dark"},
    "320": {"width": 320},
    # What 1280 × 1024 becomes at 400 %.
    "zoomed to 400 %": {"width": 320, "height": 256, "device_scale_factor": 4},
    "forced colours": {"width": 1280, "forced_colors": "active"},
    "reduced motion": {"width": 1280, "reduced_motion": "reduce"},
}
LANGUAGES = ("", "/nn", "/en", "/se")
# What has a role of its own must have a name, too.
NAMED = {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "img", "image"}
NAMED |= {"navigation", "region", "table", "form", "listbox", "dialog", "progressbar"}
# Whether what has the focus shows it, and its place, for the order.
FOCUSED = """() => {
  const on = document.activeElement;
  // A field of one box is outlined as a whole, and the skip link shows where one is by appearing.
  const style = getComputedStyle(on.matches("[type=checkbox]") ? on.closest(".ds-field") ?? on : on);
  if (on === document.body) return null;
  const box = on.getBoundingClientRect();
  // The skip link shows where one is by appearing.
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shown = outlined || on.matches(".ds-skip-link");
  return { what: on.outerHTML.slice(0, 90), shown, inSight: box.bottom > 0 && box.top < innerHeight,
           place: [...document.querySelectorAll("*")].indexOf(on) };
}"""


def _nothing(found: dict[str, list[str]]) -> None:
    """Fails with all that was found, an address a line."""
    assert not found, "\n".join(f"{address}: {'; '.join(words)}" for address, words in found.items())


@pytest.mark.parametrize("state", STATES)
def test_two_engines_find_nothing(state: str, pages: list[str], new_page: Any, axe: Any, ace: Any) -> None:
    page = new_page(**STATES[state])
    found = {}
    for address in pages:
        page.goto(address)
        axe(page)
        if words := ace(page):
            found[address] = words
    _nothing(found)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_other_languages(language: str, pages: list[str], new_page: Any, axe: Any, ace: Any) -> None:
    page = new_page(width=390)
    found = {}
    for address in pages:
        if address.startswith("/d/"):
            continue  # an address without a language
        page.goto(f"{language}{address}")
        axe(page)
        if words := ace(page):
            found[address] = words
    _nothing(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_accessibility_tree(width: int, pages: list[str], new_page: Any) -> None:
    """One main and one first heading, headings without a gap, names for roles, headers for tables."""
    page = new_page(width=width)
    tools = page.context.new_cdp_session(page)
    found = {}
    for address in pages:
        page.goto(address)
        tree = tools.send("Accessibility.getFullAXTree")["nodes"]
        nodes = [n for n in tree if not n.get("ignored")]
        if faults := list(_faults(nodes)):
            found[address] = faults
    _nothing(found)


def _faults(nodes: list[dict[str, Any]]) -> Iterator[str]:
    roles = [n["role"]["value"] for n in nodes]
    for landmark in ("main", "banner", "contentinfo"):
        if roles.count(landmark) != 1:
            yield f"{roles.count(landmark)} {landmark}"
    levels = [
        prop["value"]["value"]
        for n in nodes
        if n["role"]["value"] == "heading"
        for prop in n.get("properties", [])
        if prop["name"] == "level"
    ]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of level 1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"level {after} follows level {before}"
    if roles.count("table") > roles.count("columnheader") + roles.count("rowheader"):
        yield "a table without headers"
    for n in nodes:
        if n["role"]["value"] in NAMED and not n.get("name", {}).get("value", "").strip():
            yield f"{n['role']['value']} without a name"


@pytest.mark.parametrize("width", [1280, 390])
def test_by_keyboard(width: int, pages: list[str], new_page: Any) -> None:
    """Tab walks the page from the top down, shows where it is, and gets out again."""
    page = new_page(width=width)
    found = {}
    for address in pages:
        page.goto(address)
        count = page.evaluate("document.querySelectorAll('a[href], button, input, select, summary').length")
        faults: list[str] = []
        places: list[int] = []
        for _key in range(min(count, 60)):
            page.keyboard.press("Tab")
            on = page.evaluate(FOCUSED)
            if on is None or on["place"] in places:
                break  # out of the page, or round it
            if not on["shown"] or not on["inSight"]:
                faults.append(f"no focus seen: {on['what']}")
            if places and on["place"] < places[-1]:
                faults.append(f"out of order: {on['what']}")
            places.append(on["place"])
        if faults:
            found[address] = faults
    _nothing(found)


def test_without_javascript_the_words_are_the_same(pages: list[str], new_page: Any) -> None:
    """Nothing public waits for a script: what stands in the page stands there without one.

    But for the page that checks a file: without a script the file is sent, with one it stays, and it says so.
    """
    with_script, without = new_page(), new_page(java_script_enabled=False)
    for address in (a for a in pages if not a.startswith(("/kontroll/", "/d/"))):
        with_script.goto(address)
        without.goto(address)
        assert without.locator("main").inner_text() == with_script.locator("main").inner_text(), address
