"""What there is, for data catalogues such as data.norge.no: DCAT-AP-NO as Turtle and JSON-LD."""

from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from plans.models import Publication

from .answers import absolute, as_json, for_all, sent
from .api.endpoint import BASE
from .graph import Day, Iri, Resource, Text, Value, json_ld, turtle

_EU = "http://publications.europa.eu/resource/authority/"
_LICENCE = [Iri(f"{_EU}licence/CC_BY_4_0")]
_LANGUAGES = [Iri(f"{_EU}language/{code}") for code in ("NOB", "NNO")]
_THEMES = [Iri(f"{_EU}data-theme/{code}") for code in ("HEAL", "GOVE")]
_NORWAY = [Iri(f"{_EU}country/NOR")]
_CATALOGUE, _ISSUED = "/apne-data/katalog", "2026-11-22"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    name: str
    title: str
    format: str  # of the EU's list of file types
    path: str
    download: bool = False  # a file; otherwise a list in the API


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    name: str
    title: str
    english: str
    about: str
    keywords: tuple[str, ...]
    distributions: tuple[Distribution, ...]


def _list(route: str) -> Distribution:
    return Distribution(name=f"api-{route}", title="API (JSON)", format="JSON", path=f"{BASE}{route}")


DATASETS = (
    Dataset(
        name="tiltak",
        title="Tiltak i helsefellesskapenes planer",
        english="Measures in the plans of the health communities",
        about="Hvert tiltak i den nyeste offentlige versjonen av alle handlingsplaner: tekst, mål, ansvarlig,"
        " frist, pasientgruppe og det de ansvarlige sist meldte om status.",
        keywords=("handlingsplan", "tiltak", "samhandling", "helsefellesskap", "kommunehelsetjeneste"),
        distributions=(
            Distribution(
                name="tiltak-csv",
                title="Alle tiltak (CSV)",
                format="CSV",
                path="/apne-data/tiltak.csv",
                download=True,
            ),
            _list("measures"),
        ),
    ),
    Dataset(
        name="planer",
        title="Helsefellesskapenes planer",
        english="Plans of the health communities",
        about="Handlingsplaner og strategier, hele dokumentet slik det ble låst, med hvem som vedtok dem.",
        keywords=("handlingsplan", "strategi", "samhandling", "helsefellesskap"),
        distributions=(
            Distribution(
                name="planer-jsonl",
                title="Alle planer (JSON, én på hver linje)",
                format="JSON",
                path="/apne-data/planer.jsonl",
                download=True,
            ),
            _list("plans"),
            _list("versions"),
        ),
    ),
    Dataset(
        name="vedtak",
        title="Møter og vedtak i helsefellesskapenes utvalg",
        english="Meetings and decisions of the committees of the health communities",
        about="Når og hvor utvalgene møtes, og vedtakene som er offentlige, punkt for punkt.",
        keywords=("vedtak", "møter", "samarbeidsutvalg", "helsefellesskap"),
        distributions=(_list("decisions"), _list("meetings")),
    ),
    Dataset(
        name="avtaler",
        title="Avtaler mellom helseforetak og kommuner",
        english="Agreements between hospital trusts and municipalities",
        about="Samarbeidsavtaler, delavtaler og retningslinjer, og når hver part vedtok og signerte.",
        keywords=("samarbeidsavtale", "kommune", "helseforetak", "helsefellesskap"),
        distributions=(_list("agreements"),),
    ),
    Dataset(
        name="helsefellesskap",
        title="Helsefellesskapene, partene og utvalgene",
        english="The health communities, their parties and committees",
        about="De 19 helsefellesskapene, hvilke helseforetak og kommuner som er med, og utvalgene deres.",
        keywords=("helsefellesskap", "kommune", "helseforetak", "samarbeidsutvalg"),
        distributions=(_list("communities"), _list("committees")),
    ),
)


@for_all
def catalogue_turtle(request: HttpRequest) -> HttpResponse:
    return sent(request, turtle(resources()).encode(), "text/turtle; charset=utf-8")


@for_all
def catalogue_json_ld(request: HttpRequest) -> HttpResponse:
    return sent(request, as_json(json_ld(resources())), "application/ld+json")


