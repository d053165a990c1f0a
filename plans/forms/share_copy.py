"""Until when a shared copy can be read."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import DayField


def in_a_month() -> date:
    return timezone.localdate() + timedelta(days=30)


class ShareForm(forms.Form):
    expires_on = DayField(label=_("Kan leses til og med"), initial=in_a_month)
