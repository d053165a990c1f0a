"""The minutes as a PDF for everybody and the archive: PDF/A-2a and PDF/UA-1."""

from django.template.loader import render_to_string
from django.utils import translation

from helsefellesskap.dates import local_day
from helsefellesskap.printing import to_pdf

from .queries.minutes import Protocol


def render(protocol: Protocol) -> bytes:
    """Of approved minutes. The same minutes give the same bytes. Raises RenderingFailed."""
    minutes = protocol.minutes
    assert minutes, "only minutes that somebody approved are printed"
    assert minutes.approved_at
    community = protocol.meeting.committee.community
    with translation.override(community.language):
        context = {
            "protocol": protocol,
            "community": community,
            "language": community.language,
            "created": local_day(minutes.approved_at),
        }
        html = render_to_string("documents/minutes.html", context)
    return to_pdf(html, style="plan.css", identifier=minutes.sha256)
