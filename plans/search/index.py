"""Keeps the index as what is public: called by the actions that change that, in their transaction.

Nothing here is the record: `rebuild` makes it all anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import override

from committees.models import Case, Decision, Meeting, Minutes
from plans.document import PlanDocument
from plans.models import Item, Plan, Publication, SearchEntry, SearchWord, Translation
from plans.queries.public import summary_of
from plans.queries.translations import published_translations, translated_pieces
from plans.translated import only_translated, translated
from plans.translating import of_plan

from . import database, entries
from .compounds import Splitter
from .entries import Found
from .words import stem, words

# One thing to find, and the columns that say when and by whom.
type Source = tuple[Found, dict[str, Any]]


@transaction.atomic
def index_plan(plan: Plan) -> None:
    """The plan's public versions and the decisions behind them, as they are now."""
    _replace(SearchEntry.objects.filter(plan=plan), list(_of_plan(plan)))
    if plan.follows_id:
        _index_days(plan.follows_id)
    decisions = Decision.objects.filter(
        Q(points__adoptions__revision__plan=plan)
        | Q(points__gives__uses__point__adoptions__revision__plan=plan)
    )
    for decision in _with_words(decisions.distinct()):
        _index_decision(decision)


@transaction.atomic
def forget_plan(plan: Plan) -> None:
    """Before its publications go, and take the entries along: the words that only they had go, too."""
    _replace(SearchEntry.objects.filter(plan=plan), [])


@transaction.atomic
def index_case(case: Case) -> None:
    """What was decided in the case, where that is public."""
    for decision in _with_words(case.decisions.all()):
        _index_decision(decision)


@transaction.atomic
def index_meeting(meeting: Meeting) -> None:
    """The meeting's minutes and decisions, once they are approved."""
    _replace(SearchEntry.objects.filter(minutes__meeting=meeting), list(_of_meeting(meeting)))
    for decision in _with_words(meeting.decisions.all()):
        _index_decision(decision)


@transaction.atomic
def rebuild() -> int:
    """Forgets all, and reads everything public anew: how many entries. Words first, so that all can split."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    sources = list(_everything())
    _learn({word for found, _facts in sources for text in (found.title, found.text) for word in words(text)})
    splitter = Splitter(known_stems())
    for batch in batched(sources, 1000):
        SearchEntry.objects.bulk_create(row(*source, splitter) for source in batch)
    return len(sources)


def row(found: Found, facts: dict[str, Any], splitter: Splitter) -> SearchEntry:
    """The entry, not saved yet. `facts` are the columns that `Found` does not know."""
    title, text = list(words(found.title)), list(words(found.text))
    parts = {part for word in {*title, *text} for part in splitter.parts(word)}
    with override("nb"):
        kind = str(SearchEntry.Kind(found.kind).label)
    place = f"{found.place} {facts['community'].name} {kind}"
    return SearchEntry(
        kind=found.kind,
        code=found.code,
        title=found.title,
        place=found.place,
        text=found.text,
        title_stems=" ".join(map(stem, title)),
        text_stems=" ".join(map(stem, text)),
        part_stems=" ".join(sorted(parts)),
        place_stems=" ".join(dict.fromkeys(map(stem, words(place)))),
        **facts,
    )


def known_stems() -> set[str]:
    """The dictionary that splits compounds."""
    return set(SearchWord.objects.values_list("stem", flat=True))


def _replace(old: QuerySet[SearchEntry], new: list[Source]) -> None:
    gone = {word for texts in old.values_list("title", "text") for text in texts for word in words(text)}
    old.delete()
    if new:
        here = {word for found, _facts in new for text in (found.title, found.text) for word in words(text)}
        gone -= here
        _learn(here)
        splitter = Splitter(known_stems())
        SearchEntry.objects.bulk_create(row(*source, splitter) for source in new)
    _forget(gone)


def _learn(found: Iterable[str]) -> None:
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, stem=stem(word)) for word in sorted(found)), ignore_conflicts=True
    )


def _forget(gone: Iterable[str]) -> None:
    """Words that no entry has any longer: what was taken down must not be told by the dictionary either."""
    orphans = [word for word in gone if not database.count([[(stem(word),)]], day=date.max, most=1)]
    SearchWord.objects.filter(word__in=orphans).delete()


# --- what is public, from where ---


def _everything() -> Iterator[Source]:
    plans = Plan.objects.filter(revisions__publication__isnull=False).select_related("community")
    for plan in plans.distinct().order_by("pk").iterator(chunk_size=200):
        yield from _of_plan(plan)
    for decision in _with_words(Decision.objects.order_by("pk")).iterator(chunk_size=200):
        yield from _of_decision(decision)
    approved = Meeting.objects.filter(state=Meeting.State.MINUTES_APPROVED)
    for meeting in approved.select_related("committee__community").order_by("pk").iterator(chunk_size=200):
        yield from _of_meeting(meeting)


def _of_plan(plan: Plan) -> Iterator[Source]:
    """Newest version first, with its translations; of an older one what says something else."""
    publications = Publication.objects.filter(revision__plan=plan).select_related("revision")
    until, said = _superseded(plan), set()
    translations = list(published_translations(plan))
    summary = summary_of(plan)
    codes = {
        str(pk): code
        for pk, code in Item.objects.filter(occurrences__revision__plan=plan).values_list("pk", "code")
    }
    for publication in publications.order_by("-revision__number"):
        facts = {
            "plan": plan,
            "community": plan.community,
            "publication": publication,
            "public_from": publication.published_from,
            "until": until,
        }
        document = publication.revision.load()
        for found in entries.of_document(document, title=plan.title, summary=summary, codes=codes):
            if (words_of := (found.kind, found.code, found.title, found.text)) not in said:
                said.add(words_of)
                yield found, facts
        for one in translations:
            facts_of_it = facts | {"translation": one}
            yield from ((found, facts_of_it) for found in _translated(one, document, summary, codes))
        until, translations = publication.published_from, []


def _translated(
    one: Translation, document: PlanDocument, summary: str, codes: Mapping[str, str]
) -> Iterator[Found]:
    """What holds of a translation. The rest is found in the plan's own words."""
    pieces = translated_pieces(one, document, summary=summary)
    own = translated(document, pieces, one.language, say=only_translated)
    field = of_plan(pieces, "summary")
    said = only_translated(field) if field else ""
    yield from entries.of_document(own, title=own.title or document.title, summary=said, codes=codes)


