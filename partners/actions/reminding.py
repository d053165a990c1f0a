"""Reminders before a due date, to who has not done it; and word to the leader after it."""

from datetime import date, timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helsefellesskap.dates import in_words
from partners.matters import address_of, leaders_of
from partners.models import Notice
from partners.queries import live_notices
from partners.roles import roles_of

from .notices import tell

DAYS_BEFORE = (1, 3, 14)
DAYS_AFTER = 14  # what is longer overdue was told of, or never will be
NAMES = 10


def write_reminders(today: date) -> None:
    """Reminds of what is due in 14, 3 and 1 days and is not done. Run as often as one likes.

    A day on which nothing ran is made up for by the next, as long as the due date has not passed. Who
    was told later than that many days before is not reminded of them; nor is who has no role today.
    """
    wanted = {}
    for notice in _asked().filter(due__gte=today, due__lte=today + timedelta(days=max(DAYS_BEFORE))):
        told, due = timezone.localdate(notice.made_at), notice.due
        if due and (days := days_to_remind_of(told, due, today)):
            wanted[notice.pk, f"reminder:{notice.pk}:{due:%Y%m%d}:{days}"] = notice
    written = set(
        Notice.objects.filter(reminds_of__in={pk for pk, _key in wanted}).values_list("reminds_of", "key")
    )
    Notice.objects.bulk_create(
        [
            _reminder(notice, key)
            for (pk, key), notice in wanted.items()
            if (pk, key) not in written and _can_still(notice)
        ],
        ignore_conflicts=True,  # another process was first
    )


def write_overdue(today: date) -> None:
    """Tells whoever leads it what was not done in time, and by whom: once for each thing and due date."""
    late: dict[tuple[str, date], list[Notice]] = {}
    for notice in _asked().filter(due__lt=today, due__gte=today - timedelta(days=DAYS_AFTER)).order_by("pk"):
        if notice.due:
            late.setdefault((notice.key, notice.due), []).append(notice)
    keys = {about: f"overdue:{about[0]}:{about[1]:%Y%m%d}" for about in late}
    told = set(Notice.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for about, notices in late.items():
        if keys[about] in told or not (notices := [n for n in notices if _has_a_role(n)]):
            continue
        first = notices[0]
        tell(
            first.community,
            to=leaders_of(first.community, first.key),
            kind=Notice.Kind.REMINDER,
            key=keys[about],
            group=first.group,
            group_title=partial(getattr, first, "title"),
            text=partial(_left_undone, first, notices),
            path=first.path,
        )


def days_to_remind_of(told: date, due: date, today: date) -> int | None:
    """The last of 14, 3 and 1 days before the due date that has come since the person was told."""
    come = [days for days in DAYS_BEFORE if told < due - timedelta(days=days) <= today <= due]
    return min(come, default=None)


def _asked() -> QuerySet[Notice]:
    """What people were told to do, heard of, and have not done."""
    asked = live_notices().exclude(sent_at=None).exclude(due=None).exclude(kind=Notice.Kind.REMINDER)
    return asked.select_related("community", "user", "reminds_of")


def _reminder(notice: Notice, key: str) -> Notice:
    return Notice(
        community=notice.community,
        user=notice.user,
        email=notice.email,
        kind=Notice.Kind.REMINDER,
        key=key,
        group=notice.group,
        group_title=notice.group_title,
        text=notice.text,
        translated=notice.translated,
        path=notice.path,
        due=notice.due,
        reminds_of=notice,
    )


def _can_still(notice: Notice) -> bool:
    """Whether the person has a role there today; or, without an account, a link that opens it."""
    return _has_a_role(notice) and (notice.user is not None or address_of(notice) is not None)


def _has_a_role(notice: Notice) -> bool:
    """Seats and places that ended yesterday are asked nothing today. Without an account there is no role."""
    return notice.user is None or any(c == notice.community_id for _role, c in roles_of(notice.user))


def _left_undone(first: Notice, notices: list[Notice]) -> str:
    names = [str(n.user or n.email) for n in notices]
    who = ", ".join(names[:NAMES])
    if (more := len(names) - NAMES) > 0:
        who = _("%(few)s og %(n)s til") % {"few": who, "n": more}
    due = date_format(first.due, in_words("j. F Y")) if first.due else ""
    left = _("Fristen %(due)s er ute. Ikke gjort av: %(who)s.") % {"due": due, "who": who}
    return f"{left}\n{first.words}"
