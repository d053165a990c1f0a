"""Every kind of public page at 1,000 and at 100,000 measures: queries, milliseconds, kilobytes.

    .venv/bin/python -m tests.benchmarks.public_pages [--measures 1000 100000] [--rounds 5] [--var FOLDER]
    script/postgres .venv/bin/python -m tests.benchmarks.public_pages

The same plans (five fields and four years in each community) hold more measures, as `plans.demo.scale` makes
them; each size has a process and a database of its own, kept in FOLDER for the next time. Times are medians
of whole answers in one process that has answered before, bytes are the answer's own, uncompressed. A list
should stay flat; what shows whole plans (marked «whole») may grow with them. The last column is the time at
the last size against the first.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# What the addresses hold: a community with plans, its newest plan and that one's older version, and so on.
ADDRESSES = {
    "front page": "/",
    "front page, a kommune asked for": "/?kommune=sund",
    "a kommune (whole)": "/kommune/{municipality}/",
    "a community": "/{community}/",
    "its agreements": "/{community}/avtaler/",
    "a measure": "/t/{code}",
    "a measure, embedded": "/embed/t/{code}",
    "a case": "/{community}/utvalg/ssu/saker/{case}/",
    "search": "/sok/?q=koordinator",
    "open data": "/apne-data/",
    "check a file": "/kontroll/",
    "sitemap": "/sitemap.xml",
    "sitemap, plans": "/sitemap-planer.xml",
    "sitemap, cases": "/sitemap-saker.xml",
    "sitemap, measures of 20 plans (whole)": "/sitemap-tiltak.xml",
    "feed of adoptions": "/apne-data/vedtatt.atom",
    "feed of a community": "/apne-data/{community}/vedtatt.atom",
    "feed of a responsible": "/apne-data/{community}/ansvarlig/{municipality}/vedtatt.atom",
    "calendar": "/apne-data/{community}/moter.ics",
    "catalogue": "/apne-data/katalog.ttl",
    "API, communities": "/api/v1/communities",
    "API, committees": "/api/v1/committees",
    "API, plans": "/api/v1/plans",
    "API, plans in force": "/api/v1/plans?state=in_force",
    "API, the last plans": "/api/v1/plans?offset=350",
    "API, versions": "/api/v1/versions",
    "API, measures": "/api/v1/measures",
    "API, measures, 5": "/api/v1/measures?limit=5",
    "API, measures of a responsible": "/api/v1/measures?responsible={municipality}",
    "API, plans of a responsible": "/api/v1/plans?responsible={municipality}",
    "API, decisions": "/api/v1/decisions",
    "API, meetings": "/api/v1/meetings",
    "a responsible (whole)": "/{community}/ansvarlig/{municipality}/",
    "a plan, kept": "{plan}",
    "a plan, filtered (whole)": "{plan}?ansvarlig={responsible}",
    "a plan, embedded (whole)": "/embed/plan{plan_path}",
    "what changed (whole)": "{plan}sammenlign/",
}


def prepared(measures: int) -> dict[str, str]:
    """Migrates and fills, where that is not done; what the addresses hold."""
    from .search import prepare

    prepare(measures)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    from django.utils import timezone

    from plans.models import Item, Plan, RevisionMention

    plan = Plan.objects.filter(slug="skala-04").order_by("community__slug")[0]
    # Somebody who is named: where a page finds nothing, it asks for nothing more.
    named = RevisionMention.objects.filter(revision__plan__community=plan.community, what="responsible")
    in_force = named.filter(revision__plan__period_end__gte=timezone.localdate())
    municipality = plan.community.partners.filter(kind="kommune", slug__in=in_force.values("key")).order_by(
        "slug"
    )[0]
    item = Item.objects.filter(kind="measure", occurrences__revision__plan=plan).order_by("code")[0]
    case = plan.case_items.get().case
    return {
        "community": plan.community.slug,
        "municipality": municipality.slug,
        "responsible": named.filter(revision__plan=plan).order_by("key")[0].key,
        "plan": plan.get_absolute_url(),
        "plan_path": plan.get_absolute_url().replace("planer/", ""),
        "code": item.code,
        "case": f"{case.year}-{case.number}",
        "year": str(case.year),
    }


def look(measures: int, rounds: int) -> dict[str, tuple[int, int, float, float]]:
    """Name → (status, queries, milliseconds, kilobytes)."""
    found = prepared(measures)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})

    def size(address: str) -> tuple[int, int]:
        answer: Any = client.get(address)
        return answer.status_code, len(answer.getvalue())

    seen = {}
    for name, pattern in ADDRESSES.items():
        address = pattern.format(**found)
        size(address)
        with CaptureQueriesContext(connection) as captured:
            status, length = size(address)
            queries = len(captured)
        times = []
        for _round in range(rounds):
            begun = time.perf_counter()
            size(address)
            times.append((time.perf_counter() - begun) * 1000)
        seen[name] = (status, queries, statistics.median(times), length / 1000)
    return seen


def environment(measures: int, folder: Path) -> dict[str, str]:
    """A folder and, on PostgreSQL, a database of this size's own."""
    own = folder / str(measures)
    own.mkdir(parents=True, exist_ok=True)
    env = {"DJANGO_SETTINGS_MODULE": "helsefellesskap.settings", "VAR_DIR": str(own), "DEBUG": "0"}
    env |= {"SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
    env |= {"OPEN_DATA_A_MINUTE": "1000000"}
    if url := os.environ.get("DATABASE_URL"):
        env["DATABASE_URL"] = f"{url}_{measures}"
        import psycopg2

        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            name = url.rpartition("/")[2] + f"_{measures}"
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}"')
    return os.environ | env


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--var", default="", help="a folder that keeps the SQLite databases")
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        return print(json.dumps(look(options.only, options.rounds)))
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        for measures in options.measures:
            command = [sys.executable, "-m", "tests.benchmarks.public_pages", "--only", str(measures)]
            env = environment(measures, Path(options.var or folder))
            made = subprocess.run(
                [*command, "--rounds", str(options.rounds)], env=env, check=True, stdout=subprocess.PIPE
            )
            seen[measures] = json.loads(made.stdout)
    print(f"{'':34}" + "".join(f"{measures:>24,}" for measures in options.measures))
    print(f"{'':34}" + f"{'queries':>10}{'ms':>7}{'kB':>7}" * len(seen) + f"{'ratio':>8}")
    for name in ADDRESSES:
        line = f"{name:34}"
        for size in seen.values():
            status, queries, took, length = size[name]
            line += f"{queries:>10}{took:7.1f}{length:7.0f}" if status == 200 else f"{status:>24}"
        first, *_between, last = seen.values()
        print(line + f"{last[name][2] / first[name][2]:8.1f}")
    return None


if __name__ == "__main__":
    main()
