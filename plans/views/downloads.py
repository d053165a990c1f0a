"""The files of a public version: stored ones, the same bytes for everybody, with their hash as ETag."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.models import StoredFile
from plans import queries
from plans.files import Format
from plans.models import Revision, RevisionFile
from plans.renderings import MAX_AGE

# In the order of the page; the URL's name says the same as its suffix.
URL_NAMES = {
    Format.PDF: "revision_pdf",
    Format.WORD: "revision_word",
    Format.TEXT: "revision_text",
    Format.EXCEL: "revision_excel",
    Format.CSV: "revision_csv",
}
_SHOWN_IN_BROWSER = (Format.PDF, Format.TEXT)


@dataclass(frozen=True, kw_only=True)
class Download:
    format: RevisionFile.Format
    url: str
    size: int | None  # bytes; None where it is not made yet
    failed: bool

    @property
    def name(self) -> str:
        """«PDF», «Ren tekst»; the tables say what they hold."""
        match self.format:
            case Format.TEXT:
                return _("Ren tekst")
            case Format.EXCEL:
                return _("Tiltakene i Excel")
            case Format.CSV:
                return _("Tiltakene som CSV")
        return str(self.format.label)


def downloads(revision: Revision, language: str = "") -> list[Download]:
    """What can be fetched of a public version, or of its translation to this language. One query."""
    made = queries.made_files(revision, language)
    place = [revision.plan.community.slug, revision.plan.slug]
    return [
        Download(
            format=format,
            url=reverse(f"translated_{format.name.lower()}", args=[*place, language])
            if language
            else reverse(name, args=[*place, revision.number]),
            size=file.size if (file := made[format].file) else None,
            failed=bool(made[format].error),
        )
        for format, name in URL_NAMES.items()
        if format in made
    ]


@require_safe
def revision_file(
    request: HttpRequest, community: str, plan: str, number: int, format: RevisionFile.Format
) -> HttpResponse | FileResponse:
    """The stored file; 404 with a page that says so until it is made."""
    revision = queries.public_standing(community, plan, number).revision
    made = queries.made_files(revision).get(format)
    return _made(request, made, revision, f"{revision.plan.slug}-v{revision.number}.{format}")


@require_safe
def translated_file(
    request: HttpRequest, community: str, plan: str, language: str, format: RevisionFile.Format
) -> HttpResponse | FileResponse:
    """The same of the translation that the public reads now."""
    revision = queries.public_standing(community, plan).revision
    get_object_or_404(queries.published_translations(revision.plan), language=language)
    made = queries.made_files(revision, language).get(format)
    return _made(request, made, revision, f"{revision.plan.slug}-{language}.{format}")


def _made(
    request: HttpRequest, made: RevisionFile | None, revision: Revision, name: str
) -> HttpResponse | FileResponse:
    if made is None:
        raise Http404
    if not made.file:
        return render(request, "plans/file_waiting.html", {"revision": revision, "made": made}, status=404)
    return send_stored(request, made.file, name, attach=made.format not in _SHOWN_IN_BROWSER)


def send_stored(
    request: HttpRequest, stored: StoredFile, name: str = "", *, attach: bool = False
) -> HttpResponse | FileResponse:
    """A stored file that is public; 304 where the reader has it, without opening it."""
    etag = f'"{stored.sha256}"'
    response: HttpResponse | FileResponse | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(
            stored.open(), as_attachment=attach, filename=name, content_type=stored.media_type
        )
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
