"""The OpenAPI 3.1 document, made from the endpoints that answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from plans.opendata.answers import LICENCE, LICENCE_URL, absolute, as_json, for_all, sent
from plans.opendata.parameters import Parameter
from plans.opendata.shapes import Problem, Schema, schemas_of

from .endpoint import BASE, Endpoint
from .endpoints import ENDPOINTS
from .examples import EXAMPLES

VERSION = "1.0.0"

_ABOUT = """Planer, avtaler, utvalg og vedtak i Norges helsefellesskap, slik de er offentlige på portalen.

Alt er åpent uten nøkkel, fra alle nettsteder (CORS). Svar har ETag; send den i If-None-Match, så svarer vi
304 når ingenting er endret. Lister deles i sider: følg `next`. Nye felter kan komme til i versjon 1; ingen
blir borte eller skifter mening. Hvert felt er alltid med: null betyr at det ikke finnes eller ikke er kjent,
en tom tekst at det ikke står noe der. En plan som trekkes tilbake, er borte herfra i samme øyeblikk, og
adressene til den svarer 410. Klokkeslett er i UTC der ikke annet står."""

# A part of an address → what it is, and an example of it.
_PARTS: dict[str, tuple[str, str]] = {
    "community": ("helsefellesskapets id", "troms-og-ofoten"),
    "committee": ("siste del av utvalgets id", "ssu"),
    "slug": ("siste del av avtalens id", "samarbeidsavtalen"),
    "plan": ("siste del av planens id", "handlingsplan-2026"),
    "number": ("versjonens nummer", "1"),
    "language": ("språket som planen er oversatt til", "en"),
    "code": ("tiltakets kode", "k7m3x9p"),
    "decision": ("vedtakets id", "1"),
    "date": ("møtedatoen", "2026-03-12"),
}
_PART_SCHEMAS: dict[str, Schema] = {
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "int": {"type": "integer", "minimum": 0},
    "day": {"type": "string", "format": "date"},
}


@for_all
def openapi(request: HttpRequest) -> HttpResponse:
    return sent(request, as_json(document()), "application/vnd.oai.openapi+json;version=3.1")


def document() -> dict[str, Any]:
    shapes = {endpoint.shape for endpoint in ENDPOINTS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Helsefellesskap: åpne data",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": LICENCE, "url": LICENCE_URL},
        },
        "servers": [{"url": absolute(BASE.rstrip("/"))}],
        "externalDocs": {"url": absolute("/apne-data/"), "description": "Om åpne data, for mennesker"},
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in ENDPOINTS)],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": schemas_of(*shapes, Problem), "responses": _RESPONSES},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    problems = {"400": "Bad", "429": "TooMany"}
    if endpoint.parts:
        problems |= {"404": "NotFound", "410": "Gone"}
    answer: dict[str, Any] = {"schema": _answer(endpoint)}
    if endpoint.name in EXAMPLES:
        answer["example"] = EXAMPLES[endpoint.name]
    return {
        "operationId": endpoint.name.removeprefix("api_"),
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "parameters": [
            *(_part(*part) for part in endpoint.parts),
            *(_parameter(parameter) for parameter in endpoint.parameters),
        ],
        "responses": {
            "200": {
                "description": endpoint.summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {endpoint.media_type: answer},
            },
            "304": {"description": "Ikke endret siden det du har"},
            **{status: {"$ref": f"#/components/responses/{name}"} for status, name in problems.items()},
        },
    }


def _answer(endpoint: Endpoint) -> Schema:
    item = {"$ref": f"#/components/schemas/{endpoint.shape.__name__}"}
    if not endpoint.listed:
        return item
    address = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "items"],
        "properties": {
            "count": {
                "anyOf": [{"type": "integer"}, {"type": "null"}],
                "description": "Hvor mange det er i alt; null i lister som blas i med «cursor».",
            },
            "next": {**address, "description": "Adressen til neste side."},
            "previous": {**address, "description": "Adressen til forrige side."},
            "items": {"type": "array", "items": item},
        },
    }


def _part(converter: str, name: str) -> dict[str, Any]:
    about, example = _PARTS[name]
    schema = _PART_SCHEMAS[converter]
    value = int(example) if schema["type"] == "integer" else example
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": schema,
        "example": value,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    number = parameter.kind == "number"
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "schema": parameter.schema,
        "example": int(parameter.example) if number else parameter.example,
    }


def _problem(description: str, **headers: Any) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content, **({"headers": headers} if headers else {})}


_RESPONSES = {
    "Bad": _problem("En parameter finnes ikke, eller kan ikke leses"),
    "NotFound": _problem("Det er ingenting offentlig på denne adressen"),
    "Gone": _problem("Planen er trukket tilbake"),
    "TooMany": _problem(
        "For mange forespørsler",
        **{"Retry-After": {"schema": {"type": "integer"}, "description": "sekunder"}},
    ),
}
