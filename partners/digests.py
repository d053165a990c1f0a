"""E-mail of notices: what goes into which mail, and how it reads. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .mail import to_reader, written
from .matters import address_of, enclosures_of
from .models import Notice, Sending, User

DIGEST_AT = time(7)
URGENT_DAYS = 2

_signer = Signer(salt="partners.notices")


# --- what goes now ---


def choose(waiting: Sequence[Notice], now: datetime, *, had_digest: bool) -> tuple[Sequence[Notice], bool]:
    """Which of one person's waiting notices go into a mail now, and whether it is the day's digest.

    From seven o'clock a digest takes all that waits, once a day: where something of it was written before
    seven, so that each day's news are told together the next morning. Between digests only what is
    urgent goes.
    """
    local = timezone.localtime(now)
    morning = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    if local >= morning and not had_digest and any(_may_begin_digest(n, morning) for n in waiting):
        return waiting, True
    return [notice for notice in waiting if is_urgent(notice)], False


def is_urgent(notice: Notice) -> bool:
    """What mentions the person, and what was told within two days of its due date."""
    if notice.kind == Notice.Kind.REMINDER:
        return False
    told = timezone.localdate(notice.made_at)
    soon = notice.due is not None and notice.due <= told + timedelta(days=URGENT_DAYS)
    return notice.urgent or notice.kind == Notice.Kind.MENTION or soon


def _may_begin_digest(notice: Notice, morning: datetime) -> bool:
    return notice.made_at < morning or notice.kind == Notice.Kind.REMINDER  # due on its day


# --- how it reads ---


@dataclass(frozen=True)
class Line:
    notice: Notice
    address: str | None

    @property
    def text(self) -> str:
        """Lines after the first stand under the first."""
        return "\n  ".join(self.notice.words.splitlines())


@dataclass(frozen=True)
class Group:
    """A plan or a meeting, and what is told of it."""

    title: str
    community: str
    lines: Sequence[Line]


def grouped(notices: Sequence[Notice]) -> list[Group]:
    """By plan and meeting; the newest first, both groups and lines."""
    groups: dict[tuple[int, str], list[Notice]] = {}
    for notice in sorted(notices, key=lambda n: (n.made_at, n.pk), reverse=True):
        groups.setdefault((notice.community_id, notice.group), []).append(notice)
    return [
        Group(ns[0].title, str(ns[0].community), [Line(n, address_of(n)) for n in ns])
        for ns in groups.values()
    ]


def mail_of(sending: Sending, notices: Sequence[Notice]) -> EmailMessage:
    """The mail, in its reader's language, or else in the form of the community that it tells news of.

    Its Message-ID is the sending's own: where it must be sent twice, since a worker died between the
    server's answer and our writing it down, mailboxes know it again.
    """
    to = next((n.user for n in notices if n.user), None)
    with to_reader(to, notices[0].community):
        return _mail_of(sending, notices, to)


def _mail_of(sending: Sending, notices: Sequence[Notice], to: User | None) -> EmailMessage:
    groups = grouped(notices)
    choices = settings.SITE_URL + choices_path(to, sending.email)
    body = written(
        "partners/email/digest.txt",
        name=to.name if to else "",
        groups=groups,
        several=len({n.community_id for n in notices}) > 1,
        work=settings.SITE_URL + reverse("my_work") if to else "",
        choices=choices,
    )
    mail = EmailMessage(
        _subject(groups),
        body,
        to=[sending.email],
        headers={
            "Message-ID": f"<varsel-{sending.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{choices}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    for part in enclosures_of(sending.email, notices):
        mail.attach(part)
    return mail


def _subject(groups: Sequence[Group]) -> str:
    title = " ".join(groups[0].title.split())
    if len(groups) > 1:
        return _("%(title)s og %(n)d til") % {"title": title, "n": len(groups) - 1}
    return title


# --- the address in each mail where one chooses what to get ---


def choices_path(user: User | None, email: str) -> str:
    """The page for one person, without signing in: it opens nothing else."""
    token = _signer.sign(f"u{user.pk}" if user else f"e{email}")
    return reverse("choose_notices_by_mail", kwargs={"token": token})


def whose_choices(token: str) -> User | str | None:
    """The user, or the e-mail address of somebody without an account; None for a token that is not ours."""
    try:
        value = _signer.unsign(token)
    except BadSignature:
        return None
    if value[0] == "u":
        return User.objects.filter(pk=int(value[1:]), is_active=True).first()
    return value[1:]
