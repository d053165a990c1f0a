"""What both databases must do alike: Norwegian order and search, and tables that only grow.

Runs on the database of DATABASE_URL; `script/test` runs it on both.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from committees.models import AuthorityUse, Papers
from helsefellesskap.databases import by_norwegian, norwegian_key
from partners import actions
from partners.models import AgreementVersion, Audit, User
from plans.actions import be_present
from plans.actions.edit import lock_draft
from plans.models import (
    Adoption,
    Correction,
    LinguisticChange,
    Revision,
    RevisionItem,
    Stance,
    StatusReport,
    Withdrawal,
)
from tests import make

APPEND_ONLY = [Audit, Revision, RevisionItem, Adoption]
# Protected by the same triggers, and asked for those alone.
ALSO = [
    AgreementVersion,
    AuthorityUse,
    Papers,
    Stance,
    LinguisticChange,
    StatusReport,
    Correction,
    Withdrawal,
]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks which PostgreSQL driver is in use")
def test_the_driver_is_psycopg2():
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert not is_psycopg3


def test_no_installed_package_brings_psycopg_3():
    with pytest.raises(ImportError):
        __import__("psycopg")


# --- Norwegian text ---

IN_ORDER = ["Alta", "Ánáš", "Bodø", "Đorvu", "Evenes", "Sørreisa", "Zoe", "Ærlend", "Ørsta", "Aas", "Åse"]


@pytest.mark.django_db
def test_names_sort_as_a_norwegian_reader_expects():
    for n, name in enumerate(reversed(IN_ORDER)):
        User.objects.create(email=f"{n}@b.no", name=name)
    assert list(User.objects.order_by(by_norwegian("name")).values_list("name", flat=True)) == IN_ORDER


@given(st.lists(st.text(st.sampled_from("abcxyzæøåÆØÅäöéáđ -")), min_size=2, max_size=2))
def test_case_never_decides_the_order(pair):
    a, b = pair
    assert (norwegian_key(a) < norwegian_key(b)) == (norwegian_key(a.upper()) < norwegian_key(b.lower()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lookup", "text", "found"),
    [
        ("icontains", "tromsø", ["Helsefellesskapet TROMSØ"]),
        ("icontains", "TROMSØ", ["Helsefellesskapet TROMSØ"]),
        ("icontains", "ÆRLIG", ["Ærlig ålesund"]),
        ("iexact", "ærlig ÅLESUND", ["Ærlig ålesund"]),
        ("istartswith", "æ", ["Ærlig ålesund"]),
        ("iendswith", "romsØ", ["Helsefellesskapet TROMSØ"]),
        ("icontains", "%", ["100 % av _alt_"]),
        ("icontains", "_alt_", ["100 % av _alt_"]),
        ("icontains", "100_%", []),
        ("icontains", "linje\nto", ["linje\nto"]),
    ],
)
def test_search_folds_case_in_all_letters_and_takes_signs_as_signs(lookup, text, found):
    for n, name in enumerate(["Helsefellesskapet TROMSØ", "Ærlig ålesund", "100 % av _alt_", "linje\nto"]):
        User.objects.create(email=f"{n}@b.no", name=name)
    assert list(User.objects.filter(**{f"name__{lookup}": text}).values_list("name", flat=True)) == found


# --- tables that only grow ---


@pytest.fixture
def record(cast):
    """One row at least in each of the tables that only grow."""
    actions.invite_to_secretariat(cast.troms, by=cast.kari, email="a@b.no", name="A")
    make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    return {model: model.objects.first() for model in APPEND_ONLY}


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_row_of_the_record_is_neither_changed_nor_deleted(record, model):
    before = model.objects.filter(pk=record[model].pk).values().get()
    some_field = next(f.name for f in model._meta.concrete_fields if not f.primary_key)
    value = before[model._meta.get_field(some_field).attname]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=record[model].pk).update(**{some_field: value})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=record[model].pk)._raw_delete("default")
    assert model.objects.filter(pk=record[model].pk).values().get() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", APPEND_ONLY)
def test_the_record_is_not_emptied(record, model):
    connection.check_constraints()  # what waits for the commit would refuse the TRUNCATE before the trigger
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
def test_every_table_of_the_record_has_its_triggers_after_migrate():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {name for (name,) in cursor.fetchall() if re.search("_no_(update|delete|truncate)$", name)}
    events = ["update", "delete", *(["truncate"] if connection.vendor == "postgresql" else [])]
    assert {f"{m._meta.db_table}_no_{event}" for m in [*APPEND_ONLY, *ALSO] for event in events} <= found


# --- the log's numbers ---


@pytest.mark.django_db
def test_the_log_is_numbered_by_community_without_gaps(cast):
    for community in (cast.troms, cast.finnmark, cast.troms):
        Audit.objects.write(community, by=None, verb="test", what="Noe skjedde.")
    numbers = Audit.objects.order_by("pk").values_list("community__slug", "seq", "who")
    assert list(numbers) == [
        ("troms-og-ofoten", 1, "systemet"),
        ("finnmark", 1, "systemet"),
        ("troms-og-ofoten", 2, "systemet"),
    ]


# --- locks ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_who_points_at_a_locked_plan_does_not_wait_for_it(cast):
    """Else whoever holds the plan and wants the log, and whoever has the log and commits, wait for ever."""

    def point_at_the_plan() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                be_present(cast.draft, by=cast.ola, key=None)
                Audit.objects.write(cast.troms, by=cast.ola, verb="test", what="Hei.")
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        lock_draft(cast.draft, by=cast.kari)
        other.submit(point_at_the_plan).result(timeout=30)
        Audit.objects.write(cast.troms, by=cast.kari, verb="test", what="Hallo.")
    assert list(cast.draft.presences.values_list("user", flat=True)) == [cast.ola.pk]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps long texts apart")
def test_no_column_stands_behind_the_frozen_words():
    """SQLite reads through all of them to come to it: a list of versions would grow with their plans."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Revision._meta.db_table)
    assert columns[-1].name == "content"
