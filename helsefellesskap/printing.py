"""HTML made into a PDF: PDF/A-2a for the archive and PDF/UA-1 for every reader, in one file.

The same HTML gives the same bytes, on any machine: dates stand in the HTML, letters come from our own
fonts, and nothing is fetched.
"""

import gc
import logging
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import RLock

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .letters import printable_text
from .pdf_metadata import finish

FIGURE = "figure:"
# At the end of a block: words that just have room would be broken after the first for such a blank.
_BLANKS = re.compile(r"\s+(?=</(?:p|li|td|th|h[1-6]|div|figcaption)>)")
_render_lock = RLock()  # the font configuration and WeasyPrint's log belong to the whole process


class RenderingFailed(Exception):
    """The renderer had something to remark. Such a file is never published."""


def to_pdf(html: str, *, style: str, identifier: str, images: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF's bytes. `style` names a stylesheet under `static/print/`; `identifier` tells this file from
    others, and is the same for the same words. `images` are what the HTML calls «figure:…», by the rest of
    that address. Its `<title>` and `<html lang>` are the file's. Raises RenderingFailed where WeasyPrint
    logs a warning or an error.
    """
    fetcher = OwnFiles(images or {})
    with _render_lock, _no_remarks(), _nothing_thrown_away():
        stylesheet, fonts = stylesheet_of(style)
        pdf: bytes = HTML(string=_BLANKS.sub("", printable_text(html)), url_fetcher=fetcher).write_pdf(
            finisher=finish,
            font_config=fonts,
            stylesheets=[stylesheet],
            pdf_variant="pdf/a-2a",
            pdf_identifier=identifier.encode(),
            pdf_tags=True,
            dpi=220,
            cache={},
        )
    return pdf


# --- fonts and files: ours only ---


class OwnFiles(URLFetcher):
    """Serves files under our static directory and the images given; everything else is refused."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        # A bare context, since the usual one reads every certificate of the machine for each file made.
        super().__init__(ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self._images = images

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith(FIGURE):
            return URLFetcherResponse(url, self._images[url.removeprefix(FIGURE)])
        path = Path(URLFetcherResponse(url).path or "").resolve()
        if not path.is_relative_to(static_dir()):
            raise ValueError(f"Not one of our files: {url}")
        return URLFetcherResponse(url, path.read_bytes())


def static_dir() -> Path:
    return Path(settings.BASE_DIR) / "static"


@cache
def stylesheet_of(style: str) -> tuple[CSS, FontConfiguration]:
    """Parsed once a process, since fonts and rules take half the time of a short plan."""
    fonts = FontConfiguration()
    css = CSS(filename=static_dir() / "print" / style, font_config=fonts, url_fetcher=OwnFiles({}))
    return css, fonts


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Without looking for cycles to free: of the million objects of a long plan nearly all are in use until
    its end, and to look through them again and again takes a fifth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


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
