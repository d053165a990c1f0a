"""Personal links: what they open, their addresses and codes, and who is behind a request.

Apps say in `ready()` what a purpose opens (`register`). The page that it opens asks `guest_link(request)`.

Neither address nor code is stored: both are made of the row and SECRET_KEY, so that a task can mail
them, and the row holds a digest to know them again. A copy of the database opens nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal

from .models import Meeting, PersonalLink

SESSION_KEY = "personal_link"
SESSION_HOURS = 4
CODE_MINUTES = 15


class LinkClosed(Refusal):
    """The link was good once: it has expired or was taken back, or its seat or its matter has ended."""

    status = 410


# --- what links open ---


@dataclass(frozen=True)
class Opens:
    """What a link opens. The title stands in mail and link previews: nothing of a restricted case."""

    say: Callable[[], str]  # «Handlingsplan 2027 til behandling i SSU», in the language in use
    path: str  # the page, from the root
    due: date | None = None

    @property
    def title(self) -> str:
        return self.say()


type Resolve = Callable[[PersonalLink], Opens | None]

type PapersOf = Callable[[PersonalLink], QuerySet[Meeting, Meeting]]

_purposes: dict[str, Resolve] = {}
_papers: dict[str, PapersOf] = {}


def register(purpose: str, *, resolve: Resolve, papers: PapersOf | None = None) -> None:
    """Says what links of this `PersonalLink.Purpose` open. `resolve` gives None for what is over or gone;
    `papers` are the meetings whose papers come with it.
    """
    _purposes[purpose] = resolve
    if papers:
        _papers[purpose] = papers


def opens(link: PersonalLink) -> Opens:
    """What the link opens. Raises LinkClosed where there is nothing to open any more."""
    resolve = _purposes.get(link.purpose)
    found = resolve(link) if resolve else None
    if found is None:
        raise LinkClosed(_("Det lenken gjelder, er avsluttet."))
    return found


def papers_of(link: PersonalLink) -> QuerySet[Meeting]:
    """The meetings of the seat's own committee whose papers its guest reads by this link."""
    if link.seat is None or link.purpose not in _papers:
        return Meeting.objects.none()
    return _papers[link.purpose](link).filter(committee=link.seat.committee_id)


# --- the address and the code ---


def token_of(link: PersonalLink) -> str:
    """The secret part of the address: 256 bits, the same each time."""
    digest = salted_hmac("committees.links.token", link.pk.hex, algorithm="sha256").digest()
    return urlsafe_base64_encode(digest)


def is_lost(link: PersonalLink) -> bool:
    """Whether its address cannot be told again: SECRET_KEY was changed. Sending it anew makes a new one."""
    return sha256_of(token_of(link)) != link.token_sha256


def address_of(link: PersonalLink) -> str:
    return settings.SITE_URL + reverse("personal_link", kwargs={"token": token_of(link)})


def code_of(link: PersonalLink, sent_at: datetime) -> str:
    """The six digits that were sent at this moment."""
    made_of = f"{link.pk.hex} {sent_at.isoformat()}"
    digest = salted_hmac("committees.links.sent_code", made_of, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def code_digest(link: PersonalLink, code: str) -> str:
    """With SECRET_KEY in it: a million codes would soon be tried otherwise."""
    return salted_hmac("committees.links.code", f"{link.pk.hex} {code}", algorithm="sha256").hexdigest()


def sha256_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def link_for(pk: str) -> PersonalLink | None:
    return _with_facts().filter(pk=pk).first()


def link_at(token: str) -> PersonalLink | None:
    """The link with this address, be it open or closed."""
    return _with_facts().filter(token_sha256=sha256_of(token)).first()


def code_is_out(link: PersonalLink) -> bool:
    """Whether a code was sent that can still be used."""
    return bool(
        link.code_sha256
        and link.code_sent_at
        and timezone.now() < link.code_sent_at + timedelta(minutes=CODE_MINUTES)
    )


def is_code(link: PersonalLink, code: str) -> bool:
    return code_is_out(link) and constant_time_compare(code_digest(link, code), link.code_sha256)


# --- open or closed ---


def check_open(link: PersonalLink) -> None:
    """Raises LinkClosed where the link opens nothing today, with the reason."""
    if link.revoked_at:
        raise LinkClosed(_("Lenken er trukket tilbake."))
    if link.expires_at <= timezone.now():
        raise LinkClosed(_("Lenken er gått ut."))
    if not _holds(link):
        raise LinkClosed(_("Vervet som lenken gjelder, er avsluttet."))


def _holds(link: PersonalLink) -> bool:
    """Whether the seat lasts today, or the party is a member."""
    today = timezone.localdate()
    if seat := link.seat:
        return seat.start <= today and (seat.end is None or today <= seat.end)
    memberships = link.community.memberships.filter(partner=link.partner_id)
    return memberships.exclude(start__gt=today).exclude(end__lt=today).exists()


# --- who is behind a request ---


def let_in(request: HttpRequest, link: PersonalLink) -> None:
    """The right code was given: this browser is the link's guest for some hours, under a new session key."""
    request.session.cycle_key()
    until = min(link.expires_at, timezone.now() + timedelta(hours=SESSION_HOURS))
    request.session[SESSION_KEY] = {"link": link.pk.hex, "until": until.timestamp()}


def is_let_in(request: HttpRequest, link: PersonalLink) -> bool:
    """Whether this browser is the link's guest already, and need not ask for another code."""
    held = request.session.get(SESSION_KEY)
    return bool(held and held["link"] == link.pk.hex and timezone.now().timestamp() < held["until"])


def guest_link(request: HttpRequest, *purposes: str) -> PersonalLink | None:
    """The personal link by which this request came in, for one of these purposes (any, where none is named).

    Ask it only where nobody is signed in. It gives the right of its seat (or party) to its `target`, and to
    nothing else: compare both. The row is read anew each time. Raises LinkClosed, once, where it has
    closed since; after that the browser is nobody's.
    """
    held = request.session.get(SESSION_KEY)
    if not held:
        return None
    link = link_for(held["link"])
    try:
        if link is None or held["until"] <= timezone.now().timestamp():
            raise LinkClosed(_("Det er en stund siden du brukte koden. Åpne lenken på nytt for å få en ny."))
        check_open(link)
    except LinkClosed:
        del request.session[SESSION_KEY]
        raise
    return link if not purposes or link.purpose in purposes else None


def _with_facts() -> QuerySet[PersonalLink]:
    return PersonalLink.objects.select_related("community", "seat__committee", "partner")
