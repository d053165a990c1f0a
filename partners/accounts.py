"""Sign-in is for people who were invited: nobody registers by themselves."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
