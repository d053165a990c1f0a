"""«Mitt arbeid» and a community's workbench: who sees what."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import User
from plans import actions
from tests.people import Cast


def names(found) -> list[str]:
    return [str(one) for one in found]


def my_work(client: Client, who: User) -> dict:
    client.force_login(who)
    context = client.get("/arbeid/").context
    return {
        "places": [(p["community"].slug, names(p["drafts"]), p["may_import"]) for p in context["places"]],
        "shared": names(context["shared"]),
    }


@pytest.mark.parametrize(
    ("who", "places", "shared"),
    [
        ("kari", [("troms-og-ofoten", ["Handlingsplan 2027"], True)], []),
        ("nils", [("finnmark", [], True)], []),
        ("ingrid", [("troms-og-ofoten", [], False)], []),
        ("aslak", [("troms-og-ofoten", [], False)], []),
        ("berit", [], []),
        ("jon", [], ["Handlingsplan 2027"]),
        ("ola", [], []),
    ],
)
def test_my_work_shows_what_each_may_touch(client: Client, cast: Cast, who, places, shared):
    assert my_work(client, getattr(cast, who)) == {"places": places, "shared": shared}


@pytest.mark.parametrize(
    ("who", "status"),
    [("kari", 200), ("ingrid", 200), ("aslak", 200), ("nils", 403), ("berit", 403), ("ola", 403)],
)
def test_the_workbench_is_for_those_with_a_role_there(client: Client, cast: Cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get("/arbeid/troms-og-ofoten/").status_code == status


def test_drafts_and_waiting_files_are_the_secretariats(client: Client, cast: Cast):
    actions.upload_plan(cast.troms, by=cast.kari, name="plan.txt", data=b"Handlingsplan 2028\n\nTekst.\n")
    seen = {}
    for who in (cast.kari, cast.ingrid):
        client.force_login(who)
        context = client.get("/arbeid/troms-og-ofoten/").context
        seen[who] = (names(context["drafts"]), names(context["imports"]))
    assert seen == {cast.kari: (["Handlingsplan 2027"], ["plan.txt"]), cast.ingrid: ([], [])}


def test_strangers_are_sent_to_sign_in(client: Client, cast: Cast):
    for url in ("/arbeid/", "/arbeid/troms-og-ofoten/", cast.draft.get_work_url()):
        assert client.get(url).url == f"/konto/login/?next={url}"


def test_my_work_takes_as_many_queries_for_many_drafts(client: Client, cast: Cast):
    client.force_login(cast.kari)
    counts = []
    for drafts in (1, 5):
        for n in range(drafts):
            actions.start_plan(cast.troms, by=cast.kari, title=f"Plan {n}", kind="action_plan")
        with CaptureQueriesContext(connection) as queries:
            client.get("/arbeid/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_system_administrator_finds_every_community_to_set_up(cast: Cast, client: Client):
    client.force_login(cast.siv)
    answer = client.get("/arbeid/")
    assert names(answer.context["to_set_up"]) == [str(cast.finnmark), str(cast.troms)]
    assert "/arbeid/finnmark/folk/" in answer.text
    client.force_login(cast.ola)
    assert client.get("/arbeid/").context["to_set_up"] == []