def resources() -> list[Resource]:
    """The catalogue, its datasets with their distributions, the API, the publisher. One query."""
    today = timezone.localdate()
    published = Publication.objects.filter(published_from__lte=today)
    changed = published.aggregate(last=Max("published_from"))["last"]
    modified: list[Value] = [Day(changed.isoformat())] if changed else []
    return [
        _catalogue(modified),
        *(resource for dataset in DATASETS for resource in _dataset(dataset, modified)),
        _service(),
        Resource(_named("utgiver"), "foaf:Agent", {"foaf:name": [Text("Helsefellesskapene i Norge")]}),
        Resource(
            _named("kontakt"),
            "vcard:Organization",
            {"vcard:fn": [Text("Helsefellesskap")], "vcard:hasURL": [Iri(absolute("/kontakt/"))]},
        ),
    ]


def _named(name: str) -> str:
    return absolute(f"{_CATALOGUE}#{name}")


def _common(title: str, english: str, about: str) -> dict[str, list[Value]]:
    return {
        "dct:title": [Text(title), Text(english, "en")],
        "dct:description": [Text(about)],
        "dct:publisher": [Iri(_named("utgiver"))],
        "dcat:contactPoint": [Iri(_named("kontakt"))],
    }


def _catalogue(modified: list[Value]) -> Resource:
    about = "Planer, tiltak, avtaler, utvalg, møter og vedtak i Norges 19 helsefellesskap."
    facts = _common("Åpne data om helsefellesskapene", "Open data on the health communities", about) | {
        "foaf:homepage": [Iri(absolute("/apne-data/"))],
        "dct:license": [*_LICENCE],
        "dct:language": [*_LANGUAGES],
        "dct:spatial": [*_NORWAY],
        "dct:issued": [Day(_ISSUED)],
        "dct:modified": modified,
        "dcat:themeTaxonomy": [Iri(f"{_EU}data-theme")],
        "dcat:dataset": [Iri(_named(dataset.name)) for dataset in DATASETS],
        "dcat:service": [Iri(_named("api"))],
    }
    return Resource(absolute(_CATALOGUE), "dcat:Catalog", facts)


def _dataset(dataset: Dataset, modified: list[Value]) -> list[Resource]:
    facts = _common(dataset.title, dataset.english, dataset.about) | {
        "dcat:theme": [*_THEMES],
        "dcat:keyword": [Text(word) for word in dataset.keywords],
        "dct:accessRights": [Iri(f"{_EU}access-right/PUBLIC")],
        "dct:accrualPeriodicity": [Iri(f"{_EU}frequency/UPDATE_CONT")],
        "dct:language": [*_LANGUAGES],
        "dct:spatial": [*_NORWAY],
        "dct:issued": [Day(_ISSUED)],
        "dct:modified": modified,
        "dcat:landingPage": [Iri(absolute("/apne-data/"))],
        "dcat:distribution": [Iri(_named(one.name)) for one in dataset.distributions],
    }
    parts = [_distribution(one) for one in dataset.distributions]
    return [Resource(_named(dataset.name), "dcat:Dataset", facts), *parts]


def _distribution(one: Distribution) -> Resource:
    address = Iri(absolute(one.path))
    facts: dict[str, list[Value]] = {
        "dct:title": [Text(one.title)],
        "dcat:accessURL": [address],
        "dcat:downloadURL": [address] if one.download else [],
        "dcat:accessService": [] if one.download else [Iri(_named("api"))],
        "dct:format": [Iri(f"{_EU}file-type/{one.format}")],
        "dct:license": [*_LICENCE],
        "dcatap:availability": [Iri(f"{_EU}planned-availability/AVAILABLE")],
    }
    return Resource(_named(one.name), "dcat:Distribution", facts)


def _service() -> Resource:
    about = "Lesetilgang til alt som er offentlig, uten nøkkel. Beskrevet i OpenAPI 3.1."
    facts = _common("API for helsefellesskapenes åpne data", "API of the health communities", about) | {
        "dcat:endpointURL": [Iri(absolute(BASE))],
        "dcat:endpointDescription": [Iri(absolute(f"{BASE}openapi.json"))],
        "dcat:servesDataset": [Iri(_named(dataset.name)) for dataset in DATASETS],
        "dcat:theme": [*_THEMES],
        "dct:format": [Iri(f"{_EU}file-type/JSON")],
        "dct:license": [*_LICENCE],
        "dct:accessRights": [Iri(f"{_EU}access-right/PUBLIC")],
        "dcatap:availability": [Iri(f"{_EU}planned-availability/AVAILABLE")],
        "dcat:landingPage": [Iri(absolute("/apne-data/"))],
    }
    return Resource(_named("api"), "dcat:DataService", facts)
