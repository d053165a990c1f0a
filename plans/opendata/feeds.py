"""Atom feeds: what was adopted, what is on hearing, and what was reported; of all, of one community, of one
that is responsible.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator

from helsefellesskap.dates import local_day
from helsefellesskap.languages import BOKMAL, without_language
from helsefellesskap.richtext import writable
from partners.models import HealthCommunity
from plans.models import Adoption, StatusReport
from plans.queries.duties import Body, body_name, responsible_body
from plans.queries.hearing import listed_hearings
from plans.queries.open_data import naming, newest_revisions, public_since
from plans.templatetags.documents import STATUS_NAMES

from .answers import LICENCE, LICENCE_URL, absolute, for_all, sent
from .measures import codes_for, measures_in

# Entries in a feed: a reader that looks once a week misses nothing.
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    key: str  # an address that stays, though the page it leads to may come to be another
    title: str
    link: str
    summary: str
    at: datetime


@dataclass(frozen=True, slots=True)
class About:
    """Whose feed it is; None of both: everybody's."""

    community: HealthCommunity | None = None
    body: Body | None = None
    slug: str = ""  # of the body

    @property
    def name(self) -> str:
        if self.body is not None and self.community:
            return f"{body_name(self.body)}, {self.community.name}"
        return self.community.name if self.community else _("alle helsefellesskap")


@for_all
def feed(request: HttpRequest, kind: str, community: str = "", slug: str = "") -> HttpResponse:
    if kind not in FEEDS:
        raise Http404
    about = _about(community, slug)
    form = about.community.language if about.community else BOKMAL
    with override(form):
        title, entries = FEEDS[kind](about)
        atom = _Feed(
            title=f"{title}: {about.name}",
            link=absolute(about.community.get_absolute_url() if about.community else "/"),
            description=title,
            feed_url=absolute(request.path),
            feed_guid=absolute(request.path),
            language=form,
            feed_copyright=LICENCE,
        )
        for entry in entries:
            atom.add_item(
                title=writable(entry.title),
                link=entry.link,
                description=escape(writable(entry.summary)),  # Atom1Feed calls it HTML
                unique_id=entry.key,
                pubdate=entry.at,
                updateddate=entry.at,
                author_name=about.community.name if about.community else "Helsefellesskap",
            )
        body = atom.writeString("utf-8").encode()
    return sent(request, body, "application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENCE_URL})

    def latest_post_date(self) -> datetime:
        """An empty feed was never updated, however often it is asked for."""
        if not self.items:
            return timezone.make_aware(datetime(2026, 1, 1))
        latest: datetime = super().latest_post_date()
        return latest


def _about(community: str, slug: str) -> About:
    if not community:
        return About()
    there = get_object_or_404(HealthCommunity, slug=community)
    return About(there, responsible_body(there, slug), slug) if slug else About(there)


def _key(path: str) -> str:
    """The same in everybody's feed and in a community's own, which may be in nynorsk."""
    return absolute(without_language(path))


def adopted(about: About) -> tuple[str, list[Entry]]:
    """Adoptions of what is public, the newest first. Two queries."""
    revisions = newest_revisions()
    if about.community:
        revisions = revisions.filter(plan__community=about.community)
    if about.slug:
        revisions = naming(revisions, about.slug)
    rows = (
        Adoption.objects.filter(revision__in=revisions.order_by().values("pk"), item=None)
        .select_related(
            "revision__plan__community", "revision__publication", "point__decision__case__committee"
        )
        .defer("revision__content")
        .order_by(Greatest("registered_at", "revision__publication__published_at").desc(), "-pk")
    )
    return _("Vedtatte planer"), [_adopted(adoption) for adoption in rows[:_MOST]]


def _adopted(adoption: Adoption) -> Entry:
    revision, decision = adoption.revision, adoption.point.decision
    words = {"who": decision.case.committee.abbreviation, "plan": revision.plan.title}
    told = _("%(community)s. Sak %(case)s. Planen gjelder fra %(day)s.") % {
        "community": revision.plan.community.name,
        "case": decision.case.printed_number,
        "day": f"{adoption.in_force_from:%d.%m.%Y}",
    }
    return Entry(
        # The same when the plan is corrected afterwards.
        key=_key(f"{revision.plan.get_absolute_url()}#vedtatt-{adoption.point_id}"),
        title=_("%(who)s vedtok «%(plan)s»") % words,
        link=absolute(revision.get_absolute_url()),
        summary=told,
        at=max(public_since(revision.publication), adoption.registered_at),
    )


def on_hearing(about: About) -> tuple[str, list[Entry]]:
    """What everybody may answer now. One query."""
    rows = listed_hearings()
    if about.community:
        rows = rows.filter(revision__plan__community=about.community)
    if about.slug:
        asked = Q(parties__slug=about.slug) | Q(committees__slug=about.slug)
        rows = rows.filter(asked).distinct()
    entries = [
        Entry(
            key=_key(f"{hearing.get_open_url()}#horing-{hearing.pk}"),
            title=_("På høring: «%(plan)s»") % {"plan": hearing.revision.plan.title},
            link=absolute(hearing.get_open_url()),
            summary=_("%(community)s. Frist %(day)s.")
            % {"community": hearing.revision.plan.community.name, "day": f"{hearing.deadline:%d.%m.%Y}"},
            at=hearing.sent_at,
        )
        for hearing in rows.order_by("-sent_at", "-pk")[:_MOST]
        if hearing.open_key
    ]
    return _("På høring"), entries


def reported(about: About) -> tuple[str, list[Entry]]:
    """What was reported of measures that stand in public plans. Eight queries."""
    revisions = newest_revisions()
    if about.community:
        revisions = revisions.filter(plan__community=about.community)
    rows = _by(about.body, about.slug).filter(
        plan__in=revisions.order_by().values("plan"),
        item__occurrences__revision__in=revisions.order_by().values("pk"),
    )
    reports = list(rows.select_related("item").distinct().order_by("-reported_at", "-pk")[:_MOST])
    texts = _texts(report.plan_id for report in reports)
    entries = [_reported(report, texts[report.item.code]) for report in reports if report.item.code in texts]
    return _("Status meldt"), entries


def _by(body: Body | None, slug: str) -> QuerySet[StatusReport]:
    """What this one has reported itself."""
    if body is None:
        return StatusReport.objects.all()
    return StatusReport.objects.filter(**{_FIELD[type(body).__name__]: body})


_FIELD = {"Committee": "committee", "Partner": "partner", "RoleParty": "role"}


def _texts(plans: Iterable[int]) -> dict[str, str]:
    """Code → text of every measure of these plans."""
    found = list(measures_in(newest_revisions().filter(plan__in=set(plans))))
    codes = codes_for(found)
    return {codes[one.measure.key]: one.measure.text for one in found if one.measure.key in codes}


def _reported(report: StatusReport, text: str) -> Entry:
    status = str(STATUS_NAMES.get(report.value, report.value))
    words = _("«%(words)s» ") % {"words": report.words} if report.words else ""
    told = words + _("Meldt %(day)s, gjelder per %(as_of)s.") % {
        "day": f"{local_day(report.reported_at):%d.%m.%Y}",
        "as_of": f"{report.as_of:%d.%m.%Y}",
    }
    return Entry(
        key=_key(f"{report.item.get_absolute_url()}#status-{report.pk}"),
        title=f"{report.party_name}: {status}. {text}"[:200],
        link=absolute(report.item.get_absolute_url()),
        summary=told,
        at=report.reported_at,
    )


FEEDS = {"vedtatt": adopted, "horinger": on_hearing, "status": reported}
