"""A file is checked in a real browser: counted there, and never sent."""

from pathlib import Path
from typing import Any

import pytest

from plans.tasks import make_files
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_chosen_file_stays_here_and_is_told_what_it_is(
    new_page: Any, cast: Cast, axe: Any, tmp_path: Path
) -> None:
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    make_files.call(plan.revisions.get().pk)
    mine = tmp_path / "plan.txt"
    mine.write_bytes(plan.revisions.get().files.get(format="txt").file.read())
    page = new_page(width=390)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Kontroller en fil").click()
    page.get_by_label("Filen:").set_input_files(mine)
    page.wait_for_url("**sha256=**")
    assert page.get_by_role(
        "heading", name="Ja. Dette er den vedtatte planen, og den gjelder nå"
    ).is_visible()
    axe(page)
    mine.write_bytes(mine.read_bytes() + b" ")
    page.get_by_label("Filen:").set_input_files(mine)
    page.get_by_role("heading", name="Nei. Filen er endret").wait_for()
    assert set(sent) == {"GET"}
