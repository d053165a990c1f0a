"""Answers a search: what has all the words first, then what has pieces of them, then some of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import F, Value
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
from .english import stems_in_english
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
    """The hits of this page. At most 11 queries, and one more for each word where hits are few."""
    asked = list(dict.fromkeys(words(text)))[:_WORDS]
    if not asked:
        return Results()
    only: dict[str, Any] = {"community_id": community.pk} if community else {}
    only |= {"kind": kind} if kind else {}
    day = timezone.localdate()
    top = top_of(asked, day=day, page=page, only=only)
    return Results(
        hits=_hits(top.ids, top.stems, day),
        count=min(top.count, MOST),
        more=top.count > MOST,
        some_words=top.some_words,
        page=page,
        near=() if top.count else _near(asked, day),
    )


@dataclass(frozen=True, slots=True)
class Top:
    """The entries of one page, before anything of them is read. `stems` are those that were looked for."""

    ids: Sequence[int]
    count: int  # MOST + 1 where there are more
    stems: set[str]
    some_words: bool = False


def top_of(asked: Sequence[str], *, day: date, page: int = 1, only: Mapping[str, Any] | None = None) -> Top:
    """`asked` are folded words, `only` columns and their values."""
    only = only or {}
    exactly = ways_of(asked)
    stems = _stems(exactly)
    # Counted and cut here: to ask for the page and for the number costs twice what a rare word takes.
    found = database.matching(exactly, day=day, limit=MOST + 1, **only)
    here = slice((page - 1) * PAGE, page * PAGE)
    if len(found) >= PAGE:
        return Top(found[here], len(found), stems)
    for like in _like(asked, exactly):
        if len(found) < PAGE:
            found += database.matching(like, day=day, limit=_LIKE, without=found, **only)
            stems |= _stems(like)
    some_words = not found and len(asked) > 1
    if some_words:
        found = database.matching([[way for ways in like for way in ways]], day=day, limit=_LIKE, **only)
    return Top(found[here], len(found), stems, some_words and bool(found))


def _stems(wanted: database.Wanted) -> set[str]:
    return {one for ways in wanted for stems in ways for one in stems}


def ways_of(asked: Sequence[str]) -> Ways:
    """Each word by itself or as part of a compound; a compound by all its parts, too; and an English word in
    the forms that somebody has written. One query.
    """
    pieces = {piece for word in asked if len(word) <= _LONGEST_COMPOUND for piece in candidates(word)}
    english = {word: stems_in_english(word) for word in asked}
    known = database.known(pieces.union(*english.values()))
    splitter = Splitter(known)
    ways = []
    for word in asked:
        parts = splitter.parts(word) if len(word) <= _LONGEST_COMPOUND else frozenset()
        forms = [(form,) for form in sorted(english[word] & known)]
        ways.append([(stem(word),), *([tuple(sorted(parts))] if parts else []), *forms])
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


def _near(asked: Sequence[str], day: date) -> list[str]:
    """Words of the index that look like those asked for: a letter too many, too few, or another.

    None that stands only in what becomes public another day. One query a word that is found.
    """
    found = []
    for word in asked[:3]:
        alike = SearchWord.objects.annotate(letters=Length("word")).filter(
            word__startswith=word[:2], letters__gte=len(word) - 2, letters__lte=len(word) + 2
        )
        found += get_close_matches(word, alike.values_list("word", flat=True)[:2000], n=2, cutoff=0.75)
    return [word for word in dict.fromkeys(found) if database.count([[(stem(word),)]], day=day, most=1)]


# --- what is shown ---


def _hits(ids: Sequence[int], wanted: set[str], day: date) -> list[Hit]:
    """Six queries. What the hits of plans need of their rows comes with the standings: models cost time."""
    entries = (
        SearchEntry.objects.select_related(
            "community",
            "translation__plan__community",
            "decision__case__committee__community",
            "minutes__meeting__committee__community",
        )
        .select_related("decision__meeting")
        .annotate(number=F("publication__revision__number"))
        .defer("title_stems", "text_stems", "part_stems", "place_stems", "minutes__content")
        .in_bulk(ids)
    )
    plans = _standings({entry.plan_id for entry in entries.values() if entry.plan_id}, day)
    found = [entries[pk] for pk in ids if pk in entries]
    return [_hit(entry, wanted, plans) for entry in found if not entry.plan_id or entry.plan_id in plans]


def _standings(plans: Iterable[int], day: date) -> dict[int, Standing]:
    """By plan, of its newest public version."""
    public = Revision.objects.filter(plan__in=plans, publication__published_from__lte=day)
    newest = dict(public.order_by("number").values_list("plan", "pk"))
    revisions = Revision.objects.filter(pk__in=newest.values()).select_related(
        "publication", "plan__community"
    )
    found = standings(revisions.defer("content"), day, decided=False)
    return {standing.plan.pk: standing for standing in found}


def _hit(entry: SearchEntry, wanted: set[str], plans: Mapping[int, Standing]) -> Hit:
    standing = plans.get(entry.plan_id or 0)
    old = standing is not None and standing.publication.pk != entry.publication_id
    version: int | None = entry.number if old else None  # type: ignore[attr-defined]  # annotated above
    return Hit(
        entry=entry,
        title=marked(entry.title, wanted, letters=220),
        excerpt=marked(entry.text.replace("\n", " · "), wanted, letters=260),
        url=_url(entry, standing, version),
        standing=standing,
        version=version,
    )


def _url(entry: SearchEntry, standing: Standing | None, version: int | None) -> str:
    if entry.decision:
        return f"{public_case_url(entry.decision.case)}#vedtak-{entry.decision_id}"
    if entry.minutes:
        meeting = entry.minutes.meeting
        committee = meeting.committee
        return reverse("public_minutes", args=[committee.community.slug, committee.slug, meeting.date])
    assert standing, "every entry that is not of a plan was answered above"
    plan = standing.plan
    page = plan.get_absolute_url()
    if entry.translation:
        page = entry.translation.get_absolute_url()
    elif version:
        page = reverse("revision_page", args=[plan.community.slug, plan.slug, version])
    return f"{page}#t-{entry.code}" if entry.code else page
