"""The worker makes a file that somebody ordered while they work."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone, translation

from helsefellesskap.databases import locked
from helsefellesskap.dates import local_day
from partners.models import StoredFile

from . import queries
from .exporters.facts import AdoptionFacts
from .facts import contact_of
from .models import OrderedFile
from .queries.compare import Side

logger = logging.getLogger(__name__)
MOST_TRIES = 2
AGAIN_AFTER = timedelta(seconds=20)


@task()
def make_ordered(pk: int) -> None:
    """Makes the file and keeps it. Safe to run again; a failure is kept with its reason, tried once more,
    and raised so that the task shows as failed. Rendering happens outside any transaction.
    """
    versions = ("old__plan", "old__publication", "new__plan", "new__publication")
    rows = OrderedFile.objects.select_related("plan__community", "by", *versions)
    row = rows.filter(pk=pk, file=None).first()
    if row is None:  # made, or let go since
        return
    same = OrderedFile.objects.filter(pk=pk)
    same.update(started_at=timezone.now())
    try:
        _keep(same, _MAKERS[OrderedFile.Kind(row.kind)](row))
    except Exception as error:  # whatever the fault, the page says so; the task raises it
        logger.exception("No %s of plan %s", row.kind, row.plan_id)
        tries = row.tries + 1
        same.update(tries=tries, error=str(error) or type(error).__name__)
        if tries < MOST_TRIES:
            make_ordered.using(run_after=timezone.now() + AGAIN_AFTER).enqueue(pk)
        raise


@transaction.atomic
def _keep(same: QuerySet[OrderedFile], data: bytes) -> None:
    """The file becomes the order's, unless it was let go meanwhile or another worker was first."""
    if locked(same.filter(file=None)).first():
        stored = StoredFile.objects.store(data, "application/pdf")
        same.update(file=stored, made_at=timezone.now(), error="")


def _draft(row: OrderedFile) -> bytes:
    from .exporters.pdf import render

    plan = row.plan
    assert row.by, "a draft is for whoever ordered it"
    document = queries.settled(plan, reader=row.by).document
    facts = AdoptionFacts(
        community=plan.community.name,
        form=plan.community.language,
        state="draft",
        created=local_day(row.asked_at),
        contact=contact_of(plan),
    )
    wanted = {f.sha256 for _depth, section in document.walk_sections() for f in section.figures}
    figures = {f.sha256: f.read() for f in StoredFile.objects.filter(sha256__in=wanted)}
    return render(document, facts, figures=figures)


def _comparison(row: OrderedFile) -> bytes:
    from .exporters.comparison import render

    assert row.by, "drafts are for whoever ordered it"
    sides = {side.value: side for side in queries.work_sides(row.plan, row.by)}
    old, new = (sides[value] for value in row.source.split("|"))
    return render(
        old.load(),
        new.load(),
        titles=(old.full, new.full),
        community=row.plan.community.name,
        form=row.plan.community.language,
        day=local_day(row.asked_at),
    )


def _public(row: OrderedFile) -> bytes:
    from .exporters.comparison import render

    assert row.old, "a comparison for everybody has its two versions"
    assert row.new, "a comparison for everybody has its two versions"
    old, new = row.old.load(), row.new.load()
    with translation.override(new.language):
        titles = tuple(Side(r.plan, r, own=False).full for r in (row.old, row.new))
    day = row.new.publication.published_from
    community = row.plan.community.name
    return render(old, new, titles=(titles[0], titles[1]), community=community, day=day)


# What a person may read at that moment goes in: `settled` and `work_sides` see to it.
_MAKERS = {
    OrderedFile.Kind.DRAFT: _draft,
    OrderedFile.Kind.COMPARISON: _comparison,
    OrderedFile.Kind.PUBLIC: _public,
}