def _superseded(plan: Plan) -> date | None:
    """The first day on which the plan's newest version is old, as `plans/standing.py` reckons."""
    ends = [plan.period_end + timedelta(days=1)] if plan.period_end else []
    taken = Publication.objects.filter(revision__plan__follows=plan).aggregate(
        day=Min(Greatest("published_from", F("revision__adoptions__in_force_from")))
    )
    return min([*ends, *filter(None, [taken["day"]])], default=None)


def _index_days(pk: int) -> None:
    """A plan's newest version gets old, or is in force again: its words stay."""
    plan = Plan.objects.get(pk=pk)
    newest = Publication.objects.filter(revision__plan=plan).order_by("-revision__number").first()
    SearchEntry.objects.filter(plan=plan, publication=newest).update(until=_superseded(plan))


def _with_words(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related("case__committee__community", "meeting").prefetch_related("points")


def _index_decision(decision: Decision) -> None:
    _replace(SearchEntry.objects.filter(decision=decision), list(_of_decision(decision)))


def _of_decision(decision: Decision) -> Iterator[Source]:
    if day := _public_from(decision):
        community = decision.case.committee.community
        yield (
            entries.of_decision(decision),
            {"decision": decision, "community": community, "public_from": day},
        )


def _public_from(decision: Decision) -> date | None:
    """The day from which anybody may read of it, by the rules of `plans/queries/chain.py`."""
    approved = decision.meeting.state == Meeting.State.MINUTES_APPROVED
    if approved or decision.registered_afterwards:
        return decision.meeting.date
    published = Publication.objects.filter(
        Q(revision__adoptions__point__decision=decision)
        | Q(revision__adoptions__point__stands_on__authority__point__decision=decision)
    )
    return published.aggregate(day=Min("published_from"))["day"]


def _of_meeting(meeting: Meeting) -> Iterator[Source]:
    minutes = Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).first()
    if minutes and meeting.state == Meeting.State.MINUTES_APPROVED:
        with override("nb"):
            found = entries.of_minutes(meeting)
        yield (
            found,
            {"minutes": minutes, "community": meeting.committee.community, "public_from": meeting.date},
        )
