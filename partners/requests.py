"""Requests of people who signed in."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from .models import User

type View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request that has passed `signed_in`."""

    user: User


def signed_in(view: View) -> View:
    """Only for people who signed in, and kept by no cache on the way to them."""
    return never_cache(login_required(view))
