"""Days as people in Norway count them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import get_language


def local_day(moment: datetime) -> date:
    """The day in Oslo on which this happened."""
    return timezone.localtime(moment).date()


# How days and hours are written in Norwegian, and what the language in use has for the same (its formats).
_OF_THE_LANGUAGE = {
    "l j. F Y": "l DATE_FORMAT",
    "j. F Y": "DATE_FORMAT",
    "j. F Y H.i": "DATE_FORMAT TIME_FORMAT",
    "j. F H.i": "MONTH_DAY_FORMAT TIME_FORMAT",
    "j. F": "MONTH_DAY_FORMAT",
    "H.i": "TIME_FORMAT",
}


def in_words(form: str) -> str:
    """The same date format in the language in use: «j. F Y» is «j F Y» in English, «Y F j» in Sámi.

    Norwegian is as it is written, and so is a format that people are not meant to read («Y-m-d»).
    """
    if get_language() in ("nb", "nn") or form not in _OF_THE_LANGUAGE:
        return form
    return " ".join(get_format(part) if "_" in part else part for part in _OF_THE_LANGUAGE[form].split())


def on_a_page(form: str) -> str:
    """`in_words`, where no line ends between a day and its month."""
    form = in_words(form)
    for day in ("j. F", "j F", "F j"):
        form = form.replace(day, day.replace(" ", "\xa0"))
    return form
