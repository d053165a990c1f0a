"""A small graph of facts about resources, written as Turtle and as JSON-LD. Every resource has an address."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    address: str


@dataclass(frozen=True, slots=True)
class Text:
    words: str
    language: str = "nb"  # empty of what is in no language, such as a number


@dataclass(frozen=True, slots=True)
class Day:
    day: str  # 2026-03-12


type Value = Iri | Text | Day


@dataclass(frozen=True, slots=True)
class Resource:
    address: str
    type: str  # dcat:Dataset
    facts: Mapping[str, Sequence[Value]]  # dct:title → …


def turtle(resources: Sequence[Resource]) -> str:
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for resource in resources:
        facts = [f"  {name} {', '.join(_turtle(v) for v in values)}" for name, values in _told(resource)]
        lines += ["", f"<{resource.address}> a {resource.type} ;", " ;\n".join(facts) + " ."]
    return "\n".join(lines) + "\n"


def _told(resource: Resource) -> list[tuple[str, Sequence[Value]]]:
    return [(name, values) for name, values in resource.facts.items() if values]


def _turtle(value: Value) -> str:
    match value:
        case Iri(address):
            return f"<{address}>"
        case Text(words, language):
            return json.dumps(words, ensure_ascii=False) + (f"@{language}" if language else "")
        case Day(day):
            return f'"{day}"^^xsd:date'


def json_ld(resources: Sequence[Resource]) -> dict[str, object]:
    graph = [
        {
            "@id": resource.address,
            "@type": resource.type,
            **{name: [_json(value) for value in values] for name, values in _told(resource)},
        }
        for resource in resources
    ]
    return {"@context": PREFIXES, "@graph": graph}


def _json(value: Value) -> dict[str, str]:
    match value:
        case Iri(address):
            return {"@id": address}
        case Text(words, language):
            return {"@value": words, **({"@language": language} if language else {})}
        case Day(day):
            return {"@value": day, "@type": "xsd:date"}
