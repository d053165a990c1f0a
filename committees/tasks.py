"""Mail from committees. Sent by the task worker, so that no transaction waits for a mail server."""

from datetime import datetime

from django.core.mail import send_mail
from django.tasks import task
from django.utils.translation import gettext as _

from partners.mail import written

from . import links


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
    language = link.community.language
    address = links.address_of(link)
    body = written("committees/email/link.txt", language, link=link, what=what, address=address)
    subject = _("%(community)s: %(title)s") % {"community": link.community, "title": what.title}
    send_mail(subject, body, None, [link.email])


@task()
def send_code(*, link_id: str, sent_at: str) -> None:
    """Mails the code that was asked for at this moment, unless it is out of date."""
    link = links.link_for(link_id)
    moment = datetime.fromisoformat(sent_at)
    if not link or link.code_sent_at != moment or not links.code_is_out(link):
        return
    code = links.code_of(link, moment)
    language = link.community.language
    body = written("committees/email/code.txt", language, link=link, code=code, minutes=links.CODE_MINUTES)
    send_mail(_("Kode: %(code)s") % {"code": code}, body, None, [link.email])
