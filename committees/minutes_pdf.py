"""Approved minutes as a PDF, the whole and an extract of one case: PDF/A-2a and PDF/UA-1."""

import hashlib

from django.template.loader import render_to_string
from django.utils import translation

from helsefellesskap.dates import local_day
from helsefellesskap.printing import to_pdf

from .queries.minutes import Line, Protocol


def render(protocol: Protocol) -> bytes:
    """Of approved minutes. The same minutes give the same bytes. Raises RenderingFailed."""
    return _render(protocol, "documents/minutes.html", None)


def render_extract(protocol: Protocol, line: Line) -> bytes:
    """What they say of one case (særutskrift), for the same reader as `protocol`. Raises RenderingFailed."""
    return _render(protocol, "documents/extract.html", line)


def _render(protocol: Protocol, template: str, line: Line | None) -> bytes:
    minutes = protocol.minutes
    assert minutes, "only minutes that somebody approved are printed"
    assert minutes.approved_at
    community = protocol.meeting.committee.community
    with translation.override(community.language):
        context = {
            "protocol": protocol,
            "line": line,
            "community": community,
            "language": community.language,
            "created": local_day(minutes.approved_at),
        }
        html = render_to_string(template, context)
    # A restricted case has two extracts of the same minutes: each file is named by its own words.
    identifier = hashlib.sha256(html.encode()).hexdigest() if line else minutes.sha256
    return to_pdf(html, style="plan.css", identifier=identifier)
