"""When committees meet, as calendars that anybody can subscribe to."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override

from committees.calendars import public_feed
from committees.models import Committee, Meeting
from partners.models import HealthCommunity

from .answers import for_all, sent


@for_all
def community_calendar(request: HttpRequest, community: str) -> HttpResponse:
    there = get_object_or_404(HealthCommunity, slug=community)
    return _calendar(request, there.name, committee__community=there)


@for_all
def committee_calendar(request: HttpRequest, community: str, committee: str) -> HttpResponse:
    there = get_object_or_404(Committee, community__slug=community, slug=committee)
    return _calendar(request, there.name, committee=there)


def _calendar(request: HttpRequest, name: str, **of: object) -> HttpResponse:
    meetings = Meeting.objects.filter(**of).select_related("committee__community").order_by("date", "pk")
    # Stamped with the day, so that who asks again on the same day is told that nothing is new.
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    with override("nb"):
        data = public_feed(name, meetings, now=today)
    response = sent(request, data, "text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="moter.ics"'
    return response
