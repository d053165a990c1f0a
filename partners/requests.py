"""Requests of people who signed in."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from .models import User

type View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request that has passed `signed_in`."""

    user: User


def signed_in(view: View) -> View:
    """Only for people who signed in, and kept by no cache on the way to them."""
    return never_cache(login_required(view))


def personal_pages_are_not_kept(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: what was made by looking at who asks is kept by no cache, allauth's pages too."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer
