"""What there is, for data catalogues such as data.norge.no: DCAT-AP-NO as Turtle and JSON-LD."""

from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from plans.models import Publication, StatusReport

from .answers import absolute, as_json, for_all, sent
from .api.endpoint import BASE
from .datasets import CATALOGUE, DATASETS, SERVICE, Dataset, Distribution, Told
from .graph import Day, Iri, Resource, Text, Value, json_ld, turtle

_EU = "http://publications.europa.eu/resource/authority/"
_LICENCE = [Iri(f"{_EU}licence/CC_BY_4_0")]
_LANGUAGES = [Iri(f"{_EU}language/{code}") for code in ("NOB", "NNO")]
_THEMES = [Iri(f"{_EU}data-theme/{code}") for code in ("HEAL", "GOVE")]
_NORWAY = [Iri(f"{_EU}country/NOR")]
_OPEN = [Iri(f"{_EU}access-right/PUBLIC")]
_AVAILABLE = [Iri(f"{_EU}planned-availability/AVAILABLE")]
_MADE_BY = "https://data.norge.no/vocabulary/provenance-activity-type#"
# Where data.norge.no knows every organisation in Norway by its number.
_ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
_ADDRESS, _ISSUED = "/apne-data/katalog", "2026-11-22"
_TURTLE, _JSON_LD = "text/turtle; charset=utf-8", "application/ld+json"


@for_all
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """The address of the catalogue itself: in the form that was asked for."""
    json = request.get_preferred_type(["text/turtle", _JSON_LD]) == _JSON_LD
    response = catalogue_json_ld(request) if json else catalogue_turtle(request)
    response["Vary"] = "Accept"
    return response


@for_all
def catalogue_turtle(request: HttpRequest) -> HttpResponse:
    return sent(request, turtle(resources()).encode(), _TURTLE)


@for_all
def catalogue_json_ld(request: HttpRequest) -> HttpResponse:
    return sent(request, as_json(json_ld(resources())), _JSON_LD)


def resources() -> list[Resource]:
    """The catalogue, its datasets with their distributions, the API, the publisher. Two queries."""
    changed = _changed()
    return [
        _catalogue(max(changed.values(), default=None)),
        *(resource for dataset in DATASETS for resource in _dataset(dataset, changed.get(dataset.name))),
        _service(),
        _agent(),
        Resource(
            _named("kontakt"),
            "vcard:Organization",
            {"vcard:fn": [Text("Helsefellesskap")], "vcard:hasURL": [Iri(absolute("/kontakt/"))]},
        ),
    ]


def _changed() -> dict[str, date]:
    """Dataset → the day on which something in it was last new, of those of which that is known."""
    public = Publication.objects.filter(published_from__lte=timezone.localdate())
    published = public.aggregate(last=Max("published_from"))["last"]
    reported = StatusReport.objects.aggregate(last=Max("reported_at"))["last"]
    if not published:
        return {}
    return {
        "planer": published,
        "tiltak": max(published, timezone.localdate(reported)) if reported else published,
    }


def _named(name: str) -> str:
    return absolute(f"{_ADDRESS}#{name}")


def _publisher() -> str:
    number = settings.OPEN_DATA_PUBLISHER_NUMBER
    return f"{_ORGANISATIONS}{number}" if number else _named("utgiver")


def _agent() -> Resource:
    number = settings.OPEN_DATA_PUBLISHER_NUMBER
    facts: dict[str, list[Value]] = {
        "foaf:name": [Text(settings.OPEN_DATA_PUBLISHER)],
        "dct:identifier": [Text(number, "")] if number else [],
    }
    return Resource(_publisher(), "foaf:Agent", facts)


def _common(told: Told) -> dict[str, list[Value]]:
    """What the catalogue, a dataset and the API all say of themselves."""
    return {
        "dct:title": [Text(told.title), Text(told.english, "en")],
        "dct:description": [Text(told.about)],
        "dct:publisher": [Iri(_publisher())],
        "dcat:contactPoint": [Iri(_named("kontakt"))],
    }


def _covered(changed: date | None) -> dict[str, list[Value]]:
    """What the catalogue and a dataset say of what is in them."""
    return {
        "dct:language": [*_LANGUAGES],
        "dct:spatial": [*_NORWAY],
        "dct:issued": [Day(_ISSUED)],
        "dct:modified": [Day(changed.isoformat())] if changed else [],
    }


def _catalogue(changed: date | None) -> Resource:
    facts: dict[str, list[Value]] = {
        **_common(CATALOGUE),
        **_covered(changed),
        "foaf:homepage": [Iri(absolute("/apne-data/"))],
        "dct:license": [*_LICENCE],
        "dcat:themeTaxonomy": [Iri(f"{_EU}data-theme")],
        "dcat:dataset": [Iri(_named(dataset.name)) for dataset in DATASETS],
        "dcat:service": [Iri(_named("api"))],
    }
    return Resource(absolute(_ADDRESS), "dcat:Catalog", facts)


def _dataset(dataset: Dataset, changed: date | None) -> list[Resource]:
    facts: dict[str, list[Value]] = {
        **_common(dataset),
        **_covered(changed),
        "dcat:theme": [*_THEMES],
        "dcat:keyword": [Text(word) for word in dataset.keywords],
        "dct:accessRights": [*_OPEN],
        "dct:accrualPeriodicity": [Iri(f"{_EU}frequency/UPDATE_CONT")],
        "prov:wasGeneratedBy": [Iri(f"{_MADE_BY}{dataset.made_by}")] if dataset.made_by else [],
        "dcatap:applicableLegislation": [Iri(law) for law in dataset.laws],
        "dcat:landingPage": [Iri(absolute("/apne-data/"))],
        "dcat:distribution": [Iri(_named(one.name)) for one in dataset.distributions],
    }
    parts = [_distribution(one) for one in dataset.distributions]
    return [Resource(_named(dataset.name), "dcat:Dataset", facts), *parts]


def _distribution(one: Distribution) -> Resource:
    address = Iri(absolute(one.path))
    facts: dict[str, list[Value]] = {
        "dct:title": [Text(one.title)],
        "dct:description": [Text(one.about)],
        "dcat:accessURL": [address],
        "dcat:downloadURL": [] if one.in_api else [address],
        "dcat:accessService": [Iri(_named("api"))] if one.in_api else [],
        "dct:format": [Iri(f"{_EU}file-type/{one.format}")],
        "dct:license": [*_LICENCE],
        "dcatap:availability": [*_AVAILABLE],
    }
    return Resource(_named(one.name), "dcat:Distribution", facts)


def _service() -> Resource:
    facts: dict[str, list[Value]] = {
        **_common(SERVICE),
        "dcat:endpointURL": [Iri(absolute(BASE))],
        "dcat:endpointDescription": [Iri(absolute(f"{BASE}openapi.json"))],
        "dct:conformsTo": [Iri("https://spec.openapis.org/oas/v3.1.0")],
        "dcat:servesDataset": [Iri(_named(dataset.name)) for dataset in DATASETS],
        "dcat:theme": [*_THEMES],
        "dct:format": [Iri(f"{_EU}file-type/JSON")],
        "dct:license": [*_LICENCE],
        "dct:accessRights": [*_OPEN],
        "dcatap:availability": [*_AVAILABLE],
        "dcat:landingPage": [Iri(absolute("/apne-data/"))],
    }
    return Resource(_named("api"), "dcat:DataService", facts)
