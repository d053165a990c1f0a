"""What happens after the answer: jobs for the `db_worker` beside the web processes."""

import hashlib
import logging
from datetime import timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from helsefellesskap.databases import locked
from partners.models import StoredFile

from .files import MEDIA_TYPES, Format, Source, make, source_of
from .models import FileHash, Plan, Revision, RevisionFile, Translation
from .renderings import drop_renderings

logger = logging.getLogger(__name__)

# How long after a failure it is tried again, each time; then it waits for somebody who asks for it.
TRY_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=10))


@task()
def make_files(revision_id: int) -> None:
    """Makes and keeps the files of a public version and of its translations that are not made yet, each for
    itself.

    Safe to run again: a file that was made stays. The rendering happens outside any transaction, since
    on SQLite it would hold up every writer. A file that fails is not published: its reason is kept where
    the secretariat sees it, it is tried again after a while, and the task shows as failed.
    """
    waiting = list(RevisionFile.objects.filter(revision=revision_id, file=None).order_by("pk"))
    if not waiting:
        return
    failures = _make_all(Revision.objects.select_related("plan").get(pk=revision_id), waiting)
    if not failures:
        return
    tries = max(row.tries for row in waiting)
    if tries <= len(TRY_AGAIN_AFTER):
        make_files.using(run_after=timezone.now() + TRY_AGAIN_AFTER[tries - 1]).enqueue(revision_id)
    raise failures[0]


def _make_all(revision: Revision, waiting: list[RevisionFile]) -> list[Exception]:
    """What failed. Where what they are made from cannot be read, such as a lost figure, all of them fail."""
    try:
        sources = _sources(revision, {row.language for row in waiting})
    except Exception as error:  # a fault of any kind is to be seen in the workbench; the task raises it
        logger.exception("No file of revision %s", revision.pk)
        for row in waiting:
            _note(row, error)
        failures = [error]
    else:
        ready = [(row, sources[row.language]) for row in waiting if row.language in sources]
        failures = [failure for row, source in ready if (failure := _try(row, source))]
    if failures:
        drop_renderings(revision.plan)  # the pages said that the files were being made
    return failures


def _sources(revision: Revision, languages: set[str]) -> dict[str, Source]:
    """By language, the plan's own words under "". A translation that was taken down meanwhile has none."""
    made = Translation.objects.filter(
        plan=revision.plan_id, language__in=languages, published_at__isnull=False
    ).select_related("plan__community")
    own = {"": source_of(revision)} if "" in languages else {}
    return own | {one.language: source_of(revision, one) for one in made}


def _try(row: RevisionFile, source: Source) -> Exception | None:
    """Makes this file and keeps it; the error where it fails, also where the disk is full."""
    try:
        keep(row, make(row.format, source), source.revision)
    except Exception as error:  # a fault of any kind is to be seen in the workbench; the task raises it
        logger.exception("No %s of revision %s", row.format, row.revision_id)
        _note(row, error)
        return error
    return None


def _note(row: RevisionFile, error: Exception) -> None:
    row.tries += 1
    failed = RevisionFile.objects.filter(pk=row.pk, file=None)
    failed.update(tries=row.tries, error=str(error) or type(error).__name__)


@transaction.atomic
def keep(row: RevisionFile, data: bytes, revision: Revision) -> None:
    """The file becomes the version's own, unless the version was taken down, or its translation changed,
    while it was made."""
    locked(Plan.objects).get(pk=revision.plan_id)  # first, as whoever takes it down
    waiting = RevisionFile.objects.filter(pk=row.pk, file=None, asked_at=row.asked_at)
    if not locked(waiting).first():
        return
    now = timezone.now()
    stored = StoredFile.objects.store(data, MEDIA_TYPES[Format(row.format)])
    waiting.update(file=stored, made_at=now, error="")
    FileHash.objects.get_or_create(
        revision=revision,
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={"format": row.format, "language": row.language, "made_at": now},
    )
    drop_renderings(revision.plan)
