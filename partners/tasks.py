"""Mail to people. Sent by the task worker, so that no transaction waits for a mail server."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import HealthCommunity, User


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
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    body = render_to_string(
        "partners/email/invitation.txt",
        {
            "name": user.name,
            "community": HealthCommunity.objects.get(pk=community_id) if community_id else None,
            "link": settings.SITE_URL + path,
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
            "again": settings.SITE_URL + reverse("account_reset_password"),
        },
    )
    send_mail(_("Invitasjon til Helsefellesskap"), body, None, [user.email])
