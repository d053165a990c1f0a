"""The plan as a PDF: PDF/A-2a for the archive and PDF/UA-1 for every reader, in one file.

The same document and facts give the same bytes, on any machine: dates come from the revision, letters
from our own fonts, and nothing is fetched.
"""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.translation import gettext

from helsefellesskap.languages import speaking
from helsefellesskap.letters import visible
from helsefellesskap.printing import to_pdf
from helsefellesskap.qr import check_code
from plans.document import PlanDocument, canonical, sha256
from plans.templatetags.documents import long_date

from .facts import AdoptionFacts
from .figures import printable_figures
from .printed import chapters, contents
from .translated import said


def render(
    document: PlanDocument, facts: AdoptionFacts, *, figures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF's bytes. `figures` holds the pictures by SHA-256; one that is missing or unreadable is
    printed as its description. Raises RenderingFailed where WeasyPrint logs a warning or an error.
    """
    images = printable_figures(document, figures or {})
    html = to_html(document, facts, images)
    return to_pdf(html, style="plan.css", identifier=_identifier(document, facts), images=images)


def to_html(document: PlanDocument, facts: AdoptionFacts, images: Mapping[str, bytes]) -> str:
    """The page that WeasyPrint lays out, in the document's language."""
    with speaking(document.language, facts.form):
        printed = chapters(document)
        context = {
            "language": document.language,
            "community": facts.community,
            "day": facts.created,
            "plan": document,
            "title": visible(document.title) or facts.community,
            "facts": facts,
            "translation": said(facts),
            "chapters": printed,
            "contents": contents(printed),
            "images": images,
            "period": _period_words(document),
            "check": check_code(facts.check_address) if facts.check_address else None,
        }
        return render_to_string("documents/plan.html", context)


def _period_words(document: PlanDocument) -> str:
    period = document.period
    start, end = long_date(period.start), long_date(period.end) or period.end_event
    if period.text or not (start or end):
        return period.text
    if start and end:
        return gettext("%(start)s til %(end)s") % {"start": start, "end": end}
    return gettext("Fra %(start)s") % {"start": start} if start else gettext("Til %(end)s") % {"end": end}


def _identifier(document: PlanDocument, facts: AdoptionFacts) -> str:
    if facts.translation:
        return sha256(canonical(document))
    return facts.sha256 or facts.created.isoformat()
