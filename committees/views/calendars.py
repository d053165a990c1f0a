"""Calendars: one meeting's invitation, and the feeds behind secret addresses."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import actions, calendars, rules
from committees.actions.calendars import sha256_of, token_of
from committees.models import CalendarFeed
from committees.queries.calendars import committees_with_feeds, feed_meetings
from committees.queries.committees import committee_for, meeting_for
from partners.requests import SignedIn, at_work


@require_safe
@at_work
def invitation(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    data = calendars.invitation(there, attendee=request.user.email, now=timezone.now())
    return _calendar(data, f"{there.committee.slug}-{there.date:%Y-%m-%d}.ics")


@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program fetches. The secret is the address; rights are those of today."""
    found = CalendarFeed.objects.select_related("user", "committee__community")
    feed = found.filter(token_sha256=sha256_of(token)).first()
    if feed is None or not feed.user.is_active:
        raise Http404
    name = feed.committee.abbreviation if feed.committee else _("Mine møter")
    answer = _calendar(calendars.feed(name, feed_meetings(feed), now=timezone.now()), "moter.ics")
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
@at_work
def my_calendars(request: SignedIn) -> HttpResponse:
    rows = [
        (committee, feed, _address(feed) if feed else "")
        for committee, feed in committees_with_feeds(request.user)
    ]
    return render(request, "committees/my_calendars.html", {"rows": rows})


@require_POST
@at_work
def make_feed(request: SignedIn) -> HttpResponse:
    """Of one committee («utvalg=troms-og-ofoten/ssu»), or of all."""
    community, _slash, slug = request.POST.get("utvalg", "").partition("/")
    body = committee_for(request.user, community, slug, may=rules.may_read_papers) if community else None
    actions.make_feed(request.user, committee=body)
    messages.success(request, _("Kalenderadressen er laget. Den er hemmelig: del den ikke med andre."))
    return redirect("my_calendars")


@require_POST
@at_work
def revoke_feed(request: SignedIn, pk: UUID) -> HttpResponse:
    actions.revoke_feed(get_object_or_404(CalendarFeed, pk=pk), by=request.user)
    messages.success(request, _("Kalenderadressen virker ikke lenger."))
    return redirect("my_calendars")


def _address(feed: CalendarFeed) -> str:
    return settings.SITE_URL + reverse("calendar_feed", args=[token_of(feed)])


def _calendar(data: bytes, name: str) -> HttpResponse:
    disposition = f'inline; filename="{name}"'
    return HttpResponse(
        data, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition}
    )
