"""What notices are about: by the first word of a notice's key («review:12») the apps above say who leads
it, where somebody without an account goes to do it, and what lies in the mail. They say so in `ready()`.
"""

from collections.abc import Callable, Iterable, Sequence
from email.message import MIMEPart

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from helsefellesskap.languages import BOKMAL, in_language

from .models import HealthCommunity, Notice, User
from .roles import on

type Leaders = Callable[[int], Iterable[User]]  # of the thing with this key
type GuestAddress = Callable[[str, int], str | None]  # (e-mail, the thing's key) → absolute address
type Enclosure = Callable[[str, Notice], MIMEPart | None]  # (e-mail, what it tells of) → a file

_leaders: dict[str, Leaders] = {}
_guest_addresses: dict[str, GuestAddress] = {}
_enclosures: dict[str, Enclosure] = {}


def register(
    word: str,
    *,
    leaders: Leaders | None = None,
    guest_address: GuestAddress | None = None,
    enclosure: Enclosure | None = None,
) -> None:
    """`leaders` hear what was not done in time; without it the secretariat does. `guest_address` gives
    None where the person can no longer do it, `enclosure` where no file goes with the notice.
    """
    if leaders:
        _leaders[word] = leaders
    if guest_address:
        _guest_addresses[word] = guest_address
    if enclosure:
        _enclosures[word] = enclosure


def leaders_of(community: HealthCommunity, key: str) -> Sequence[User]:
    """The people who should hear that what a notice asked for was not done in time."""
    word, target = parts_of(key)
    if target is not None and (leaders := _leaders.get(word)) and (found := list(leaders(target))):
        return found
    places = community.secretariat.filter(on(timezone.localdate())).select_related("user")
    return [place.user for place in places]


def address_of(notice: Notice) -> str | None:
    """Where the notice's one thing is done, as an absolute address; None where there is nothing to open."""
    if notice.user_id is None:
        word, target = parts_of(notice.reminds_of.key if notice.reminds_of else notice.key)
        if target is not None and (address := _guest_addresses.get(word)):
            return address(notice.email, target)
        if notice.path.startswith("/arbeid/"):
            return None  # for people with an account
    return settings.SITE_URL + in_language(notice.path, get_language() or BOKMAL) if notice.path else None


def enclosures_of(email: str, notices: Iterable[Notice]) -> list[MIMEPart]:
    """The files that go with these notices to this person: of one group, such as a meeting, one file."""
    found: dict[str, MIMEPart] = {}
    for notice in notices:
        make = _enclosures.get(parts_of(notice.key)[0])
        if make and notice.group not in found and (part := make(email, notice)):
            found[notice.group] = part
    return list(found.values())


def parts_of(key: str) -> tuple[str, int | None]:
    """«review:12:papers» → («review», 12)."""
    word, _colon, rest = key.partition(":")
    number = rest.partition(":")[0]
    return word, int(number) if number.isdecimal() else None
