"""Requests of people who signed in, and what they typed when the session ended."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from helsefellesskap.languages import BOKMAL, SPARSE, fill_in_with, without_language
from helsefellesskap.richtext import plain

from .models import HealthCommunity, User

# What the page sends anew with a value of its own, or must not repeat.
_NOT_WORDS = {"csrfmiddlewaretoken"}
_NOT_SHOWN = {"version", "base", "op", "operation", "item", "on_behalf_of"}

type View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request that has passed `signed_in`."""

    user: User


def signed_in(view: View) -> View:
    """Only for people who signed in, and kept by no cache on the way to them."""
    return never_cache(login_required(view))


def at_work(view: View) -> View:
    """`signed_in`, which for a POST keeps what was sent instead of throwing it away."""
    to_login = signed_in(view)

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
    path = without_language(request.path)
    context = {
        "sent": sent,
        "texts": texts,
        "files": bool(request.FILES),
        "guest": path.startswith("/lenke/"),
        "public": path.startswith("/horing/"),
    }
    return render(request, "partners/send_again.html", context, status=403)


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


class CommunityFormFillsIn:
    """Middleware: on a community's pages in Sámi, what has no Sámi words yet is said in its own form.

    It asks the database on those pages only; all others cost no query for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: dict[str, object]) -> None:
        if get_language() in SPARSE and (slug := kwargs.get("community")):
            form = HealthCommunity.objects.filter(slug=slug).values_list("language", flat=True).first()
            fill_in_with(form or BOKMAL)
