"""Translations of plans: what is done and what is stale, and what the public may see of them."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from plans.document import PlanDocument
from plans.models import Plan, Revision, Translation
from plans.snapshot import document_of
from plans.translating import Piece, Translated, parts_of, pieces_of

from .public import public_versions, summary_of


def source_of(plan: Plan) -> PlanDocument:
    """The words to translate: the newest public ones of a locked plan, else the draft's."""
    newest = public_versions(plan).defer(None).first() if plan.locked else None
    return newest.load() if newest else document_of(plan)


def to_translate(translation: Translation) -> list[Piece]:
    """All of the plan's pieces, «Kort sagt» among them, beside their translation."""
    plan = translation.plan
    return translated_pieces(translation, source_of(plan), summary=summary_of(plan))


def translated_pieces(translation: Translation, document: PlanDocument, *, summary: str = "") -> list[Piece]:
    """This document's pieces beside their translation. A file has the document's words only, no `summary`."""
    texts = {
        (str(row.item_id or ""), row.field): Translated(text=row.text, source_sha256=row.source_sha256)
        for row in translation.texts.all()
    }
    return pieces_of(document, texts, summary=summary)


def part_to_translate(translation: Translation, key: str) -> list[Piece]:
    """The part that begins with this item («»: the plan's own facts). Raises Http404 where it is gone."""
    for part in parts_of(to_translate(translation)):
        if part[0].key == key:
            return part
    raise Http404


def published_translations(plan: Plan) -> QuerySet[Translation]:
    return plan.translations.filter(published_at__isnull=False).select_related("plan__community")


def translated_versions(plan: Plan) -> list[Revision]:
    """Those that the public reads translations of: the newest today, and what becomes public after it."""
    found = []
    for revision in (
        plan.revisions.filter(publication__isnull=False)
        .select_related("publication", "plan__community")
        .order_by("-number")
    ):
        found.append(revision)
        if revision.publication.published_from <= timezone.localdate():
            break
    return found


def public_translations() -> QuerySet[Translation]:
    """Every translation that the public reads, of plans that are public."""
    public = Revision.objects.filter(publication__published_from__lte=timezone.localdate())
    return Translation.objects.filter(
        published_at__isnull=False, plan__in=public.values("plan")
    ).select_related("plan__community")
