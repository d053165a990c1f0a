"""Files and feeds: what has no language in its address."""

from django.urls import path

from .urls import PUBLIC_MINUTES
from .views import calendars, minutes

urlpatterns = [
    path("kalender/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path(PUBLIC_MINUTES + "protokoll.pdf", minutes.minutes_pdf, name="minutes_pdf"),
]
