"""How many keys a table takes beyond its words, against the same table in Word (Tab from cell to cell)."""

from typing import Any

import pytest

from plans import actions
from plans.models import Measure
from tests.people import Cast

from .test_write import open_page, saved

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

ROWS = 25
# Every key that goes down counts, Control too, except those that write a letter.
COUNT = """() => {
  window.keys = 0;
  addEventListener("keydown", (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.altKey || event.metaKey) window.keys += 1;
  }, true);
}"""


def keys_in_word(goals: int) -> int:
    """The heading and Enter, then Tab from cell to cell. Making the table is not counted.

    One goal stands on a line of its own above the table; several stand in a column, where Tab passes the
    cells in which a goal goes on.
    """
    columns, lines = (3, 2) if goals == 1 else (4, 1)
    return lines + ROWS * columns - 1


@pytest.mark.parametrize(("goals", "ours", "word"), [(1, 76, 76), (5, 84, 100)])
def test_a_table_of_25_rows_takes_no_more_keys_than_in_word(
    page: Any, live_server: Any, cast: Cast, goals: int, ours: int, word: int
) -> None:
    plan = actions.start_plan(cast.troms, by=cast.kari, title="Ny plan", kind="action_plan")
    open_page(page, live_server, cast.kari, plan)
    keyboard = page.keyboard
    keyboard.press("Enter")  # makes the chapter with its table
    page.evaluate(COUNT)
    wanted = []
    keyboard.type("Overganger")
    keyboard.press("Enter")
    for row in range(ROWS):
        if row % (ROWS // goals) == 0:
            if row:
                keyboard.press("Control+Enter")
            keyboard.type(f"Mål {row}")
        keyboard.press("Enter")
        for words in (f"Tiltak {row}", "SSU", "Q2"):
            keyboard.type(words)
            if words != "Q2":
                keyboard.press("Tab")
        wanted.append((f"Mål {row - row % (ROWS // goals)}", f"Tiltak {row}", "SSU", "Q2"))

    assert (page.evaluate("window.keys"), keys_in_word(goals)) == (ours, word)
    saved(page)
    rows = Measure.objects.filter(goal__section__plan=plan).order_by("goal__position", "position")
    assert list(rows.values_list("goal__html", "html", "responsible_text", "deadline_text")) == wanted
