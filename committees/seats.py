"""The roles that seats give, on the days they last."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from partners.models import User
from partners.roles import Held, on


def seats_held(user: User, day: date) -> QuerySet[Any, Held]:
    return user.seats.filter(on(day)).values_list("role", "committee__community")
