"""A form that was opened before somebody signed in anew is not lost: it can be sent again."""

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure as plain_csrf_failure

from helsefellesskap.languages import without_language
from partners.requests import SignedIn, at_work, send_again

__all__ = ["SignedIn", "at_work", "csrf_failure", "send_again"]

# Where people write: the workbench, open hearings, what personal links open.
_WRITING = ("/arbeid/", "/horing/", "/lenke/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW. Signing in anew changes the token, so that a form opened before it is refused.

    On pages for writing, and only where the browser says that the form was ours, it can be sent again.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and without_language(request.path).startswith(_WRITING):
        return send_again(request)
    return plain_csrf_failure(request, reason=reason)
