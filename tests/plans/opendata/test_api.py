"""The API: what it answers is what is public, in the shapes that OpenAPI tells, page by page."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator

from committees.models import Case, Decision, Meeting
from plans.actions import withdraw
from plans.models import Plan, Publication, Translation
from plans.opendata.api.endpoints import ENDPOINTS
from plans.opendata.api.openapi import document
from plans.opendata.shapes import moment
from tests import make

from .conftest import BASE, SECRET, english, get, item_of, queries_of, walk

pytestmark = pytest.mark.django_db
GONE = ("/plans", "/versions", "/translations", "/measures", "/decisions")  # when their plan is
LISTS = [endpoint.path for endpoint in ENDPOINTS if endpoint.listed]


def addresses(client: Client) -> list[str]:
    """Every list, and every single thing that it names."""
    single = [item["api_url"].partition(BASE)[2] for path in LISTS for item in get(client, path)["items"]]
    return [*LISTS, *single]


def test_a_measure_is_told_with_its_place_its_deadline_and_what_was_last_said(client, cast, world):
    item = item_of(world, "Lage felles opplæring")
    report = item.status_reports.get()
    told = get(client, f"/measures/{item.code}")
    assert told | {"section_code": "", "goal_code": ""} == {
        "code": item.code,
        "community": "troms-og-ofoten",
        "plan": "troms-og-ofoten/handlingsplan-2026",
        "version": 1,
        "plan_state": "in_force",
        "section_code": "",
        "section": "1 Samhandling",
        "goal_code": "",
        "goal": "Trygge overganger",
        "label": "b",
        "text": "Lage felles opplæring",
        "html": "Lage felles opplæring",
        "responsible": "Tromsø",
        "responsible_bodies": [{"kind": "partner", "id": "tromso", "name": "Tromsø", "short": ""}],
        "deadline": "januar 2024",
        "deadline_date": "2024-01-31",
        "late": True,
        "status_in_plan": "",
        "reports": [
            {
                "party": "Tromsø",
                "status": "ongoing",
                "words": "Vi er i gang",
                "as_of": f"{timezone.localdate()}",
                "confirmed_in": None,
                "reported_at": moment(report.reported_at),
            }
        ],
        "indicator": "",
        "patient_groups": [],
        "struck": False,
        "updated_at": moment(report.reported_at),
        "url": f"http://127.0.0.1:8000/t/{item.code}",
        "api_url": f"http://127.0.0.1:8000/api/v1/measures/{item.code}",
    }
    assert get(client, f"/plans/{told['plan']}")["measures"] == 3


def test_measures_are_found_by(client, world):
    found = {
        "": ["a", "b", "c"],
        "community=troms-og-ofoten": ["a", "b", "c"],
        "community=finnmark": [],
        "plan=troms-og-ofoten/handlingsplan-2026": ["a", "b", "c"],
        "plan=troms-og-ofoten/neste-uke": [],
        "responsible=ssu": ["a"],
        "responsible=tromso": ["b"],
        "patient_group=frail_elderly": ["c"],
        "status=ongoing": ["b", "c"],  # reported, and as the plan says where nobody has
        "status=completed": [],
        "state=in_force": ["a", "b", "c"],
        "state=superseded": [],
        "late=true": ["b"],
        "late=false": ["a", "c"],
        "deadline_from=2024-01-31&deadline_to=2024-01-31": ["b"],
        "deadline_from=2024-02-01": [],
        "updated_since=2020-01-01": ["a", "b", "c"],
    }
    labels = {
        query: [item["label"] for item in get(client, f"/measures?{query}")["items"]] for query in found
    }
    assert labels == found


def test_what_was_reported_since_is_found(client, world):
    Publication.objects.filter(revision__plan=world).delete()
    day = timezone.localdate() - timedelta(days=9)
    revision = world.revisions.get()
    published = Publication.objects.create(
        revision=revision, published_from=day, published_by=revision.created_by
    )
    Publication.objects.filter(pk=published.pk).update(published_at=timezone.now() - timedelta(days=9))
    since = timezone.localdate()
    assert [item["label"] for item in get(client, f"/measures?updated_since={since}")["items"]] == ["b"]
    after = moment(timezone.now() + timedelta(minutes=1))
    assert get(client, f"/plans?updated_since={after}")["items"] == []


def test_pages_of_measures_hold_each_measure_once_both_ways(client, cast, world, monkeypatch):
    """However many plans are opened for a page, and with plans between that have no measures."""
    monkeypatch.setattr("plans.opendata.api.measures._AT_ONCE", 2)
    for n in range(3):
        make.adopted(cast.ssu, by=cast.kari, slug=f"tom-{n}", measures=0)
    make.adopted(cast.ssu, by=cast.kari, slug="siste", measures=2)
    texts = [
        "Møtes hver måned",
        "Lage felles opplæring",
        "Besøke hjemme",
        "Tiltak nummer 1",
        "Tiltak nummer 2",
    ]
    for limit in (1, 2, 3, 4, 100):
        there = [item["text"] for item in walk(client, f"/measures?limit={limit}")]
        back = [
            item["text"] for item in walk(client, f"/measures?limit={limit}&cursor=b999999.0", "previous")
        ]
        assert (limit, there, back[::-1]) == (limit, texts, texts)


@pytest.mark.parametrize("path", ["/communities", "/committees", "/versions"])
def test_pages_of_rows_hold_each_row_once(client, cast, world, path):
    whole = get(client, path)
    assert whole["count"] == len(whole["items"]) > 0
    make.adopted(cast.ssu, by=cast.kari, slug="en-til")
    assert walk(client, f"{path}?limit=1") == get(client, path)["items"]


def test_every_answer_has_the_shape_that_openapi_tells(client, world):
    openapi = document()
    found = addresses(client)
    assert len(found) >= 2 * len(LISTS)  # something of everything
    for address in found:
        endpoint = next(e for e in ENDPOINTS if client_matches(e.route, address))
        media = openapi["paths"][endpoint.path]["get"]["responses"]["200"]["content"][endpoint.media_type]
        told = media["schema"] | {"components": openapi["components"]}
        Draft202012Validator.check_schema(told)
        Draft202012Validator(told).validate(get(client, address))


def client_matches(route: str, address: str) -> bool:
    from django.urls import resolve

    return resolve(BASE + address).route == f"api/v1/{route}"


def test_a_translation_says_what_holds_and_what_is_not_up_to_date(client, cast, world):
    (listed,) = get(client, "/translations?language=en&plan=troms-og-ofoten/handlingsplan-2026")["items"]
    assert get(client, "/translations?language=se")["items"] == []
    assert get(client, "/plans/troms-og-ofoten/handlingsplan-2026")["translations"] == [listed["api_url"]]
    facts = ("language", "authoritative", "source_language", "version", "translated", "stale")
    assert [listed[name] for name in facts] == ["en", False, "nb", 1, 1, 0]
    told = get(client, listed["api_url"].partition(BASE)[2])
    assert {name: told[name] for name in listed} == listed
    assert (told["document"]["title"], told["document"]["language"]) == ("Action plan 2026", "en")
    assert told["document"] == client.get(listed["document_url"].partition("8000")[2]).json()
    (goal,) = told["document"]["sections"][0]["goals"]
    kept = {"key": goal["key"], "field": "html", "state": "missing"}
    assert (goal["text"], kept in told["not_current"]) == ("Trygge overganger", True)
    assert len(told["not_current"]) == told["missing"]
    Translation.objects.update(published_at=None)
    assert get(client, "/translations")["items"] == []
    get(client, "/plans/troms-og-ofoten/handlingsplan-2026/translations/en", status=404)


def test_what_is_not_public_is_nowhere(client, cast, world):
    """Drafts, plans before their day, video links, and the words of a restricted case."""
    case = Decision.objects.get(points__adoptions__revision__plan=world).case
    Case.objects.filter(pk=case.pk).update(
        access="restricted", legal_basis="offentleglova § 13", title=SECRET, public_title="En sak"
    )
    Decision.objects.get(case=case).points.update(wording=SECRET, reason=SECRET)
    Meeting.objects.update(link="https://hemmelig.example/")
    text = "".join(client.get(BASE + address).content.decode() for address in addresses(client))
    for hidden in (SECRET, "hemmelig.example", "neste-uke", "utkast-2027", "Ingrid", "Olav"):
        assert hidden not in text, hidden
    (decision,) = get(client, "/decisions")["items"]
    assert (decision["case_title"], decision["points"][0]["wording"]) == ("En sak", None)
    english(Plan.objects.get(slug="neste-uke"), cast.kari)
    assert get(client, "/translations")["count"] == 1
    for path in ("/plans/troms-og-ofoten/neste-uke", "/plans/troms-og-ofoten/utkast-2027"):
        get(client, path, status=404)
    assert get(client, "/decisions?plan=troms-og-ofoten/neste-uke")["items"] == []


def test_a_withdrawn_plan_is_gone_and_says_so(client, cast, world):
    code = item_of(world, "Møtes hver måned").code
    withdraw(world, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    assert [get(client, path)["items"] for path in GONE] == [[]] * 5
    for path in (
        "/plans/troms-og-ofoten/handlingsplan-2026",
        "/plans/troms-og-ofoten/handlingsplan-2026/versions/1",
        "/plans/troms-og-ofoten/handlingsplan-2026/translations/en",
        f"/measures/{code}",
    ):
        gone = client.get(BASE + path)
        assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
        assert "Planen fortalte om en enkeltperson." in gone.json()["detail"]


@pytest.mark.parametrize("path", ["/tiltak", "/plans/troms-og-ofoten/%0A", "/decisions/-1"])
def test_an_address_that_is_not_there_is_a_problem_too(client, db, path):
    assert get(client, path, status=404) == {
        "type": "about:blank",
        "title": "Finnes ikke",
        "status": 404,
        "detail": "Det er ingenting offentlig på denne adressen. Adressene står i /api/v1/openapi.json.",
    }


def test_any_page_may_ask_and_a_client_need_not_fetch_twice(client, world):
    first = client.get(f"{BASE}/plans", headers={"origin": "https://avis.example"})
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Link"] == '<https://creativecommons.org/licenses/by/4.0/deed.no>; rel="license"'
    again = client.get(f"{BASE}/plans", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    preflight = client.options(f"{BASE}/plans")
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "sessionid" not in first.cookies


def test_nothing_is_written_here(db):
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(f"{BASE}/plans")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_runaway_loop_is_told_to_wait(client, db, settings):
    settings.OPEN_DATA_A_MINUTE = 3
    ask = {"REMOTE_ADDR": "192.0.2.7"}
    answers = [client.get(f"{BASE}/communities", **ask) for _n in range(8)]  # over a full minute, too
    stopped = answers[-1]
    assert stopped.status_code == 429
    assert 1 <= int(stopped["Retry-After"]) <= 60
    assert "Vent" in stopped.json()["detail"]
    assert client.get(f"{BASE}/communities", REMOTE_ADDR="192.0.2.8").status_code == 200


def test_a_list_takes_as_many_queries_whatever_is_in_it(client, cast, world):
    paths = [*LISTS, "/plans?responsible=ssu", "/measures?responsible=ssu"]
    few = queries_of(client, [BASE + path for path in paths])
    assert max(few.values()) <= 12
    for n in range(3):
        english(make.adopted(cast.ssu, by=cast.kari, slug=f"fler-{n}", measures=5), cast.kari)
        make.partner(f"Part {n}", cast.troms)
        make.seat(make.committee(cast.troms, f"FSU {n}")).represents.add(cast.tromso)
    assert queries_of(client, [BASE + path for path in paths]) == few


def test_the_root_leads_to_every_list(client, db):
    root = get(client, "/")
    assert {f"/{name}" for name in root} >= set(LISTS)
    assert json.loads(client.get(root["openapi"].partition("8000")[2]).content)["openapi"] == "3.1.0"


def test_every_list_has_an_example_that_fits_it_to_the_field():
    openapi = document()
    for endpoint in (e for e in ENDPOINTS if e.listed):
        content = openapi["paths"][endpoint.path]["get"]["responses"]["200"]["content"]["application/json"]
        Draft202012Validator(content["schema"] | {"components": openapi["components"]}).validate(
            content["example"]
        )
        fields = openapi["components"]["schemas"][endpoint.shape.__name__]["properties"]
        assert list(content["example"]["items"][0]) == list(fields)
