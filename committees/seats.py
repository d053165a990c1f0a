"""The roles that seats give, on the days they last; and for whom a seat speaks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from helsefellesskap.databases import norwegian_key
from partners.models import User
from partners.roles import Held, on

if TYPE_CHECKING:  # read at start, before the models are there
    from .models import Seat

_MOST = 500  # letters


def seats_held(user: User, day: date) -> QuerySet[Any, Held]:
    return user.seats.filter(on(day)).values_list("role", "committee__community")


def spoken_for(seat: "Seat") -> str:
    """«kommunene i Ofoten (Gratangen og Narvik)», «UNN»; of a seat for nobody in particular its holder.

    At most 500 letters. A party without a seat is named by none. Prefetch `represents` for many.
    """
    names = sorted((p.short or p.name for p in seat.represents.all()), key=norwegian_key)
    parties = str(get_text_list(names, _("og")))
    told = f"{seat.area} ({parties})" if seat.area and parties else seat.area or parties or seat.printed_name
    if len(told) > _MOST:
        rest = _("%(n)s parter") % {"n": len(names)}
        told = f"{seat.area} ({rest})" if seat.area else rest
    return told
