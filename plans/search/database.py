"""The one place where the two databases differ: SQLite's FTS5, PostgreSQL's tsvector.

Both follow the table of entries by themselves (triggers, a generated column), so writing it is plain Django.
The columns hold nothing but stems of letters and digits: nothing in a query can be taken for an operator.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, connections

from plans.models.search import SearchEntry, SearchWord

# A query: all of these; each of them by any of these; each of those by all of these stems.
type Wanted = Sequence[Sequence[tuple[str, ...]]]

TABLE = SearchEntry._meta.db_table
_INDEX = "plans_searchindex"
# The columns by weight; what one hit in each is worth, as the two rankings count it.
_COLUMNS = ("title_stems", "text_stems", "part_stems", "place_stems")
_BM25 = "8, 3, 2, 0.5"
_TS_RANK = "{0.06, 0.25, 0.4, 1}"  # D to A


def install(using: str) -> None:
    """What the models cannot say. Idempotent: called after every migrate, a table remake drops triggers."""
    with connections[using].cursor() as cursor:
        statements = _SQLITE if connections[using].vendor == "sqlite" else _POSTGRESQL
        for statement in statements:
            cursor.execute(statement)


def _trigger(name: str, event: str, *changes: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {_INDEX}_{name}",
        f"CREATE TRIGGER {_INDEX}_{name} AFTER {event} ON {TABLE} BEGIN {' '.join(changes)} END",
    ]


_names = ", ".join(_COLUMNS)
_old, _new = (", ".join(f"{row}.{column}" for column in _COLUMNS) for row in ("old", "new"))
_add = f"INSERT INTO {_INDEX} (rowid, {_names}) VALUES (new.id, {_new});"  # noqa: S608 - our own names
_take = (
    f"INSERT INTO {_INDEX} ({_INDEX}, rowid, {_names}) "  # noqa: S608 - our own names
    f"VALUES ('delete', old.id, {_old});"
)
_SQLITE = [
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {_INDEX} USING fts5({_names}, content='{TABLE}', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    *_trigger("added", "INSERT", _add),
    *_trigger("taken", "DELETE", _take),
    *_trigger("changed", f"UPDATE OF {_names}", _take, _add),
]
_POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS stems tsvector GENERATED ALWAYS AS ("
    + " || ".join(
        f"setweight(to_tsvector('simple', {column}), '{weight}')"
        for column, weight in zip(_COLUMNS, "ABCD", strict=True)
    )
    + ") STORED",
    f"CREATE INDEX IF NOT EXISTS {_INDEX} ON {TABLE} USING gin (stems)",
]


def matching(
    wanted: Wanted,
    *,
    day: date,
    limit: int,
    without: Sequence[int] = (),
    **only: Any,
) -> list[int]:
    """Entries that are public this day: what holds that day before what is old, the plans' own words before
    translations, the best first.

    `only` are columns and their values. One query.
    """
    source, where, values = _matched(wanted, day, only)
    rank = (
        f"bm25({_INDEX}, {_BM25})"
        if connection.vendor == "sqlite"
        else f"-ts_rank('{_TS_RANK}', stems, q, 1)"
    )
    if without:
        where += f" AND e.id NOT IN ({', '.join(['%s'] * len(without))})"
        values += without
    return _column(
        f"SELECT e.id FROM {source} WHERE {where} "  # noqa: S608 - our own names, values apart
        "ORDER BY e.until IS NOT NULL AND e.until <= %s, e.translation_id IS NOT NULL, "
        f"{rank}, e.id LIMIT %s",
        [*values, day.isoformat(), limit],
    )


def count(wanted: Wanted, *, day: date, most: int, **only: Any) -> int:
    """How many there are, counted no further than `most`. One query."""
    source, where, values = _matched(wanted, day, only)
    matched = f"SELECT 1 FROM {source} WHERE {where} LIMIT %s"  # noqa: S608 - our own names, values apart
    counted = f"SELECT count(*) FROM ({matched}) AS found"  # noqa: S608 - the same
    number: int = _column(counted, [*values, most])[0]
    return number


def known(stems: Iterable[str]) -> set[str]:
    """Those of these stems that some word of the index has. One query, with one value: a compound has a
    hundred pieces, and a value for each takes longer than to look them up.
    """
    listed: str | list[str] = list(stems)
    if connection.vendor == "sqlite":
        any_of, listed = "IN (SELECT value FROM json_each(%s))", json.dumps(listed)
    else:
        any_of = "= ANY(%s)"
    sql = f"SELECT DISTINCT stem FROM {SearchWord._meta.db_table} WHERE stem {any_of}"  # noqa: S608 - our own names
    return set(_column(sql, [listed]))


def _matched(wanted: Wanted, day: date, only: dict[str, Any]) -> tuple[str, str, list[Any]]:
    """The tables, the condition, its values."""
    if connection.vendor == "sqlite":
        source = f"{_INDEX} JOIN {TABLE} e ON e.id = {_INDEX}.rowid"
        where, values = f"{_INDEX} MATCH %s", [written(wanted, '"', "AND", "OR")]
    else:
        source = f"{TABLE} e, CAST(%s AS tsquery) q"
        where, values = "stems @@ q", [written(wanted, "'", "&", "|")]
    where += " AND e.public_from <= %s"
    values.append(day.isoformat())
    for column, value in only.items():
        where += f" AND e.{column} = %s"
        values.append(value)
    return source, where, values


def written(wanted: Wanted, quote: str, both: str, either: str) -> str:
    """The query in the database's own signs."""
    return f" {both} ".join(
        "("
        + f" {either} ".join(
            "(" + f" {both} ".join(f"{quote}{stem}{quote}" for stem in stems) + ")" for stems in ways
        )
        + ")"
        for ways in wanted
    )


def _column(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
