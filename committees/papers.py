"""Papers on paper: a meeting's or a case's, as one PDF with bookmarks (PDF/A-2a and PDF/UA-1)."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from committees.models import Committee, Meeting
from committees.queries.followups import FollowUpLine
from committees.queries.papers import PaperCase
from committees.subjects import subjects
from helsefellesskap.printing import to_pdf


def papers_pdf(
    committee: Committee,
    cases: Sequence[PaperCase],
    *,
    title: str,
    day: date,
    meeting: Meeting | None = None,
    earlier: Sequence[FollowUpLine] = (),
) -> bytes:
    """The PDF's bytes: what stands in `cases`, with the measures of the plans in them. `day` is when the
    papers were as they are; `earlier` what earlier meetings decided to do. Never call it inside a
    transaction. Raises RenderingFailed.
    """
    html = to_html(committee, cases, title=title, day=day, meeting=meeting, earlier=earlier)
    return to_pdf(html, style="papers.css", identifier=hashlib.sha256(html.encode()).hexdigest())


def to_html(
    committee: Committee,
    cases: Sequence[PaperCase],
    *,
    title: str,
    day: date,
    meeting: Meeting | None = None,
    earlier: Sequence[FollowUpLine] = (),
) -> str:
    """The page that is laid out, in the community's language."""
    language = committee.community.language
    with translation.override(language):
        context = {
            "committee": committee,
            "community": committee.community,
            "meeting": meeting,
            "earlier": earlier,
            "title": title,
            "day": day,
            "language": language,
            "site": settings.SITE_URL,
            # Headings: the title is the first level, a case the second, its plan the third.
            "cases": [
                (paper, subjects().printed(paper.case, level=3) if paper.may_read else ()) for paper in cases
            ],
        }
        return render_to_string("documents/papers.html", context)
