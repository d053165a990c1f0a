"""Opening the writing page until one can type, with 300 measures against 25.

    .venv/bin/python -m tests.benchmarks.open_writing [--rounds 9]
    script/postgres .venv/bin/python -m tests.benchmarks.open_writing

One gunicorn, one Chromium; rounds alternate between the plans so that all see the same machine. The time
goes from the navigation to the frame that shows the first key typed in a cell: the page is asked for, made,
sent, read and laid out, its scripts have run, and the letter stands there. Aim: at most 1.5 times, with 25
measures a chapter; a plan with a hundred in each of three chapters is measured too. The parts that the
browser tells of are printed as well: the first and the last byte, the page read. The machine should be idle:
where the server waits for a processor, the larger page waits longer. The database is DATABASE_URL's, else a
temporary SQLite.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from typing import Any

from .editors import TOKEN
from .plan_page import ROOT, server

SIZES = ((25, 1), (300, 12), (300, 3))  # measures, chapters
# Notes the frame after the first letter.
NOTE = """
addEventListener("input", () => requestAnimationFrame(() => setTimeout(() => {
  document.documentElement.dataset.typed ??= performance.now();
})), true);
"""
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const typed = Number(document.documentElement.dataset.typed);
  return [page.responseStart, page.responseEnd, page.domInteractive, typed];
}"""
PARTS = ("first byte", "last byte", "read", "first letter")


def prepare() -> tuple[str, list[str]]:
    """Migrates, makes a draft of each size; gives a session's key and the pages' addresses."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from partners.models import HealthCommunity, SecretariatPlace, User
    from plans.snapshot import to_draft
    from tests.plans.documents import plan_of_size

    call_command("migrate", verbosity=0)
    community, _made = HealthCommunity.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    user, _made = User.objects.get_or_create(email="bench@localhost", defaults={"name": "Bench"})
    SecretariatPlace.objects.get_or_create(community=community, user=user, start=date(2020, 1, 1))
    addresses = []
    for measures, sections in SIZES:
        plan = to_draft(plan_of_size(measures, sections=sections), community=community, by=user)
        addresses.append(reverse("write", args=[community.slug, plan.slug]))
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value, addresses


def first_letter(page: Any, address: str) -> list[float]:
    """Milliseconds after the navigation began, of each of PARTS."""
    page.goto(address, wait_until="commit")
    page.locator("#plan[data-ready]").wait_for(state="attached")
    page.evaluate("document.querySelector('tr.w-measure textarea[data-field=html]').focus()")
    page.keyboard.press("x")
    page.locator("html[data-typed]").wait_for(state="attached")
    times: list[float] = page.evaluate(TIMES)
    # Leaving with the letter saved, so that the next page starts with nothing waiting.
    page.locator("#status[data-state=saved]").wait_for()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {"DJANGO_SETTINGS_MODULE": "helsefellesskap.settings", "VAR_DIR": folder, "DEBUG": "0"}
        env |= {"SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
        os.environ.update(env)
        session, addresses = prepare()
        from playwright.sync_api import sync_playwright

        from tests.conftest import CHROMIUM_FLAGS  # knows the models, which prepare() has loaded

        collect = [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"]
        subprocess.run(collect, cwd=ROOT, check=True)
        times: list[list[list[float]]] = [[] for _size in SIZES]
        with server("helsefellesskap.wsgi", env, workers=2) as (port, _worker), sync_playwright() as tool:
            url = f"http://127.0.0.1:{port}"
            browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
            context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
            # Cookies over http, as behind a proxy that speaks https to the world.
            cookies = {"sessionid": session, "csrftoken": TOKEN}
            context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
            context.add_init_script(NOTE)
            page = context.new_page()
            for turn in range(options.rounds + 2):  # the first two fill the caches
                for found, address in zip(times, addresses, strict=True):
                    measured = first_letter(page, address)
                    if turn > 1:
                        found.append(measured)
            browser.close()
    print(f"{'':14}" + "".join(f"{f'{measures} in {sections}':>12}   ratio" for measures, sections in SIZES))
    for n, part in enumerate(PARTS):
        medians = [statistics.median(t[n] for t in found) for found in times]
        print(f"{part:14}" + "".join(f"{m:9.0f} ms{m / medians[0]:8.2f}" for m in medians))


if __name__ == "__main__":
    main()
