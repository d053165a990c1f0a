"""Typed errors that actions raise, and the one place that turns them into answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .file_checks import Refused
from .languages import say


class Refusal(Exception):
    """Something that the person asked for is refused; the message is a Norwegian sentence for them."""

    status = 422
    template = "refused.html"


class NotAllowed(Refusal):
    status = 403


class WrongState(Refusal):
    """The thing is not in a state in which this can be done."""

    status = 409


class Conflict(Refusal):
    """Somebody else changed the same thing first."""

    status = 409


class Unavailable(Refusal):
    """Something of ours is at fault, a full disk or a lost file; whoever raises it logs why."""

    status = 503


def why_refused(refused: Refused) -> str:
    """Why a file was refused, in the language in use."""
    return say(refused.sentence, refused.facts)


class AnswerRefusals:
    """Middleware: a Refusal that a view lets through becomes a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return render(request, error.template, {"error": error}, status=error.status)


def too_many_fields(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what Django itself found wrong with the request (too large, too many fields, bad host)."""
    return render(request, "400.html", status=400)
