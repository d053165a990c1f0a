"""The files of public versions: those that are made, and those that somebody should see to."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from partners.models import HealthCommunity
from partners.models.files import LATE_AFTER
from plans.models import Plan, Revision, RevisionFile


def made_files(revision: Revision, language: str = "") -> dict[str, RevisionFile]:
    """The version's files by their kind, those among them that are not made yet; or those of its translation
    to this language."""
    rows = revision.files.filter(language=language).select_related("file").order_by("pk")
    return {row.format: row for row in rows}


def made_translations(revision: Revision) -> QuerySet[RevisionFile]:
    """The files of its translations that are made."""
    made = revision.files.exclude(language="").exclude(file=None)
    return made.select_related("file").order_by("language", "pk")


def missing_files(of: Plan | HealthCommunity) -> QuerySet[RevisionFile]:
    """Files of public versions that failed, or have waited too long, of one plan or of a community."""
    whose = Q(revision__plan=of) if isinstance(of, Plan) else Q(revision__plan__community=of)
    late = ~Q(error="") | Q(asked_at__lte=timezone.now() - LATE_AFTER)
    return (
        RevisionFile.objects.filter(whose, late, file=None, revision__publication__isnull=False)
        .select_related("revision__plan__community")
        .defer("revision__content")
        .order_by("revision__plan", "-revision__number", "pk")
    )
