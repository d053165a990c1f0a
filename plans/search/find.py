"""Answers a search: what has all the words first, then what has pieces of them, then some of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import Value
from django.db.models.functions import Length, StrIndex
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from partners.models import HealthCommunity
from plans.models import Revision, SearchEntry, SearchWord
from plans.queries.chain import public_case_url
from plans.queries.public import standings
from plans.standing import Standing

from . import database
from .compounds import Splitter, candidates
from .marks import marked
from .words import stem, words

type Ways = list[list[tuple[str, ...]]]

PAGE = 20
# How far hits are counted, and how many pages there are.
MOST = 1000
# What is only like the words asked for ends here.
_LIKE = 200
# More words than this narrow nothing further; longer ones are no compounds.
_WORDS = 10
_LONGEST_COMPOUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    entry: SearchEntry
    title: SafeString
    excerpt: SafeString
    url: str
    standing: Standing | None = None  # of its plan
    version: int | None = None  # where the plan has a newer one


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    hits: Sequence[Hit] = ()
    count: int = 0
    more: bool = False  # than were counted
    some_words: bool = False  # nothing has them all
    page: int = 1
    near: Sequence[str] = ()  # words that there are, where nothing was found

    @property
    def pages(self) -> int:
        return -(-self.count // PAGE)


def find(text: str, *, community: HealthCommunity | None = None, kind: str = "", page: int = 1) -> Results:
    """The hits of this page. At most 15 queries, and as many again as there are words where hits are few."""
    asked = list(dict.fromkeys(words(text)))[:_WORDS]
    if not asked:
        return Results()
    only: dict[str, Any] = {"community_id": community.pk} if community else {}
    only |= {"kind": kind} if kind else {}
    day = timezone.localdate()
    exactly = _exactly(asked)
    count = database.count(exactly, day=day, most=MOST + 1, **only)
    wanted = _stems(exactly)
    some = False
    if count >= PAGE:
        count, more = min(count, MOST), count > MOST
        ids = database.matching(exactly, day=day, limit=PAGE, offset=(page - 1) * PAGE, **only)
    else:
        found = database.matching(exactly, day=day, limit=PAGE, **only)
        for like in _like(asked, exactly):
            found += database.matching(like, day=day, limit=_LIKE, without=found, **only)
            wanted |= _stems(like)
        if not found and len(asked) > 1:
            some = True
            found = database.matching([[way for ways in like for way in ways]], day=day, limit=_LIKE, **only)
        count, more = len(found), False
        ids = found[(page - 1) * PAGE : page * PAGE]
    return Results(
        hits=_hits(ids, wanted, day),
        count=count,
        more=more,
        some_words=some and bool(ids),
        page=page,
        near=() if count else _near(asked),
    )


def _stems(wanted: database.Wanted) -> set[str]:
    return {one for ways in wanted for stems in ways for one in stems}


def _exactly(asked: Sequence[str]) -> Ways:
    """Each word by itself or as part of a compound; a compound by all its parts, too. One query."""
    pieces = {piece for word in asked if len(word) <= _LONGEST_COMPOUND for piece in candidates(word)}
    known = set(SearchWord.objects.filter(stem__in=pieces).values_list("stem", flat=True))
    splitter = Splitter(known)
    ways = []
    for word in asked:
        parts = splitter.parts(word) if len(word) <= _LONGEST_COMPOUND else frozenset()
        ways.append([(stem(word),), *([tuple(sorted(parts))] if parts else [])])
    return ways


def _like(asked: Sequence[str], exactly: Ways) -> tuple[Ways, Ways]:
    """The same, and every word that begins or ends with the one asked for; then, that holds it at all.

    One query a word.
    """
    at_edge, anywhere = [], []
    for word, ways in zip(asked, exactly, strict=True):
        piece = stem(word)
        holding = _holding(piece)
        edges = (one for found, one in holding if found.startswith(piece) or one.endswith(piece))
        at_edge.append([*ways, *((one,) for one in dict.fromkeys(edges))])
        anywhere.append([*ways, *((one,) for one in dict.fromkeys(one for _found, one in holding))])
    return at_edge, anywhere


def _holding(piece: str) -> list[tuple[str, str]]:
    """The shortest words of the index with these letters in them, and their stems."""
    if len(piece) < 3:
        return []
    holding = SearchWord.objects.annotate(at=StrIndex("word", Value(piece))).filter(at__gt=0)
    return list(holding.order_by(Length("word"), "word").values_list("word", "stem")[:60])


def _near(asked: Sequence[str]) -> list[str]:
    """Words of the index that look like those asked for: a letter too many, too few, or another."""
    found = []
    for word in asked[:3]:
        alike = SearchWord.objects.annotate(letters=Length("word")).filter(
            word__startswith=word[:2], letters__gte=len(word) - 2, letters__lte=len(word) + 2
        )
        found += get_close_matches(word, alike.values_list("word", flat=True)[:2000], n=2, cutoff=0.75)
    return list(dict.fromkeys(found))


# --- what is shown ---


def _hits(ids: Sequence[int], wanted: set[str], day: date) -> list[Hit]:
    entries = (
        SearchEntry.objects.select_related(
            "community",
            "plan__community",
            "publication__revision__plan__community",
            "decision__case__committee__community",
            "minutes__meeting__committee__community",
        )
        .defer("title_stems", "text_stems", "part_stems", "place_stems")
        .defer("publication__revision__content", "minutes__content")
        .in_bulk(ids)
    )
    plans = _standings({entry.plan_id for entry in entries.values() if entry.plan_id}, day)
    return [_hit(entries[pk], wanted, plans) for pk in ids if pk in entries]


def _standings(plans: Iterable[int], day: date) -> dict[int, Standing]:
    """By plan, of its newest public version. Four queries."""
    public = Revision.objects.filter(plan__in=plans, publication__published_from__lte=day)
    newest = dict(public.order_by("number").values_list("plan", "pk"))
    revisions = Revision.objects.filter(pk__in=newest.values()).select_related(
        "publication", "plan__community", "plan__follows"
    )
    return {standing.plan.pk: standing for standing in standings(revisions.defer("content"), day)}


def _hit(entry: SearchEntry, wanted: set[str], plans: Mapping[int, Standing]) -> Hit:
    standing = plans.get(entry.plan_id or 0)
    revision = entry.publication.revision if entry.publication else None
    old = standing is not None and revision is not None and revision != standing.revision
    return Hit(
        entry=entry,
        title=marked(entry.title, wanted, letters=220),
        excerpt=marked(entry.text, wanted, letters=260),
        url=_url(entry, revision if old else None),
        standing=standing,
        version=revision.number if revision and old else None,
    )


def _url(entry: SearchEntry, old: Revision | None) -> str:
    if entry.decision:
        return f"{public_case_url(entry.decision.case)}#vedtak-{entry.decision_id}"
    if entry.minutes:
        meeting = entry.minutes.meeting
        committee = meeting.committee
        return reverse("public_minutes", args=[committee.community.slug, committee.slug, meeting.date])
    assert entry.plan, "held by the constraint search_entry_stands_for_something"
    page = (old or entry.plan).get_absolute_url()
    return f"{page}#t-{entry.code}" if entry.code else page
