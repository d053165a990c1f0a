"""A public version as a file of each kind, made from its frozen words and the facts around them.

The worker makes them (`plans.tasks`); what it made is kept, and everybody gets the same bytes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from helsefellesskap.languages import speaking, without_language
from partners.models import StoredFile

from .document import PlanDocument
from .exporters.facts import AdoptionFacts, TranslationFacts
from .exporters.translated import notes
from .facts import facts_of
from .models import Revision, RevisionFile, Translation
from .queries import codes_of, standings, translated_pieces
from .translated import marked, translated
from .translating import count
from .word_identity import of_revision

Format = RevisionFile.Format

MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def formats_of(document: PlanDocument) -> tuple[RevisionFile.Format, ...]:
    """The kinds of files that a plan is made as; the tables of measures only where it has any."""
    has_measures = next(document.walk_measures(), None) is not None
    return tuple(Format) if has_measures else (Format.PDF, Format.WORD, Format.TEXT)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What every file of a version, or of its translation, is made from."""

    revision: Revision
    document: PlanDocument
    facts: AdoptionFacts
    figures: Mapping[str, bytes]
    printed: PlanDocument  # the same for the PDF, with markup that says which words are in another language


def source_of(revision: Revision, made: Translation | None = None) -> Source:
    """Read in a constant number of queries; of a translation its words where they hold, else the plan's own,
    marked."""
    revisions = Revision.objects.filter(pk=revision.pk).select_related(
        "publication", "plan__community", "plan__follows"
    )
    standing = standings(revisions, timezone.localdate())[0]
    document = standing.revision.load()
    wanted = {f.sha256 for _depth, section in document.walk_sections() for f in section.figures}
    figures = {f.sha256: f.read() for f in StoredFile.objects.filter(sha256__in=wanted)}
    with speaking(made.language if made else document.language, standing.plan.community.language):
        facts = facts_of(standing)
    source = Source(
        revision=standing.revision, document=document, printed=document, facts=facts, figures=figures
    )
    return _translated(source, made) if made else source


def _translated(source: Source, made: Translation) -> Source:
    language, own = made.language, source.document.language
    pieces = translated_pieces(made, source.document)
    with speaking(language, source.facts.form):
        noted, printed = marked(notes()), marked(notes(), language=own)
    counted = count(pieces)
    told = TranslationFacts(
        source_language=own,
        source_address=source.facts.address,
        missing=counted["missing"],
        stale=counted["stale"],
    )
    address = settings.SITE_URL + without_language(made.get_absolute_url())
    return replace(
        source,
        document=translated(source.document, pieces, language, say=noted),
        printed=translated(source.document, pieces, language, say=printed),
        facts=replace(source.facts, address=address, translation=told),
    )


def make(format: str, source: Source) -> bytes:
    """The bytes of one file. Raises RenderingFailed for a PDF that the renderer remarks on."""
    return _MAKERS[Format(format)](source)


# The exporters' libraries take a second to import, and most processes never make a file.


def _pdf(source: Source) -> bytes:
    from .exporters.pdf import render

    return render(source.printed, source.facts, figures=source.figures)


def _word(source: Source) -> bytes:
    from .exporters.word import render

    # A translation that comes back is no proposal to change the plan's own words.
    identifier = "" if source.facts.translation else of_revision(source.revision)
    return render(source.document, source.facts, figures=source.figures, identifier=identifier)


def _text(source: Source) -> bytes:
    from .exporters.text import to_text

    return to_text(source.document, source.facts)


def _csv(source: Source) -> bytes:
    from .exporters.table import to_csv

    return to_csv(source.document, codes_of(source.revision), translated=bool(source.facts.translation))


def _excel(source: Source) -> bytes:
    from .exporters.table import to_excel

    return to_excel(source.document, codes_of(source.revision), translated=bool(source.facts.translation))


_MAKERS: Mapping[RevisionFile.Format, Callable[[Source], bytes]] = {
    Format.PDF: _pdf,
    Format.WORD: _word,
    Format.TEXT: _text,
    Format.CSV: _csv,
    Format.EXCEL: _excel,
}
