"""People saving cells at once: errors, and how long a save takes, with 1, 20 and 100 editors in one plan.

    .venv/bin/python -m tests.benchmarks.editors [--seconds 20]
    script/postgres .venv/bin/python -m tests.benchmarks.editors

Each editor is signed in as a person of their own, saves a cell of their own, thinks for a second and
saves again. The server is gunicorn with four sync workers. Every answer must be 200. The database is
DATABASE_URL's, else a temporary SQLite; aims: no error at 100 on both, and on PostgreSQL a 95th
percentile at 20 editors of at most three times that of one.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field

from .plan_page import ROOT, server

THINK = 1.0
MOST = 100
WORKERS = 4


@dataclass
class Editor:
    """One person with a session, a cell of theirs, and what they have seen."""

    session: str
    key: str
    text: str
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def work(self, port: int, address: str, end: float, start: float) -> None:
        time.sleep(start)
        while time.monotonic() < end:
            before = time.monotonic()
            self._save(port, address)
            self.times.append(time.monotonic() - before)
            time.sleep(THINK)

    def _save(self, port: int, address: str) -> None:
        value = f"{self.text[:40]} {uuid.uuid4().hex[:6]}"
        cell = {"op": str(uuid.uuid4()), "kind": "measure", "key": self.key, "field": "html"}
        body = json.dumps({**cell, "base": self.text, "value": value})
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": TOKEN,
            "Cookie": f"csrftoken={TOKEN}; sessionid={self.session}",
        }
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 200:
                self.errors.append(f"{answer.status} {said[:200]!r}")
            connection.close()
        except OSError as error:
            self.errors.append(repr(error))
        else:
            self.text = value


TOKEN = "b" * 32


def prepare() -> tuple[str, list[Editor]]:
    """Migrates, makes a draft of 300 measures and a hundred people of its secretariat."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from partners.models import HealthCommunity, SecretariatPlace, User
    from plans.models import Measure
    from plans.snapshot import to_draft
    from tests.plans.documents import plan_of_size

    call_command("migrate", verbosity=0)
    community, _made = HealthCommunity.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    people = []
    for n in range(MOST):
        user, _made = User.objects.get_or_create(email=f"e{n}@localhost", defaults={"name": f"E {n}"})
        SecretariatPlace.objects.get_or_create(community=community, user=user, start=date(2020, 1, 1))
        people.append(user)
    plan = to_draft(plan_of_size(300), community=community, by=people[0])
    measures = list(Measure.objects.filter(goal__section__plan=plan).order_by("pk"))
    editors = []
    for user, measure in zip(people, measures, strict=False):
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        editors.append(Editor(session=session, key=str(measure.item_id), text=measure.html))
    return reverse("save_cell", args=[community.slug, plan.slug]), editors


def measure(port: int, address: str, editors: list[Editor], seconds: float) -> tuple[list[float], list[str]]:
    for editor in editors:
        editor.times, editor.errors = [], []
    end = time.monotonic() + seconds
    # Nobody types in step: the first saves are spread over one thinking time.
    threads = [
        threading.Thread(target=e.work, args=(port, address, end, THINK * n / len(editors)))
        for n, e in enumerate(editors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [t for e in editors for t in e.times], [x for e in editors for x in e.errors]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {"DJANGO_SETTINGS_MODULE": "helsefellesskap.settings", "VAR_DIR": folder, "DEBUG": "0"}
        env |= {"SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
        os.environ.update(env)
        # Cookies over http, as behind a proxy that speaks https to the world.
        address, editors = prepare()
        collect = [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"]
        subprocess.run(collect, cwd=ROOT, check=True)
        print(f"{'editors':>8}{'saves':>8}{'median ms':>11}{'p95 ms':>9}{'p95 ratio':>11}{'errors':>8}")
        base = 0.0
        with server("helsefellesskap.wsgi", env, workers=WORKERS) as (port, _worker):
            measure(port, address, editors[: 3 * WORKERS], 3 * THINK)  # every worker has begun
            for count in (1, 20, MOST):
                times, errors = measure(port, address, editors[:count], options.seconds)
                p95 = statistics.quantiles(times, n=20)[-1] * 1000
                base = base or p95
                median = statistics.median(times) * 1000
                row = f"{count:8}{len(times):8}{median:11.1f}{p95:9.1f}{p95 / base:11.2f}{len(errors):8}"
                print(row, *sorted(set(errors))[:3])


if __name__ == "__main__":
    main()
