"""The roles that seats give, on the days they last."""

from collections.abc import Iterable
from datetime import date

from partners.models import User
from partners.roles import Held, on


def seats_held(user: User, day: date) -> Iterable[Held]:
    yield from user.seats.filter(on(day)).values_list("role", "committee__community").distinct()
