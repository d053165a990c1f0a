"""The catalogue: what it lists is there. SHACL has its place in tests/conformance/test_catalogue.py."""

import json

import pytest

from plans.opendata.graph import Day, Iri, Resource, Text, json_ld, turtle

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def test_everything_that_the_catalogue_lists_is_there(client, world):
    catalogue = client.get("/apne-data/katalog.jsonld")
    assert catalogue["Content-Type"] == "application/ld+json"
    text = json.dumps(json.loads(catalogue.content)["@graph"])
    addresses = {part.split('"')[0] for part in text.split(f'"@id": "{SITE}')[1:]}
    pages = {address for address in addresses if "katalog" not in address}
    assert len(pages) >= 12
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    own = {address.partition("#")[2] for address in addresses if "#" in address}
    assert {"tiltak", "planer", "vedtak", "avtaler", "helsefellesskap", "api", "utgiver", "kontakt"} <= own


def test_the_catalogue_comes_in_two_forms_with_an_etag(client, world):
    for form, media in (("ttl", "text/turtle; charset=utf-8"), ("jsonld", "application/ld+json")):
        first = client.get(f"/apne-data/katalog.{form}")
        assert (first.status_code, first["Content-Type"]) == (200, media)
        again = client.get(f"/apne-data/katalog.{form}", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304


def test_its_own_address_answers_in_the_form_asked_for(client, world):
    for accept, media in (
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json, text/turtle;q=0.8", "application/ld+json"),
        ("application/rdf+xml", "text/turtle; charset=utf-8"),
    ):
        answer = client.get("/apne-data/katalog", headers={"accept": accept})
        assert (answer.status_code, answer["Content-Type"], answer["Vary"]) == (200, media, "Accept")


def test_who_runs_the_portal_is_its_publisher(client, world, settings):
    settings.OPEN_DATA_PUBLISHER, settings.OPEN_DATA_PUBLISHER_NUMBER = "Driften", "999999999"
    text = client.get("/apne-data/katalog.ttl").content.decode()
    address = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999999999"
    assert text.count(f"dct:publisher <{address}>") == 7
    told = f'<{address}> a foaf:Agent ;\n  foaf:name "Driften"@nb ;\n  dct:identifier "999999999" .'
    assert told in text


def test_a_graph_is_written_in_both_forms():
    facts = {
        "dct:title": [Text('Sagt «ja» og "nei"\n'), Text("Said", "en"), Text("7", "")],
        "dct:issued": [Day("2026-03-12")],
        "dcat:theme": [],
        "dct:license": [Iri("https://x.example/l")],
    }
    resources = [Resource("https://x.example/#a", "dcat:Dataset", facts)]
    assert turtle(resources).partition("\n\n")[2] == (
        "<https://x.example/#a> a dcat:Dataset ;\n"
        '  dct:title "Sagt «ja» og \\"nei\\"\\n"@nb, "Said"@en, "7" ;\n'
        '  dct:issued "2026-03-12"^^xsd:date ;\n'
        "  dct:license <https://x.example/l> .\n"
    )
    assert json_ld(resources)["@graph"] == [
        {
            "@id": "https://x.example/#a",
            "@type": "dcat:Dataset",
            "dct:title": [
                {"@value": 'Sagt «ja» og "nei"\n', "@language": "nb"},
                {"@value": "Said", "@language": "en"},
                {"@value": "7"},
            ],
            "dct:issued": [{"@value": "2026-03-12", "@type": "xsd:date"}],
            "dct:license": [{"@id": "https://x.example/l"}],
        }
    ]
