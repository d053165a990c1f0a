"""Approved minutes as a PDF, the whole and an extract of one case: PDF/A-2a and PDF/UA-1.

In the community's language, whoever asks: the same minutes give the same bytes.
"""

import hashlib

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from helsefellesskap.dates import local_day
from helsefellesskap.languages import without_language
from helsefellesskap.printing import to_pdf
from helsefellesskap.qr import check_code

from .models import AgendaItem, Meeting
from .queries.minutes import Line, Protocol, extract_of, protocol_of


def render(meeting: Meeting) -> bytes:
    """The approved minutes as everybody may read them. Raises RenderingFailed."""
    with translation.override(meeting.committee.community.language):
        return _render(protocol_of(meeting, restricted=False, public=True), "documents/minutes.html", None)


def render_extract(item: AgendaItem, *, restricted: bool, public: bool) -> bytes | None:
    """What the approved minutes say of one case (særutskrift), for such a reader (as `protocol_of`). None
    where they say nothing of it. Raises RenderingFailed.
    """
    with translation.override(item.meeting.committee.community.language):
        protocol = protocol_of(item.meeting, restricted=restricted, public=public)
        line = extract_of(protocol, item.case)
        return _render(protocol, "documents/extract.html", line) if line else None


def _render(protocol: Protocol, template: str, line: Line | None) -> bytes:
    minutes = protocol.minutes
    assert minutes, "only minutes that somebody approved are printed"
    assert minutes.approved_at
    community = protocol.meeting.committee.community
    address = settings.SITE_URL + without_language(reverse("document_page", args=[minutes.sha256[:12]]))
    context = {
        "protocol": protocol,
        "line": line,
        "community": community,
        "language": community.language,
        "day": local_day(minutes.approved_at),
        "check": check_code(address),
    }
    html = render_to_string(template, context)
    # A restricted case has two extracts of the same minutes: each file is named by its own words.
    identifier = hashlib.sha256(html.encode()).hexdigest() if line else minutes.sha256
    return to_pdf(html, style="papers.css", identifier=identifier)
