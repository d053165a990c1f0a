"""Addresses for machines: never with a language before them."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

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
    path("api/<whatever:rest>", api_not_found, name="api_not_found"),
]
