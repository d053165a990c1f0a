"""Everything at once: files at fixed addresses, made while they are sent.

A few plans are opened at a time, so that a file of any length needs little memory; what is withdrawn
while it is being sent is not in the rest of it.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import override

from partners.models import HealthCommunity
from plans.measure_table import guarded
from plans.models import Adoption, Correction, Publication, StatusReport
from plans.queries.open_data import newest_revisions, with_last_report
from plans.queries.public import standings
from plans.renderings import build
from plans.templatetags.documents import STATUS_NAMES

from .answers import LICENCE_URL, absolute, as_json, for_all, holds, kept_for_a_while, sent
from .api import measures as measure_resource
from .api import plans as plan_resource
from .measures import Found, codes_for, measures_in
from .shapes import plain

_AT_ONCE = 20  # plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file of measures, as CSV on the Web describes it."""

    name: str
    title: str
    about: str
    type: str = "string"
    separator: str = ""  # where the cell holds several


COLUMNS = (
    Column(name="code", title="Kode", about="Tiltakets faste kode, den samme i alle versjoner av planen."),
    Column(name="community", title="Helsefellesskap", about="Helsefellesskapets id."),
    Column(name="community_name", title="Helsefellesskapets navn", about="Navnet på helsefellesskapet."),
    Column(name="plan", title="Plan", about="Planens id."),
    Column(name="plan_title", title="Planens tittel", about="Tittelen på planen."),
    Column(
        name="plan_state",
        title="Planens tilstand",
        about="in_force, provisional, upcoming, superseded, expired eller received.",
    ),
    Column(name="version", title="Versjon", about="Nummeret på den låste versjonen.", type="integer"),
    Column(name="section", title="Kapittel", about="Kapittelets nummer og overskrift."),
    Column(name="goal", title="Mål", about="Målets tekst."),
    Column(name="label", title="Merke", about="Bokstaven eller tallet foran tiltaket."),
    Column(name="text", title="Tiltak", about="Tiltakets tekst, ordrett."),
    Column(name="responsible", title="Ansvarlig", about="Ansvarlig slik det står i planen."),
    Column(
        name="responsible_ids",
        title="Ansvarlige, id",
        about="Hvem ordene er kjent igjen som: id-en til en part, et utvalg eller en rolle.",
        separator=" ",
    ),
    Column(name="deadline", title="Frist", about="Frist slik den står i planen."),
    Column(
        name="deadline_date",
        title="Fristdato",
        about="Siste dag av fristen. Ord som «høsten 2026» leses som periodens siste dag.",
        type="date",
    ),
    Column(
        name="late",
        title="Forsinket",
        about="Fristen er ute, og ingen har meldt tiltaket gjennomført.",
        type="boolean",
    ),
    Column(name="status_in_plan", title="Status i planen", about="Status slik den står i selve planen."),
    Column(
        name="reported",
        title="Meldt status",
        about="Det hver ansvarlig sist meldte: hvem, status og når det gjelder for.",
        separator="; ",
    ),
    Column(
        name="patient_groups",
        title="Pasientgrupper",
        about="Pasientgruppene som tiltaket eller målet er for.",
        separator=" ",
    ),
    Column(name="struck", title="Strøket", about="Tiltaket er strøket i planen.", type="boolean"),
    Column(
        name="updated_at",
        title="Endret",
        about="Da versjonen ble offentlig eller status sist ble meldt.",
        type="dateTime",
    ),
    Column(name="url", title="Adresse", about="Fast adresse for mennesker.", type="anyURI"),
)


@for_all
def measures_file(request: HttpRequest) -> HttpResponseBase:
    response = _streamed(request, _csv(), "text/csv; charset=utf-8; header=present", "tiltak.csv")
    response["Link"] += ', <tiltak.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return response


