"""Files and feeds: what has no language in its address."""

from django.urls import path

from .urls import EXTRACT, PUBLIC_MINUTES
from .views import calendars, extracts, minutes

urlpatterns = [
    path("kalender/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path(PUBLIC_MINUTES + "protokoll.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(PUBLIC_MINUTES + EXTRACT + "utskrift.pdf", extracts.public_extract_pdf, name="public_extract_pdf"),
]
