"""Sign-in is for people who were invited: nobody registers by themselves."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models import User

_WRONG_CODE = _("Koden er feil.")


class InvitedOnly(DefaultAccountAdapter):
    """What allauth says is said in all our languages, and mail in the one that its reader chose; where they
    chose none, in that of the page.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-postadressen eller passordet er feil."),
        "enter_current_password": _("Skriv passordet du har nå."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("Passordet er feil."),
        "rate_limited": _("Det ble for mange forsøk. Vent litt."),
        "too_many_login_attempts": _("Det ble for mange forsøk. Vent litt før du prøver igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        with _language_of(user):
            page = self.get_reset_password_from_key_url(f"{context['uid']}-{context['key']}")
            super().send_password_reset_mail(user, email, context | {"password_reset_url": page})

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        with _language_of(user):
            super().send_notification_mail(template_prefix, user, *args, **kwargs)


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}


def _language_of(user: User) -> translation.override:
    return translation.override(user.language or translation.get_language())


class _FieldsFirst:
    """Their way to a forgotten password is a link between two fields, where Tab stops on the way from one
    to the other. Our templates have it after the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password", "oldpassword"):
            if field := self.fields.get(name):  # type: ignore[attr-defined]  # beside a form
                field.help_text = ""


class LoginForm(_FieldsFirst, forms.LoginForm):
    pass


class ChangePasswordForm(_FieldsFirst, forms.ChangePasswordForm):
    pass


class ReauthenticateForm(_FieldsFirst, forms.ReauthenticateForm):
    pass
