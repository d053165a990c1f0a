"""What can be asked for: every parameter declared once, read and checked here, told in OpenAPI."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .answers import BadRequest

type Kind = Literal["slug", "path", "day", "moment", "number", "choice", "yes_no", "cursor"]

_SLUG = re.compile(r"[a-z0-9_-]{1,80}", re.IGNORECASE | re.ASCII)
_PATH = re.compile(r"[a-z0-9_-]{1,80}/[a-z0-9_-]{1,80}", re.IGNORECASE | re.ASCII)
_CURSOR = re.compile(r"[ab]\d{1,18}\.\d{1,9}", re.ASCII)
_PATTERNS = {"slug": _SLUG, "path": _PATH, "cursor": _CURSOR}
# Far beyond every row there is, and within what both databases count to.
MOST = 1_000_000_000
# Years that every calendar here can count with, in any time zone.
_FIRST, _LAST = 1900, 2900


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    about: str
    kind: Kind
    example: str
    choices: tuple[str, ...] = ()
    most: int = MOST  # of a number
    least: int = 0

    @property
    def schema(self) -> dict[str, Any]:
        match self.kind:
            case "number":
                return {"type": "integer", "minimum": self.least, "maximum": self.most}
            case "day":
                return {"type": "string", "format": "date"}
            case "moment":
                formats = [{"type": "string", "format": format} for format in ("date", "date-time")]
                return {"anyOf": formats}
            case "choice":
                return {"type": "string", "enum": list(self.choices)}
            case "yes_no":
                return {"type": "string", "enum": ["true", "false"]}
            case _:
                return {"type": "string", "pattern": f"^{_PATTERNS[self.kind].pattern}$"}

    def read(self, text: str) -> Any:
        """The value. Raises BadRequest with a sentence."""
        match self.kind:
            case "number":
                return self._number(text)
            case "day":
                return self._day(text)
            case "moment":
                return self._moment(text)
            case "choice" | "yes_no":
                taken = self.choices or ("true", "false")
                if text not in taken:
                    raise self._wrong(text, _("Den tar: %(values)s.") % {"values": ", ".join(taken)})
                return text if self.choices else text == "true"
            case _:
                if not _PATTERNS[self.kind].fullmatch(text):
                    raise self._wrong(text, _("Et eksempel: %(example)s.") % {"example": self.example})
                return text

    def _number(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or not self.least <= int(text) <= self.most:
            words = _("Den tar et helt tall fra %(least)s til %(most)s.")
            raise self._wrong(text, words % {"least": self.least, "most": self.most})
        return int(text)

    def _day(self, text: str) -> date:
        try:
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            raise self._wrong(text, _("Den tar en dato som 2026-03-12.")) from None

    def _moment(self, text: str) -> datetime:
        """A day means from its beginning in Norway. Before everything is as good as before time began."""
        try:
            found = parse_datetime(text)
            if found is None:
                raise ValueError
            found = found.replace(year=min(max(found.year, _FIRST), _LAST))
            return timezone.make_aware(found) if timezone.is_naive(found) else found.astimezone(UTC)
        except ValueError:
            words = _("Den tar en dato eller et tidspunkt, som 2026-03-12 eller 2026-03-12T08:00:00Z.")
            raise self._wrong(text, words) from None

    def _wrong(self, text: str, hint: str) -> BadRequest:
        words = _("«%(text)s» kan ikke brukes i parameteren «%(name)s». %(hint)s")
        return BadRequest(words % {"text": text[:80], "name": self.name, "hint": hint})


def read(request: HttpRequest, parameters: tuple[Parameter, ...]) -> Mapping[str, Any]:
    """Name → value of what was asked. Raises BadRequest: a misspelt filter would silently give everything."""
    known = {parameter.name: parameter for parameter in parameters}
    asked: dict[str, Any] = {}
    for name, texts in request.GET.lists():
        if name not in known:
            words = _("Parameteren «%(name)s» finnes ikke her. Disse finnes: %(known)s.")
            there = ", ".join(sorted(known)) or _("ingen")
            raise BadRequest(words % {"name": name[:80], "known": there})
        if len(texts) > 1:
            raise BadRequest(_("Parameteren «%(name)s» er oppgitt flere ganger.") % {"name": name})
        asked[name] = known[name].read(texts[0])
    return asked


COMMUNITY = Parameter(
    name="community",
    about="Bare det som hører til dette helsefellesskapet (id fra /communities).",
    kind="slug",
    example="troms-og-ofoten",
)
PLAN = Parameter(
    name="plan",
    about="Bare det som gjelder denne planen (id fra /plans).",
    kind="path",
    example="troms-og-ofoten/handlingsplan-2026",
)
COMMITTEE = Parameter(
    name="committee",
    about="Bare det som gjelder dette utvalget (id fra /committees).",
    kind="path",
    example="troms-og-ofoten/ssu",
)
DATE_FROM = Parameter(name="date_from", about="Fra og med denne datoen.", kind="day", example="2026-01-01")
DATE_TO = Parameter(name="date_to", about="Til og med denne datoen.", kind="day", example="2026-12-31")
UPDATED_SINCE = Parameter(
    name="updated_since",
    about="Bare det som er endret fra og med dette tidspunktet. En dato betyr fra midnatt i Norge.",
    kind="moment",
    example="2026-11-01T00:00:00Z",
)
LIMIT = Parameter(
    name="limit", about="Hvor mange på en side.", kind="number", example="50", least=1, most=200
)
OFFSET = Parameter(name="offset", about="Hvor mange som hoppes over først.", kind="number", example="0")
CURSOR = Parameter(
    name="cursor",
    about="Hvor siden begynner, fra `next` eller `previous` i forrige svar.",
    kind="cursor",
    example="a12.5",
)
