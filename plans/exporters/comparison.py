"""What differs between two plans as a PDF (PDF/A-2a, PDF/UA-1): for a case's papers and for the archive."""

import hashlib
from datetime import date

from django.template.loader import render_to_string

from helsefellesskap.languages import speaking
from helsefellesskap.printing import to_pdf
from plans.compare import compare
from plans.document import PlanDocument


def render(
    old: PlanDocument,
    new: PlanDocument,
    *,
    titles: tuple[str, str],
    community: str,
    form: str = "nb",
    day: date,
) -> bytes:
    """The PDF's bytes: the same for the same documents, titles and day. Raises RenderingFailed."""
    html = to_html(old, new, titles=titles, community=community, form=form, day=day)
    return to_pdf(html, style="comparison.css", identifier=hashlib.sha256(html.encode()).hexdigest())


def to_html(
    old: PlanDocument,
    new: PlanDocument,
    *,
    titles: tuple[str, str],
    community: str,
    form: str = "nb",
    day: date,
) -> str:
    """The page that is laid out, in the new document's language; what it lacks in the community's form."""
    with speaking(new.language, form):
        context = {
            "comparison": compare(old, new),
            "language": new.language,
            "title": new.title.strip() or community,
            "old_title": titles[0],
            "new_title": titles[1],
            "community": community,
            "day": day,
        }
        return render_to_string("documents/comparison.html", context)
