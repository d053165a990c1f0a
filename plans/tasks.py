"""What happens after the answer: jobs for the `db_worker` beside the web processes."""

import logging

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from helsefellesskap.printing import RenderingFailed
from partners.models import StoredFile

from .facts import facts_of
from .models import Revision, RevisionFile
from .queries import standings
from .renderings import drop_renderings

logger = logging.getLogger(__name__)


@task()
def make_pdf(revision_id: int) -> None:
    """Makes and keeps the revision's PDF. Safe to run again: a file that was made stays.

    The rendering happens outside any transaction, since on SQLite it would hold up every writer.
    A failure is kept with its reason, and raised so that the task shows as failed.
    """
    waiting = RevisionFile.objects.filter(revision=revision_id, format="pdf", file=None)
    if not waiting.exists():
        return
    revision = Revision.objects.select_related("plan").get(pk=revision_id)
    try:
        data = pdf_of(revision)
    except RenderingFailed as error:
        logger.exception("No PDF of revision %s", revision_id)
        waiting.update(error=str(error))
        raise
    with transaction.atomic():
        stored = StoredFile.objects.store(data, "application/pdf")
        waiting.update(file=stored, made_at=timezone.now(), error="")
        drop_renderings(revision.plan)


def pdf_of(revision: Revision) -> bytes:
    """The PDF of a published revision, made now. Raises RenderingFailed."""
    # WeasyPrint takes a second to import, and most processes never render.
    from .exporters.pdf import render

    revisions = Revision.objects.filter(pk=revision.pk).select_related(
        "publication", "plan__community", "plan__follows"
    )
    standing = standings(revisions, timezone.localdate())[0]
    document = revision.load()
    wanted = {f.sha256 for _depth, section in document.walk_sections() for f in section.figures}
    figures = {f.sha256: f.read() for f in StoredFile.objects.filter(sha256__in=wanted)}
    return render(document, facts_of(standing), figures=figures)
