"""«Ny plan fra …»: the structure of one's own last plan, or the whole text of another community's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import Audit, HealthCommunity, StoredFile, User
from plans import document as doc
from plans import rules
from plans.importers.interpret.period import of_title
from plans.models import Fate, Plan, Revision
from plans.snapshot import document_of, to_draft


@transaction.atomic
def start_from(community: HealthCommunity, *, by: User, source: Revision, title: str = "") -> Plan:
    """A draft made from an adopted, public version.

    From one's own: sections and goals, while its measures wait to be decided on (`carry_over`). From
    another community's: the words too, each knowing where it was taken from. Raises NotAllowed and
    WrongState (the version is not public, or nobody adopted it).
    """
    if not rules.may_import(by, community):
        raise NotAllowed(_("Bare sekretariatet kan legge inn planer."))
    source = Revision.objects.select_related("plan__community").get(pk=source.pk)
    public = Revision.objects.filter(pk=source.pk, publication__published_from__lte=timezone.localdate())
    if source.plan.state != Plan.State.ADOPTED or not public.exists():
        raise WrongState(_("En ny plan kan bare lages fra en vedtatt, offentlig plan."))
    own = source.plan.community_id == community.pk
    taken = _taken(source.load(), own=own)
    digests = {f.sha256 for _depth, section in taken.walk_sections() for f in section.figures}
    files = {stored.sha256: stored for stored in StoredFile.objects.filter(sha256__in=digests)}
    said = of_title(title)  # the years that a title of one's own says come before «the next year»
    taken = replace(taken, title=title or taken.title, period=said if said.start else taken.period)
    plan = to_draft(taken, community=community, by=by, files=files)
    plan.made_from = source
    if own:
        plan.follows = source.plan
        plan.agreements.set(source.plan.agreements.all())
    plan.save(update_fields=["made_from", "follows"])
    kind = Fate.Kind.CONTINUED if own else Fate.Kind.BORROWED
    pairs = zip(_keys(taken), _keys(document_of(plan)), strict=True)
    Fate.objects.bulk_create(Fate(plan=plan, old_id=old, new_id=new, kind=kind, by=by) for old, new in pairs)
    Audit.objects.write(
        community,
        by=by,
        verb="start_from",
        what="Utkastet «%(plan)s» laget fra %(source)s.",
        facts={"plan": plan.title, "source": name_of(source)},
    )
    return plan


def name_of(source: Revision) -> str:
    """«Helsefellesskapet Finnmark, Handlingsplan 2026 v1»"""
    return f"{source.plan.community.name}, {source.plan.title} v{source.number}"


def _taken(source: doc.PlanDocument, *, own: bool) -> doc.PlanDocument:
    """What the new draft begins with. Status and notes about adoption belong to the old plan alone."""
    sections = _sections(source.sections, with_measures=not own)
    year = _calendar_year(source.period) if own else None
    if year is None:
        return replace(source, sections=sections, period=doc.Period())
    period = doc.Period(
        text=_next_year(source.period.text, year), start=f"{year + 1}-01-01", end=f"{year + 1}-12-31"
    )
    title, subtitle = _next_year(source.title, year), _next_year(source.subtitle, year)
    return replace(source, sections=sections, period=period, title=title, subtitle=subtitle)


def _sections(sections: tuple[doc.Section, ...], *, with_measures: bool) -> tuple[doc.Section, ...]:
    return tuple(
        replace(
            section,
            status=None,
            adoption_note="",
            goals=tuple(
                replace(goal, status=None, measures=_measures(goal) if with_measures else ())
                for goal in section.goals
            ),
            sections=_sections(section.sections, with_measures=with_measures),
        )
        for section in sections
    )


def _measures(goal: doc.Goal) -> tuple[doc.Measure, ...]:
    return tuple(replace(measure, status=None) for measure in goal.measures if not measure.struck)


def _keys(document: doc.PlanDocument) -> Iterator[str]:
    """Every key in reading order."""
    for _depth, section in document.walk_sections():
        yield section.key
        for goal in section.goals:
            yield goal.key
            yield from (measure.key for measure in goal.measures)


def _calendar_year(period: doc.Period) -> int | None:
    if not (period.start and period.end):
        return None
    start, end = date.fromisoformat(period.start), date.fromisoformat(period.end)
    whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return start.year if whole and start.year == end.year else None


def _next_year(words: str, year: int) -> str:
    return re.sub(rf"\b{year}\b", str(year + 1), words)
