"""What was typed is not lost when the session ended: a page shows it, and sends it again after sign-in."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache

from helsefellesskap.richtext import plain
from partners.models import User

# What the page sends anew with a value of its own, or must not repeat.
_NOT_WORDS = {"csrfmiddlewaretoken"}
_NOT_SHOWN = {"version", "base", "op"}

type View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request that has passed `at_work`."""

    user: User


def at_work(view: View) -> View:
    """`login_required`, which for a POST keeps what was sent instead of throwing it away."""
    to_login = never_cache(login_required(view))

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return send_again(request)
        return to_login(request, *args, **kwargs)

    return wrapped


def send_again(request: HttpRequest) -> HttpResponse:
    """403: the fields that were sent, in a form that sends them again with a fresh token."""
    sent = [(name, v) for name, vs in request.POST.lists() if name not in _NOT_WORDS for v in map(str, vs)]
    texts = [words for name, v in sent if name not in _NOT_SHOWN and (words := plain(v)) not in ("", "on")]
    context = {"sent": sent, "texts": texts, "files": bool(request.FILES)}
    return render(request, "plans/workbench/send_again.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW. Signing in anew changes the token, so that a form opened before it is refused.

    Under /arbeid/, and only where the browser says that the form was ours, it can be sent again.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and request.path.startswith("/arbeid/"):
        return send_again(request)
    return plain_csrf_failure(request, reason=reason)
