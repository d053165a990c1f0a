"""Every address of the API, in the order in which it is described."""

from . import (
    agreements,
    committees,
    communities,
    decisions,
    einnsyn,
    measures,
    meetings,
    plans,
    translations,
    versions,
)

ENDPOINTS = [
    *communities.ENDPOINTS,
    *committees.ENDPOINTS,
    *agreements.ENDPOINTS,
    *plans.ENDPOINTS,
    *versions.ENDPOINTS,
    *translations.ENDPOINTS,
    *measures.ENDPOINTS,
    *decisions.ENDPOINTS,
    *meetings.ENDPOINTS,
    *einnsyn.ENDPOINTS,
]
