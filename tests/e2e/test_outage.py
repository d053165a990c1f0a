"""The writing page while the server is killed and started again: a real server, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from plans.models import Edit, Goal, Measure
from tests.conftest import ROOT
from tests.people import Cast

from .test_write import cell, eventually, measures, open_page, saved

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


class Server:
    """Gunicorn on the tests' database, always on the same port."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.at = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{self.at}"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--threads", "4", "--log-level", "error", "-b", self.at]
        env = {"DEBUG": "1", "SECRET_KEY": settings.SECRET_KEY, "DATABASE_URL": _database()}
        # In a group of its own, so that killing it kills the worker in the same moment.
        self.running = subprocess.Popen(
            [*command, "helsefellesskap.wsgi"], cwd=ROOT, env=os.environ | env, start_new_session=True
        )
        host, port = self.at.split(":")
        for _attempt in range(600):
            try:
                return socket.create_connection((host, int(port)), 1).close()
            except OSError:
                time.sleep(0.1)
        pytest.fail("The server did not start within a minute.")

    def kill(self) -> None:
        if self.running:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None


def _database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def own_server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.kill()


def failing(page: Any) -> None:
    page.locator("#status[data-state=failing]").wait_for()
    expect(page.locator("#status")).to_have_text("Ikke lagret, prøver igjen")


def words_on(page: Any) -> list[str]:
    cells = page.locator("tr.w-measure textarea[data-field=html]")
    return [cells.nth(n).input_value() for n in range(cells.count())]


def test_all_that_was_typed_meanwhile_is_saved_once_and_in_order(
    new_page: Any, own_server: Server, cast: Cast
) -> None:
    page = new_page(base_url=own_server.url)
    open_page(page, own_server, cast.kari, cast.draft)
    keyboard = page.keyboard
    cell(page, "Mål").fill("Skrevet før")
    saved(page)
    cell(page, "Mål").press("End")
    keyboard.type(", da")
    own_server.kill()
    keyboard.type(" og etterpå")
    keyboard.press("Tab")
    keyboard.type(", med tillegg")
    keyboard.press("Tab")
    keyboard.type(" og UNN")
    keyboard.press("Enter")
    keyboard.type("Første nye")
    failing(page)
    keyboard.press("Enter")
    keyboard.type("Andre nye")
    keyboard.press("Tab")
    keyboard.type("SSU")
    keyboard.press("Alt+Shift+ArrowUp")
    failing(page)
    page.wait_for_event("requestfailed", lambda request: "/nytt/" not in request.url)  # a second try, too
    keyboard.press("Tab")
    keyboard.type("løpende")
    failing(page)
    own_server.start()
    saved(page)

    new = ["Tiltak nummer 1, med tillegg", "Andre nye", "Første nye", "Tiltak nummer 2", "Tiltak nummer 3"]
    assert Goal.objects.get(section__plan=cast.draft).html == "Skrevet før, da og etterpå"
    assert measures(cast.draft) == new
    second = Measure.objects.get(html="Andre nye")
    assert (second.responsible_text, second.deadline_text) == ("SSU", "løpende")
    assert Measure.objects.get(html=new[0]).responsible_text == "SSU og UNN"
    steps = Edit.objects.filter(plan=cast.draft, field__in=["added", "place"]).order_by("pk")
    assert list(steps.values_list("field", flat=True)) == ["added", "added", "place"]

    page.reload()
    page.locator("#plan[data-ready]").wait_for(state="attached")
    assert cell(page, "Mål").input_value() == "Skrevet før, da og etterpå"
    assert words_on(page) == new
    assert page.evaluate("localStorage.length") == 0


def test_two_tabs_during_the_outage_and_one_that_was_closed(
    new_page: Any, own_server: Server, cast: Cast
) -> None:
    first = new_page(base_url=own_server.url)
    open_page(first, own_server, cast.kari, cast.draft)
    second, third = first.context.new_page(), first.context.new_page()
    for page in (second, third):
        open_page(page, own_server, cast.kari, cast.draft)
    own_server.kill()
    for number, page in enumerate((first, second, third)):
        page.bring_to_front()
        words = page.locator("tr.w-measure textarea[data-field=html]").nth(number)
        words.press("End")
        page.keyboard.type(f" fra fane {number + 1}")
        page.keyboard.press("Enter")
        page.keyboard.type(f"Nytt fra fane {number + 1}")
        failing(page)
    third.close()
    own_server.start()
    saved(first)
    saved(second)
    # What the closed tab held comes with the next page that opens the plan.
    first.reload()
    first.locator("#plan[data-ready]").wait_for(state="attached")
    saved(first)

    wanted = [f"{words} fra fane {n}" for n in (1, 2, 3) for words in (f"Tiltak nummer {n}", "Nytt")]
    eventually(lambda: measures(cast.draft) == wanted)
    saved(first)
    first.reload()
    first.locator("#plan[data-ready]").wait_for(state="attached")
    assert words_on(first) == wanted
    assert first.evaluate("localStorage.length") == 0