@for_all
def measures_columns(request: HttpRequest) -> HttpResponse:
    """CSV on the Web: what each column of the file is."""
    columns: list[dict[str, Any]] = []
    for column in COLUMNS:
        told: dict[str, Any] = {
            "name": column.name,
            "titles": {"und": column.name, "nb": column.title},
            "dc:description": {"@value": column.about, "@language": "nb"},
            "datatype": column.type,
        }
        columns.append(told | ({"separator": column.separator} if column.separator else {}))
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nb"}],
        "url": absolute("/apne-data/tiltak.csv"),
        "dc:title": "Tiltakene i helsefellesskapenes planer",
        "dc:license": {"@id": LICENCE_URL},
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ",", "quoteChar": '"'},
        "tableSchema": {"columns": columns, "primaryKey": ["code", "plan"]},
    }
    return sent(request, as_json(described), "application/csvm+json")


@for_all
def plans_file(request: HttpRequest) -> HttpResponseBase:
    """A line of JSON a plan: what the API tells of it, and its whole document."""
    return _streamed(request, _lines(), "application/jsonl; charset=utf-8", "planer.jsonl")


def _streamed(
    request: HttpRequest, parts: Iterator[bytes], media_type: str, name: str
) -> StreamingHttpResponse | HttpResponseNotModified:
    etag = f'"{fingerprint()}"'
    if holds(request, etag):
        return kept_for_a_while(HttpResponseNotModified(), etag)
    response = StreamingHttpResponse(parts, content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return kept_for_a_while(response, etag)


def fingerprint() -> str:
    """Other when something that the files tell may be other. Five queries, none of words."""
    today = timezone.localdate()
    public = Publication.objects.filter(published_from__lte=today)
    facts = [
        *(rows.aggregate(n=Count("pk"), last=Max("pk")) for rows in (public, *_ROWS)),
        *HealthCommunity.objects.order_by("pk").values_list("slug", "name"),
    ]
    return hashlib.sha256(repr((build(), today, facts)).encode()).hexdigest()[:32]


_ROWS = (Adoption.objects, Correction.objects, StatusReport.objects)


def _some() -> Iterator[list[int]]:
    """The newest public versions, a few at a time."""
    after = 0
    while chosen := list(newest_revisions().filter(pk__gt=after).values_list("pk", flat=True)[:_AT_ONCE]):
        yield chosen
        after = chosen[-1]


def _csv() -> Iterator[bytes]:
    yield _line([column.name for column in COLUMNS])
    for chosen in _some():
        found = list(measures_in(newest_revisions().filter(pk__in=chosen)))
        with override("nb"):
            told = measure_resource.tell(found, codes_for(found))
            rows = [_row(one, measure) for one, measure in zip(found, told, strict=True)]
        yield b"".join(_line([guarded(_cell(row[c.name], c.separator)) for c in COLUMNS]) for row in rows)


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _row(one: Found, told: measure_resource.Measure) -> dict[str, Any]:
    """What the API tells of the measure, and beside it what it tells elsewhere or deeper down."""
    plan = one.standing.plan
    return plain(told) | {
        "community_name": plan.community.name,
        "plan_title": plan.title,
        "responsible_ids": [body.id for body in told.responsible_bodies],
        "reported": [f"{r.party}: {_status(r.status)} ({r.as_of})" for r in told.reports],
    }


def _cell(value: Any, separator: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return separator.join(value)
    return "" if value is None else str(value)


def _status(value: str) -> str:
    return str(STATUS_NAMES.get(value, value)).lower()


def _lines() -> Iterator[bytes]:
    for chosen in _some():
        rows = with_last_report(newest_revisions().filter(pk__in=chosen))
        rows = rows.prefetch_related("plan__translations", "plan__summaries")
        found = standings(rows, timezone.localdate())
        with override("nb"):
            told = plan_resource.tell(found)
        for standing, plan in zip(found, told, strict=True):
            yield as_json(plain(plan) | {"document": json.loads(standing.revision.content)}) + b"\n"
