"""What happens after the answer: mail from committees, and the minutes and their extracts as files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.mail import to_reader, written
from partners.models import StoredFile

from . import links
from .models import AgendaItem, Meeting, Minutes

logger = logging.getLogger(__name__)


@task()
def send_link(*, link_id: str) -> None:
    """Mails the address of a personal link, unless it has closed meanwhile."""
    if not (link := links.link_for(link_id)):
        return
    try:
        links.check_open(link)
        what = links.opens(link)
    except links.LinkClosed:
        return
    with to_reader(None, link.community):
        address = links.address_of(link)
        body = written("committees/email/link.txt", link=link, what=what, address=address)
        subject = _("%(community)s: %(title)s") % {"community": link.community, "title": what.title}
    send_mail(subject, body, None, [link.email])


@task()
def send_code(*, link_id: str, sent_at: str, language: str = "") -> None:
    """Mails the code that was asked for then on a page in this language, unless it is out of date."""
    link = links.link_for(link_id)
    moment = datetime.fromisoformat(sent_at)
    if not link or link.code_sent_at != moment or not links.code_is_out(link):
        return
    code = links.code_of(link, moment)
    with to_reader(None, link.community, language):
        body = written("committees/email/code.txt", link=link, code=code, minutes=links.CODE_MINUTES)
        subject = _("Kode: %(code)s") % {"code": code}
    send_mail(subject, body, None, [link.email])


# How long after a failure a file is tried again, each time.
TRY_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=10))


@contextmanager
def _tried_again(
    task: Any, key: int, tries: int, row: QuerySet[Minutes] | QuerySet[AgendaItem]
) -> Iterator[None]:
    """A failure, also of a full disk, is logged, kept on the row with its reason, raised so that the task
    shows as failed, and tried again after a while. Nothing of such a file is kept.
    """
    try:
        yield
    except Exception as error:  # whatever the fault, it is to be seen; raised again at once
        logger.exception("%s of %s failed", task.name, key)
        row.update(file_tries=tries + 1, file_error=str(error) or type(error).__name__)
        if tries < len(TRY_AGAIN_AFTER):
            task.using(run_after=timezone.now() + TRY_AGAIN_AFTER[tries]).enqueue(key, tries + 1)
        raise


@task()
def make_minutes(meeting_id: int, tries: int = 0) -> None:
    """Makes and keeps the approved minutes as a PDF for everybody. Safe to run again."""
    # WeasyPrint takes a second to import, and most processes never render.
    from .minutes_pdf import render

    waiting = Minutes.objects.filter(meeting=meeting_id, file=None, approved_at__isnull=False)
    if not waiting.exists():
        return
    meeting = Meeting.objects.select_related("committee__community").get(pk=meeting_id)
    with _tried_again(make_minutes, meeting_id, tries, waiting):
        stored = StoredFile.objects.store(render(meeting), "application/pdf")
    with transaction.atomic():  # killed in between, nobody would ask for the extracts
        waiting.update(file=stored, file_error="")
        for item in meeting.agenda.order_by("position", "pk"):
            make_extract.enqueue(item.pk)


@task()
def make_extract(item_id: int, tries: int = 0) -> None:
    """Makes and keeps what the approved minutes say of one case, for everybody. Safe to run again."""
    from .minutes_pdf import render_extract

    item = AgendaItem.objects.select_related("meeting__committee__community", "case").get(pk=item_id)
    if item.extract_id or item.meeting.state != Meeting.State.MINUTES_APPROVED:
        return
    row = AgendaItem.objects.filter(pk=item_id)
    with _tried_again(make_extract, item_id, tries, row):
        data = render_extract(item, restricted=False, public=True)
        stored = StoredFile.objects.store(data, "application/pdf") if data else None
    if stored:
        row.update(extract=stored, file_error="")
