"""What makes SQLite behave as PostgreSQL does for Norwegian text, and append-only tables on both."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Collate
from django.db.transaction import TransactionManagementError

# Letters that sort after every other, in Norwegian order; Sámi letters sort with their base letter.
_LATE = {"æ": "\uf001", "ä": "\uf001", "ø": "\uf002", "ö": "\uf002", "å": "\uf003"}
_BASE = {"đ": "d", "ŋ": "n", "ŧ": "t"}


def norwegian_key(text: str) -> str:
    """A key that sorts text as a Norwegian reader expects: case folded, æ ø å last, aa as å."""
    out = []
    for letter in unicodedata.normalize("NFC", text).casefold().replace("aa", "å"):
        if letter in _LATE:
            out.append(_LATE[letter])
        elif letter in _BASE:
            out.append(_BASE[letter])
        else:
            out.append(unicodedata.normalize("NFD", letter)[0])
    return "".join(out)


def _collate(a: str, b: str) -> int:
    x, y = norwegian_key(a), norwegian_key(b)
    return (x > y) - (x < y)


def _like(pattern: str | None, text: str | None, escape: str = "\\") -> bool | None:
    """SQL LIKE that folds case in all letters; SQLite's own knows only ASCII."""
    if pattern is None or text is None:
        return None
    parts, i = [], 0
    while i < len(pattern):
        letter = pattern[i]
        if letter == escape and i + 1 < len(pattern):
            i += 1
            parts.append(re.escape(pattern[i]))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter, re.escape(letter)))
        i += 1
    return re.fullmatch("".join(parts), str(text), re.IGNORECASE | re.DOTALL) is not None


def locked[R: models.Model](rows: models.Manager[R] | models.QuerySet[R]) -> models.QuerySet[R]:
    """These rows, locked until the transaction ends (SQLite locks as a whole).

    Others may still add rows that point at them. The stronger lock, which Django takes by itself, holds up
    whoever commits a line about the same plan; who of the two waits for the log then waits for ever.
    """
    return rows.select_for_update(of=("self",), no_key=True)


@contextmanager
def at_once(using: str = "default") -> Iterator[None]:
    """Within this SQLite does not wait for another writer: «database is locked», an OperationalError."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual:d}")


def speak_norwegian(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Gives every SQLite connection a Norwegian collation and a case-folding LIKE."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_collation("norwegian", _collate)
    raw.create_function("like", 2, _like, deterministic=True)
    raw.create_function("like", 3, _like, deterministic=True)


def by_norwegian(field: str, using: str = "default") -> Collate:
    """For order_by: this text field in Norwegian alphabetical order, on either database."""
    return Collate(field, "norwegian" if connections[using].vendor == "sqlite" else "nb-NO-x-icu")


@contextmanager
def changing_the_record(model: type[models.Model], using: str = "default") -> Iterator[None]:
    """Lets UPDATE pass on an append-only table, inside the caller's transaction and for it alone.

    For withdrawal, which purges what must not be public, and nothing else.
    """
    table = model._meta.db_table
    connection = connections[using]
    if not connection.in_atomic_block:
        raise TransactionManagementError("The record is changed inside a transaction.")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        yield  # an error rolls the transaction back, and the trigger with it
        install_append_only(model, using)
        return
    # The trigger asks for this; disabling it would lock readers out until the commit.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('helsefellesskap.changes', %s, true)", [table])
        yield
        cursor.execute("SELECT set_config('helsefellesskap.changes', '', true)")


def install_append_only(model: type[models.Model], using: str, *, columns: tuple[str, ...] = ()) -> None:
    """Triggers that refuse DELETE, TRUNCATE and UPDATE on the table (or UPDATE of `columns` only).

    Idempotent: called after every migrate, since a table remake on SQLite silently drops triggers.
    """
    table = model._meta.db_table
    of = f"OF {', '.join(columns)} " if columns else ""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event, name in ((f"UPDATE {of}", "update"), ("DELETE ", "delete")):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}")
                cursor.execute(
                    f"CREATE TRIGGER {table}_no_{name} BEFORE {event}ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN IF TG_OP = 'UPDATE' AND "
            "current_setting('helsefellesskap.changes', true) = TG_TABLE_NAME THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23000'; END $$"
        )
        for event, name, each in (
            (f"UPDATE {of}", "update", "ROW"),
            ("DELETE ", "delete", "ROW"),
            ("TRUNCATE ", "truncate", "STATEMENT"),
        ):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name} ON {table}")
            cursor.execute(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {event}ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
