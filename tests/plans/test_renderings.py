"""Public pages as they are kept: the same words however they are asked for."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import brotli
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from helsefellesskap.languages import in_language
from partners.models import User
from plans import queries, renderings
from plans.actions import withdraw, write_summary
from plans.models import Plan, Rendering
from plans.renderings import MAX_AGE, is_kept_at
from plans.views import public
from tests import make
from tests.people import Cast

from .conftest import adopted

AS_SENT: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_a_kept_page_is_sent_as_the_browser_takes_it(
    client: Client, draft: Plan, kari: User, asked: str, sent: str
):
    adopted(draft, kari)
    address = draft.get_absolute_url()
    made = client.get(address)
    assert Rendering.objects.get().address == address
    kept = client.get(address, headers={"accept-encoding": asked})
    assert kept.headers.get("Content-Encoding", "") == sent
    assert AS_SENT.get(sent, bytes)(kept.content) == made.content
    assert kept["ETag"] == made["ETag"]
    assert kept["Vary"] == "Accept-Encoding"


def test_the_first_answer_is_compressed_too(client: Client, draft: Plan, kari: User):
    """A cache in front keeps the first answer for all who come after."""
    adopted(draft, kari)
    first = client.get(draft.get_absolute_url(), headers={"accept-encoding": "br"})
    again = client.get(draft.get_absolute_url(), headers={"accept-encoding": "br"})
    assert (first["Content-Encoding"], first.content) == ("br", again.content)


def test_no_page_is_kept_that_was_made_before_the_plan_was_taken_down(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    adopted(draft, kari)
    render = public.render

    def render_slowly(*args: object, **kwargs: object) -> object:
        response = render(*args, **kwargs)
        withdraw(draft, by=kari, reason="Personopplysninger.")
        return response

    monkeypatch.setattr(public, "render", render_slowly)
    assert client.get(draft.get_absolute_url()).status_code == 200  # what was asked for before
    assert not Rendering.objects.exists()
    assert client.get(draft.get_absolute_url()).status_code == 410


def test_who_has_the_page_gets_304_until_it_changes(client: Client, draft: Plan, kari: User):
    adopted(draft, kari)
    address = draft.get_absolute_url()
    etag = client.get(address)["ETag"]
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = client.get(address, headers={"if-none-match": asked})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
        assert answer["Cache-Control"] == f"public, max-age={MAX_AGE}"
        assert answer["Vary"] == "Accept-Encoding"
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(address, {"ansvarlig": "x"}, headers={"if-none-match": etag}).status_code != 304
    withdraw(draft, by=kari, reason="Personopplysninger.")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 410


def test_a_kept_page_has_the_headers_of_a_page_that_is_made(
    client: Client, draft: Plan, kari: User, django_assert_num_queries: DjangoAssertNumQueries
):
    adopted(draft, kari)
    for language in ("nb", "nn", "en", "se"):
        address = in_language(draft.get_absolute_url(), language)
        made = client.get(address)
        with django_assert_num_queries(1):
            kept = client.get(address)
        assert (kept.status_code, kept.content) == (200, made.content)
        assert dict(kept.headers) == dict(made.headers)
        assert kept["Content-Language"] == language
        with django_assert_num_queries(1):
            head = client.head(address)
        assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(kept.headers))


def test_a_kept_page_is_answered_for_our_own_hosts_and_safe_methods_only(
    client: Client, draft: Plan, kari: User
):
    adopted(draft, kari)
    address = draft.get_absolute_url()
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"host": "elsewhere.example"}).status_code == 400
    foreign = {"host": "elsewhere.example", "if-none-match": etag}
    assert client.get(address, headers=foreign).status_code == 400
    assert client.post(address).status_code == 405


def test_no_header_puts_a_page_at_the_address_of_another(client: Client, draft: Plan, kari: User):
    """A server believes the proxy in front, and some proxies pass on whatever they are sent."""
    adopted(draft, kari)
    address = draft.get_absolute_url()
    client.get(address, SCRIPT_NAME="/en")
    assert [row.address for row in Rendering.objects.all()] == [address]
    english = client.get(in_language(address, "en"))
    assert '<html lang="en"' in english.content.decode()


def test_the_pages_that_are_kept_are_known_by_their_addresses(draft: Plan):
    community, plan = draft.community.slug, draft.slug
    place = [community, plan]
    for address in (
        reverse("plan_page", args=place),
        reverse("revision_page", args=[*place, 12]),
        reverse("translated_plan", args=[*place, "en"]),
    ):
        for language in ("nb", "nn", "en", "se"):
            assert is_kept_at(in_language(address, language))
    for address in (
        reverse("compare_public", args=place),
        reverse("draft_page", args=place),
        f"/{community}/",
    ):
        assert not is_kept_at(address)


def test_no_page_is_kept_that_misses_what_changed_while_it_was_made(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    """It would be shown until midnight: a translation that was taken away, a status that nobody sees."""
    adopted(draft, kari)
    render = public.render

    def render_slowly(*args: object, **kwargs: object) -> object:
        response = render(*args, **kwargs)
        write_summary(draft, by=kari, text="Planen gjelder for alle.")
        return response

    monkeypatch.setattr(public, "render", render_slowly)
    client.get(draft.get_absolute_url())
    assert not Rendering.objects.exists()
    assert "Planen gjelder for alle." in client.get(draft.get_absolute_url()).content.decode()


def test_a_version_has_one_address_and_is_kept_once(client: Client, draft: Plan, kari: User):
    """Or anybody could fill the database: «v1», «v01», «v001» …"""
    adopted(draft, kari)
    addresses = [f"{draft.get_absolute_url()}v{number}/" for number in ("1", "01", "001", "1" * 30)]
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404, 404]
    assert [row.address for row in Rendering.objects.all()] == addresses[:1]


def test_no_page_of_yesterday_is_kept_for_today(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    """What is late, and what is in force, depends on the day on which the page was made."""
    adopted(draft, kari)
    render, localdate = public.render, timezone.localdate

    def render_past_midnight(*args: object, **kwargs: object) -> object:
        response = render(*args, **kwargs)
        monkeypatch.setattr(timezone, "localdate", lambda: localdate() + timedelta(days=1))
        return response

    monkeypatch.setattr(public, "render", render_past_midnight)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert not Rendering.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_busy_writer_to_see_a_page(draft: Plan, kari: User):
    """An import or a rebuilt index may hold the database for minutes. Here it would hold it for ever."""
    adopted(draft, kari)
    answers: list[int] = []
    seen = Thread(target=_look, args=[draft.get_absolute_url(), answers])
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=draft.pk)
        seen.start()
        seen.join(timeout=15)  # less than SQLite's 20 s
        assert answers == [200]
    seen.join()
    assert not Rendering.objects.exists()
    assert Client().get(draft.get_absolute_url()).status_code == 200
    assert Rendering.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_page_of_a_neighbour_is_kept_that_misses_a_plan_taken_down(cast: Cast):
    """The page of the plan before says what follows it, and nobody who takes that down holds its row."""
    before = make.adopted(cast.ssu, by=cast.kari, slug="for")
    after = make.draft(cast.troms, by=cast.kari, slug="etter")
    after.follows = before
    after.save()
    make.adopt_draft(cast.ssu, after, by=cast.kari)
    address = before.get_absolute_url()
    answers: list[int] = []
    with transaction.atomic():
        withdraw(after, by=cast.kari, reason="Personopplysninger.")
        seen = Thread(target=_look, args=[address, answers])
        seen.start()
        seen.join()  # PostgreSQL keeps what it showed
    assert answers == [200]
    assert not Rendering.objects.exists()
    assert after.get_absolute_url() not in Client().get(address).content.decode()


def test_a_page_is_let_go_when_something_changed_just_as_it_was_kept(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    adopted(draft, kari)
    day = timezone.localdate()
    seen = iter([(day, 1), (day, 1), (day, 2)])  # before the page was made, before and after it was kept
    monkeypatch.setattr(renderings, "_changed_last", lambda _community: next(seen))
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert not Rendering.objects.exists()


def test_a_plan_taken_down_while_its_page_is_made_is_a_tombstone(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    adopted(draft, kari)
    find = queries.public_standing

    def find_in_time(*args: object) -> object:
        found = find(*args)
        withdraw(draft, by=kari, reason="Personopplysninger.")
        return found

    monkeypatch.setattr(queries, "public_standing", find_in_time)
    assert client.get(draft.get_absolute_url()).status_code == 410


def _look(address: str, answers: list[int]) -> None:
    answers.append(Client().get(address).status_code)
    connection.close()
