"""Mail to people. Sent by the task worker, so that no transaction waits for a mail server."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.tasks import task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .digests import mail_of
from .mail import to_reader, written
from .models import HealthCommunity, Sending, User
from .queries import live_notices

CLAIM = timedelta(minutes=10)  # longer than a mail server's patience (MAILERS' timeout)


@task()
def send_invitation(*, user_id: int, community_id: int | None = None) -> None:
    """Sends the link by which an invited person chooses a password and is logged in.

    A link works once, and for as long as PASSWORD_RESET_TIMEOUT says. Somebody who has chosen a
    password since gets nothing.
    """
    user = User.objects.get(pk=user_id)
    if not user.is_active or user.has_usable_password():
        return
    key = default_token_generator.make_token(user)
    keyed = {"uidb36": user_pk_to_url_str(user), "key": key}
    community = HealthCommunity.objects.get(pk=community_id) if community_id else None
    with to_reader(user, community):
        body = written(
            "partners/email/invitation.txt",
            name=user.name,
            community=community,
            link=settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=keyed),
            days=settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
            again=settings.SITE_URL + reverse("account_reset_password"),
        )
        subject = _("Invitasjon til Helsefellesskap")
    send_mail(subject, body, None, [user.email])


@task()
def mail_notices(*, sending_id: int) -> None:
    """Sends one mail of notices, unless a mail server has taken it already or another worker is at it.

    No transaction is open meanwhile. A worker that dies before the server answers leaves a claim that
    lapses, and `send_notices` enqueues it again. What was done since it was made is left out.
    """
    now = timezone.now()
    mine = Sending.objects.filter(Q(claimed_at=None) | Q(claimed_at__lte=now - CLAIM), accepted_at=None)
    if not mine.filter(pk=sending_id).update(claimed_at=now):
        return
    accepted_at = None
    try:
        sending = Sending.objects.get(pk=sending_id)
        news = list(live_notices().filter(sending=sending).select_related("community", "user", "reminds_of"))
        if news:
            mail_of(sending, news).send()
        accepted_at = timezone.now()
    finally:
        Sending.objects.filter(pk=sending_id).update(claimed_at=None, accepted_at=accepted_at)
