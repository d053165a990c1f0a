"""Days as people in Norway count them."""

from datetime import date, datetime

from django.utils import timezone


def local_day(moment: datetime) -> date:
    """The day in Oslo on which this happened."""
    return timezone.localtime(moment).date()
