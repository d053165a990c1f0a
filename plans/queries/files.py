"""The files of public versions: those that are made, and those that somebody should see to."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from partners.models import HealthCommunity
from plans.models import Plan, Revision, RevisionFile

# A file is made within seconds; one that has waited this long waits for a worker that is not there.
LONG = timedelta(minutes=10)


def made_files(revision: Revision) -> dict[str, RevisionFile]:
    """The version's files by their kind, those among them that are not made yet."""
    return {row.format: row for row in revision.files.select_related("file").order_by("pk")}


def missing_files(of: Plan | HealthCommunity) -> QuerySet[RevisionFile]:
    """Files of public versions that failed, or have waited too long, of one plan or of a community."""
    whose = Q(revision__plan=of) if isinstance(of, Plan) else Q(revision__plan__community=of)
    late = ~Q(error="") | Q(asked_at__lte=timezone.now() - LONG)
    return (
        RevisionFile.objects.filter(whose, late, file=None, revision__publication__isnull=False)
        .select_related("revision__plan__community")
        .defer("revision__content")
        .order_by("revision__plan", "-revision__number", "pk")
    )
