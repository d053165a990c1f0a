"""The plan as a PDF: PDF/A-2a for the archive and PDF/UA-1 for every reader, in one file.

The same document and facts give the same bytes, on any machine: dates come from the revision, letters
from our own fonts, and nothing is fetched.
"""

import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import RLock

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from plans.document import PlanDocument
from plans.templatetags.documents import long_date

from . import RenderingFailed
from .facts import AdoptionFacts
from .figures import printable_figures
from .letters import printable_text, visible
from .pdf_metadata import finish
from .printed import chapters, contents

_FIGURE = "figure:"
_render_lock = RLock()  # the font configuration and WeasyPrint's log belong to the whole process


def render(
    document: PlanDocument, facts: AdoptionFacts, *, figures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF's bytes. `figures` holds the pictures by SHA-256; one that is missing or unreadable is
    printed as its description. Raises RenderingFailed where WeasyPrint logs a warning or an error.
    """
    images = printable_figures(document, figures or {})
    html = printable_text(to_html(document, facts, images))
    fetcher = OwnFiles(images)
    with _render_lock, _no_remarks():
        stylesheet, fonts = _stylesheet()
        pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
            finisher=finish,
            font_config=fonts,
            stylesheets=[stylesheet],
            pdf_variant="pdf/a-2a",
            pdf_identifier=_identifier(facts),
            pdf_tags=True,
            dpi=220,
            cache={},
        )
    return pdf


def to_html(document: PlanDocument, facts: AdoptionFacts, images: Mapping[str, bytes]) -> str:
    """The page that WeasyPrint lays out, in the document's language."""
    with translation.override(document.language):
        printed = chapters(document)
        context = {
            "plan": document,
            "title": visible(document.title) or facts.community,
            "facts": facts,
            "chapters": printed,
            "contents": contents(printed),
            "images": images,
            "period": _period_words(document),
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


def _identifier(facts: AdoptionFacts) -> bytes:
    return (facts.sha256 or facts.created.isoformat()).encode()


# --- fonts and files: ours only ---


class OwnFiles(URLFetcher):
    """Serves files under our static directory and the figures given; everything else is refused."""

    def __init__(self, figures: Mapping[str, bytes]) -> None:
        # A bare context, since the usual one reads every certificate of the machine for each file made.
        super().__init__(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self._figures = figures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith(_FIGURE):
            return URLFetcherResponse(url, self._figures[url.removeprefix(_FIGURE)])
        path = Path(URLFetcherResponse(url).path or "").resolve()
        if not path.is_relative_to(static_dir()):
            raise ValueError(f"Not one of our files: {url}")
        return URLFetcherResponse(url, path.read_bytes())


def static_dir() -> Path:
    return Path(settings.BASE_DIR) / "static"


@cache
def _stylesheet() -> tuple[CSS, FontConfiguration]:
    """Parsed once a process, since fonts and rules take half the time of a short plan."""
    fonts = FontConfiguration()
    css = CSS(filename=static_dir() / "print" / "plan.css", font_config=fonts, url_fetcher=OwnFiles({}))
    return css, fonts


@contextmanager
def _no_remarks() -> Iterator[None]:
    """Raise RenderingFailed with everything that WeasyPrint logged as a warning or worse."""
    remarks: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            remarks.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collect(level=logging.WARNING)
    before = logger.level, logger.disabled
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.disabled = False
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.setLevel(before[0])
        logger.disabled = before[1]
    if remarks:
        raise RenderingFailed("; ".join(remarks))
