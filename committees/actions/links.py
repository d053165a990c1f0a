"""Personal links: made and mailed, sent again, taken back; the one-time code that opens them."""

from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from committees import links
from committees.models import PersonalLink, Seat
from committees.rules import may_make_links
from committees.tasks import send_code as mail_code
from committees.tasks import send_link as mail_link
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, HealthCommunity, Notice, Partner, User

TRIES_A_CODE = 5
TRIES_IN_ALL = 25  # without one that was right
CODES_AN_HOUR = 5

KINDS = {
    PersonalLink.Purpose.REVIEW: Notice.Kind.REVIEW,
    PersonalLink.Purpose.PAPERS: Notice.Kind.MEETING,
    PersonalLink.Purpose.HEARING: Notice.Kind.HEARING,
    PersonalLink.Purpose.STATUS: Notice.Kind.STATUS,
}


class WrongCode(Refusal):
    """The code of a personal link is not the one that was sent, or is used up."""


class TooManyCodes(Refusal):
    status = 429


def make_link(
    purpose: str,
    target: int,
    *,
    by: User,
    seat: Seat | None = None,
    partner: Partner | None = None,
    community: HealthCommunity | None = None,
    name: str,
    email: str,
    expires_at: datetime,
) -> str:
    """Makes a link for one seat or one party, and mails it. Returns its address.

    `target` is the key of what the purpose speaks of. A party comes with its `community`; a seat has
    one. An open link of the same person to the same thing is replaced. The mail tells of it: do not
    `tell` the address as well; reminders before `Opens.due` follow by themselves, until
    `done(f"{purpose}:{target}", to=email)`. Raises NotAllowed, WrongState, LinkClosed.
    """
    place = seat.committee.community if seat else community
    if place is None or (seat is None) == (partner is None):
        raise ValueError("A link is for a seat, or for a party in a community.")
    email = email.strip().lower()
    with transaction.atomic():
        _check(by, place, seat)
        if expires_at <= timezone.now():
            raise WrongState(_("Lenken må gjelde til et tidspunkt som ikke er passert."))
        link = PersonalLink(
            community=place,
            purpose=purpose,
            target=target,
            seat=seat,
            partner=partner,
            name=name,
            email=email,
            expires_at=expires_at,
            made_by=by,
        )
        link.full_clean(exclude=["token_sha256"])
        links.check_open(link)
        what = links.opens(link)
        PersonalLink.objects.filter(
            purpose=purpose, target=target, seat=seat, partner=partner, email=email, revoked_at=None
        ).update(revoked_at=timezone.now())
        _mail(link)
        if what.due:
            tell(
                place,
                to=[email],
                kind=KINDS[PersonalLink.Purpose(purpose)],
                key=_key(link),
                group=_key(link),
                group_title=what.say,
                text=what.say,
                due=what.due,
                mailed=True,
            )
        _log(link, by, "make_link", "Laget personlig lenke for %(who)s: %(what)s.")
    return links.address_of(link)


def resend_link(link: PersonalLink, *, by: User) -> None:
    """Mails the same address again, and forgets wrong codes. Raises NotAllowed, LinkClosed."""
    with transaction.atomic():
        link = _locked(link)
        _check(by, link.community, link.seat)
        links.check_open(link)
        _mail(link)
        _log(link, by, "resend_link", "Sendte personlig lenke til %(who)s på nytt: %(what)s.")


def revoke_link(link: PersonalLink, *, by: User) -> None:
    """Takes a link back: it opens nothing from now on, and nobody is reminded of it. Raises NotAllowed."""
    with transaction.atomic():
        link = _locked(link)
        _check(by, link.community, link.seat)
        if link.revoked_at:
            return
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        done(_key(link), to=link.email)
        _log(link, by, "revoke_link", "Trakk tilbake personlig lenke for %(who)s: %(what)s.")


def send_code(link: PersonalLink) -> None:
    """Mails a new six-digit code, in place of the last. Raises LinkClosed, TooManyCodes."""
    with transaction.atomic():
        link = _locked(link)
        links.check_open(link)
        if link.tries >= TRIES_IN_ALL:
            raise TooManyCodes(_("Det er prøvd for mange gale koder. Be sekretariatet sende lenken på nytt."))
        sent = cache.get(counter := f"link-codes:{link.pk.hex}", 0)
        if sent >= CODES_AN_HOUR:
            raise TooManyCodes(_("Du har bedt om mange koder. Vent en time før du ber om en ny."))
        cache.set(counter, sent + 1, timeout=60 * 60)
        now = timezone.now()
        link.code_sent_at = now
        link.code_sha256 = links.code_digest(link, links.code_of(link, now))
        link.save(update_fields=["code_sent_at", "code_sha256"])
        mail_code.enqueue(link_id=str(link.pk), sent_at=now.isoformat(), language=get_language() or "")


def open_link(link: PersonalLink, *, code: str) -> PersonalLink:
    """Uses up the code. Raises LinkClosed; WrongCode where it is wrong, too old, used or tried too often."""
    with transaction.atomic():
        link = _locked(link)
        links.check_open(link)
        if not links.code_is_out(link):
            raise WrongCode(_("Koden gjelder ikke lenger. Be om en ny."))
        right = links.is_code(link, code)
        now = timezone.now()
        link.tries = 0 if right else link.tries + 1
        if link.tries % TRIES_A_CODE == 0:
            link.code_sha256 = ""
        if right:
            link.last_used_at = now
        link.save(update_fields=["tries", "code_sha256", "last_used_at"])
        if right:
            _log(link, None, "open_link", "%(who)s åpnet personlig lenke med kode: %(what)s.")
    if not right:  # outside, so that the try is counted
        raise WrongCode(_wrong(link))
    return link


def _wrong(link: PersonalLink) -> str:
    if not link.code_sha256:
        return _("Koden stemmer ikke, og det var siste forsøk med den. Be om en ny.")
    return _("Koden stemmer ikke. Se etter i den siste e-posten fra oss.")


def _check(by: User, community: HealthCommunity, seat: Seat | None) -> None:
    if not may_make_links(by, community, seat):
        raise NotAllowed(_("Bare sekretariatet kan lage, sende og trekke tilbake personlige lenker."))


def _locked(link: PersonalLink) -> PersonalLink:
    return (
        locked(PersonalLink.objects).select_related("community", "seat__committee", "partner").get(pk=link.pk)
    )


def _mail(link: PersonalLink) -> None:
    """Writes down how the address is known again, and has it mailed."""
    link.token_sha256 = links.sha256_of(links.token_of(link))
    link.tries = 0
    link.save()
    mail_link.enqueue(link_id=str(link.pk))


def _key(link: PersonalLink) -> str:
    """What the link's notice is about."""
    return f"{link.purpose}:{link.target}"


def _log(link: PersonalLink, by: User | None, verb: str, words: str) -> None:
    facts = {"who": f"{link.name} <{link.email}>", "what": link.get_purpose_display}
    Audit.objects.write(link.community, by=by, verb=verb, what=words, facts=facts)
