"""Notices become e-mail: reminders are written, each person's mail is made once, lost ones are sent again.

`send_notices` may be run twice, at once too, and be killed anywhere. What it does to one person is one
transaction: the notices are taken, the mail is made and its task is enqueued, or nothing of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from helsefellesskap.databases import locked
from partners.digests import choose
from partners.models import Notice, NoticeOff, Sending
from partners.queries import live_notices
from partners.tasks import mail_notices

from .reminding import write_overdue, write_reminders

FIRST_RETRY = timedelta(minutes=15)
MOST_RETRIES = 8  # each after twice the time: two and a half days


def send_notices() -> int:
    """Everything that is to be told now goes on its way. Returns how many mails were made."""
    now = timezone.now()
    write_reminders(timezone.localdate(now))
    write_overdue(timezone.localdate(now))
    _pass_over_unwanted(now)
    made = sum(_make_mail(email, now) for email in _ready(now))
    _send_again(now)
    return made


def _waiting() -> QuerySet[Notice]:
    """What nobody has heard and still is so, the newest first."""
    return live_notices().filter(sent_at=None).select_related("user").order_by("-made_at", "-pk")


def _to(email: str) -> Q:
    return Q(user__email=email) | Q(user=None, email=email)


def _pass_over_unwanted(now: datetime) -> None:
    """What a person wants no mail of is settled without: turning it on again brings no flood."""
    off = NoticeOff.objects.filter(kind=OuterRef("kind"))
    unwanted = Exists(off.filter(user=OuterRef("user"))) | Exists(
        off.filter(user=None, email=OuterRef("email"))
    )
    keys = list(Notice.objects.filter(unwanted, sent_at=None).values_list("pk", flat=True))
    Notice.objects.filter(pk__in=keys, sent_at=None).update(sent_at=now)


def _ready(now: datetime) -> Sequence[str]:
    """The addresses that get a mail now. Read without locks: `_make_mail` looks again."""
    waiting: dict[str, list[Notice]] = {}
    for notice in _waiting():
        waiting.setdefault(notice.address, []).append(notice)
    had = set(
        Sending.objects.filter(day=timezone.localdate(now), digest=True).values_list("email", flat=True)
    )
    return [email for email, notices in waiting.items() if choose(notices, now, had_digest=email in had)[0]]


def _make_mail(email: str, now: datetime) -> bool:
    """Takes what the person is to hear now into one mail. Says whether there was any."""
    today = timezone.localdate(now)
    with transaction.atomic():
        waiting = list(locked(_waiting().filter(_to(email))))
        # Asked after the lock: whoever held it may have made today's digest.
        had_digest = Sending.objects.filter(email=email, day=today, digest=True).exists()
        notices, digest = choose(waiting, now, had_digest=had_digest)
        if not notices:
            return False
        sending = Sending.objects.create(email=email, day=today, digest=digest, retry_at=now + FIRST_RETRY)
        Notice.objects.filter(pk__in=[n.pk for n in notices]).update(sent_at=now, sending=sending)
        mail_notices.enqueue(sending_id=sending.pk)
    return True


def _send_again(now: datetime) -> None:
    """Enqueues what no mail server has taken: its worker died, or the server was away."""
    late = Sending.objects.filter(accepted_at=None, retry_at__lte=now, tries__lt=MOST_RETRIES)
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            sending = locked(late.filter(pk=pk)).first()
            if not sending:
                continue
            sending.tries += 1
            sending.retry_at = now + FIRST_RETRY * 2**sending.tries
            sending.save(update_fields=["tries", "retry_at"])
            mail_notices.enqueue(sending_id=sending.pk)
