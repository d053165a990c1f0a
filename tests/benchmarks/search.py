"""The top 20 of a search over 100,000 measures against a bare indexed query on the same database.

    .venv/bin/python -m tests.benchmarks.search [--measures 100000] [--rounds 15]
    script/postgres .venv/bin/python -m tests.benchmarks.search

«Bare» is the database's own full-text index over one column with the same stems, asked for the same word by
SQL alone: ranked, 20 ids and titles. «Whole» is the same with the parts of a compound as another way to find
it, which has the hits that ours has. «Top» is `plans.search.find.top_of`: folding, splitting,
ranking by four columns with what holds first, counting. «Answer» is `find`, with the rows behind the hits,
where their plans stand, and the marks: what the page is made from. Rounds alternate between them; each word
has its median, the last line the median of the words' ratios. Aim for the top 20: at most 5.
The database is DATABASE_URL's, else a temporary SQLite; it is filled by `plans.demo.scale`, or kept in
--var FOLDER for the next time.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

# From what stands in two rows of a hundred to what stands in half of them; two words; another form of both.
ASKED = ("demenskoordinator", "demens", "koordinatorer", "brosjyre", "kommunene", "kreft kurs", "utskriving")


def prepare(measures: int) -> None:
    """Migrates and fills, where that is not done."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from partners.management.commands.load_communities import load
    from partners.models import User
    from plans.demo.scale import fill

    call_command("migrate", verbosity=0)
    load()
    by, _made = User.objects.get_or_create(email="bench@localhost", defaults={"name": "Bench"})
    if fill(measures, by=by):
        with connection.cursor() as cursor:
            for statement in _bare(connection.vendor):
                cursor.execute(statement)


def _bare(vendor: str) -> list[str]:
    stems = "title_stems || ' ' || text_stems || ' ' || part_stems || ' ' || place_stems"
    if vendor == "sqlite":
        return [
            "CREATE VIRTUAL TABLE bare USING fts5(stems, title UNINDEXED)",
            f"INSERT INTO bare (rowid, stems, title) SELECT id, {stems}, title FROM plans_searchentry",
            "ANALYZE",
        ]
    return [
        "CREATE TABLE bare AS SELECT id, title, "
        f"to_tsvector('simple', {stems}) AS stems FROM plans_searchentry",
        "CREATE INDEX bare_stems ON bare USING gin (stems)",
        "VACUUM ANALYZE",
    ]


def bare(asked: str) -> Callable[[], Any]:
    """The query that SQL alone makes of the words."""
    from plans.search.words import stems

    words = list(stems(asked))
    return _asking(" ".join(f'"{word}"' for word in words), " & ".join(words))


def as_whole(asked: str) -> Callable[[], Any]:
    """The same query, but a compound may stand in its parts, too, as ours asks: the same hits as «top»."""
    from plans.search.database import written
    from plans.search.find import ways_of
    from plans.search.words import words

    wanted = ways_of(list(words(asked)))
    return _asking(written(wanted, '"', "AND", "OR"), written(wanted, "'", "&", "|"))


def _asking(fts5: str, tsquery: str) -> Callable[[], Any]:
    from django.db import connection

    if connection.vendor == "sqlite":
        sql = "SELECT rowid, title FROM bare WHERE bare MATCH %s ORDER BY rank LIMIT 20"
        values = [fts5]
    else:
        sql = (
            "SELECT id, title FROM bare, CAST(%s AS tsquery) q WHERE stems @@ q "
            "ORDER BY ts_rank(stems, q) DESC LIMIT 20"
        )
        values = [tsquery]

    def run() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return run


def milliseconds(run: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    run()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--var", default="", help="a folder that keeps the SQLite database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsefellesskap.settings")
        os.environ["VAR_DIR"] = options.var or folder
        os.environ["DEBUG"] = "0"
        os.environ.setdefault("SECRET_KEY", "benchmark" * 8)
        os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
        prepare(options.measures)
        report(options.rounds)


def report(rounds: int) -> None:
    from plans.models import SearchEntry
    from plans.search.find import find

    entries = SearchEntry.objects
    print(f"{entries.filter(kind='measure').count()} measures, {entries.count()} entries")
    print(f"{'':22}{'hits':>7}{'bare ms':>9}{'whole':>9}{'top ms':>8}{'ratio':>7}{'answer':>9}{'ratio':>7}")
    ratios: dict[str, list[float]] = {"top": [], "answer": []}
    for asked in ASKED:
        runs = {
            "bare": bare(asked),
            "whole": as_whole(asked),
            "top": partial(top, asked),
            "answer": partial(find, asked),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for _round in range(rounds):
            for name, run in runs.items():
                times[name].append(milliseconds(run))
        base, whole, *ours = (statistics.median(times[name]) for name in runs)
        found = find(asked)
        hits = f"{found.count}{'+' if found.more else ''}"
        print(f"{asked:22}{hits:>7}{base:9.1f}{whole:7.1f}{ours[0]:8.1f}{ours[0] / base:7.1f}", end="")
        print(f"{ours[1]:9.1f}{ours[1] / base:7.1f}")
        for name, took in zip(ratios, ours, strict=True):
            ratios[name].append(took / base)
    medians = [statistics.median(found) for found in ratios.values()]
    print(f"{'median of the ratios':53}{medians[0]:7.1f}{medians[1]:16.1f}")


def top(asked: str) -> Any:
    from django.utils import timezone

    from plans.search.find import top_of
    from plans.search.words import words

    return top_of(list(words(asked)), day=timezone.localdate())


if __name__ == "__main__":
    main()
