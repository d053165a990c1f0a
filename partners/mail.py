"""How mail is written: in the reader's own language, else in the form of the community that it comes from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.template.loader import render_to_string

from helsefellesskap.languages import BOKMAL, speaking

from .models import HealthCommunity, User


@contextmanager
def to_reader(user: User | None, community: HealthCommunity | None, page: str = "") -> Iterator[None]:
    """Within this the words, and the addresses of pages, are in the language that the mail is written in.

    `page` is the language of the page that somebody without an account asked for the mail on.
    """
    form = community.language if community else BOKMAL
    with speaking((user.language if user else "") or page or form, form):
        yield


def written(template: str, **context: Any) -> str:
    """The body of a mail, within `to_reader`."""
    return render_to_string(template, context).strip() + "\n"
