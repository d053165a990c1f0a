"""One address of the API: what it takes, what it answers, and the view made of that."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from plans.opendata.answers import View, absolute, as_json, for_all, sent
from plans.opendata.paging import Asked
from plans.opendata.parameters import LIMIT, OFFSET, Parameter, read
from plans.opendata.shapes import plain

BASE = "/api/v1/"
LISTED = (LIMIT, OFFSET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    route: str  # as Django writes it, below /api/v1/
    name: str  # of the URL
    tag: str  # the resource, in Norwegian, that it is listed under
    summary: str
    answer: Callable[..., Any]  # (asked, **parts of the address) → the shape, or a Page of it
    shape: type
    parameters: tuple[Parameter, ...] = ()
    listed: bool = False  # a Page of the shape
    media_type: str = "application/json"

    @property
    def path(self) -> str:
        """As OpenAPI writes it: `/plans/{community}/{plan}`."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.route)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(converter, name) of the variable parts of the address."""
        return re.findall(r"<(?:(\w+):)?(\w+)>", self.route)

    def view(self) -> View:
        @for_all
        def view(request: HttpRequest, **parts: Any) -> HttpResponse:
            given = read(request, self.parameters)
            asked = Asked(absolute(request.path), dict(given), request.GET.dict())
            # What is sent names things in one language whoever asks.
            with override("nb"):
                told = plain(self.answer(asked, **parts))
            return sent(request, as_json(told), self.media_type)

        return view
