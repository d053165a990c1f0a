"""The request as views behind `login_required` know it."""

from django.http import HttpRequest

from .models import User


class SignedIn(HttpRequest):
    user: User
