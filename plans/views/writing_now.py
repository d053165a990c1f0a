"""Before words are frozen: whether somebody is in the middle of writing some of them."""

from collections.abc import Sequence

from django.http import HttpRequest

from plans.queries.settled import Writer


def not_told_of(request: HttpRequest, writers: Sequence[Writer]) -> bool:
    """Whether somebody writes whom the page that was sent did not tell of (its `_writing_now.html` does)."""
    return not {str(writer.user) for writer in writers} <= set(request.POST.getlist("skriver"))
