"""Addresses for machines: never with a language before them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .opendata import calendars, catalogue, feeds, files
from .opendata.api.endpoints import ENDPOINTS
from .opendata.api.openapi import openapi
from .opendata.api.root import api_not_found, api_root


class WhateverConverter(StringConverter):
    """Even what holds a line break: under /api/ every refusal is for machines."""

    regex = "(?s:.+)"


register_converter(WhateverConverter, "whatever")

urlpatterns = [
    path("api/v1/", api_root, name="api_root"),
    path("api/v1/openapi.json", openapi, name="api_openapi"),
    *(path(f"api/v1/{endpoint.route}", endpoint.view(), name=endpoint.name) for endpoint in ENDPOINTS),
    path("apne-data/tiltak.csv", files.measures_file, name="measures_file"),
    path("apne-data/tiltak.csv-metadata.json", files.measures_columns, name="measures_columns"),
    path("apne-data/planer.jsonl", files.plans_file, name="plans_file"),
    path("apne-data/katalog", catalogue.catalogue, name="catalogue"),
    path("apne-data/katalog.ttl", catalogue.catalogue_turtle, name="catalogue_turtle"),
    path("apne-data/katalog.jsonld", catalogue.catalogue_json_ld, name="catalogue_json_ld"),
    path("apne-data/<slug:kind>.atom", feeds.feed, name="feed"),
    path("apne-data/<slug:community>/<slug:kind>.atom", feeds.feed, name="community_feed"),
    path(
        "apne-data/<slug:community>/ansvarlig/<slug:slug>/<slug:kind>.atom",
        feeds.feed,
        name="responsible_feed",
    ),
    path("apne-data/<slug:community>/moter.ics", calendars.community_calendar, name="community_calendar"),
    path(
        "apne-data/<slug:community>/<slug:committee>/moter.ics",
        calendars.committee_calendar,
        name="committee_calendar",
    ),
    path("api/<whatever:rest>", api_not_found, name="api_not_found"),
]
