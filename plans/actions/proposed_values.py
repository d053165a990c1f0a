"""From a proposal to the values of a row: what follows from new words is understood anew."""

from typing import Any

from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from helsefellesskap.richtext import clean_block, clean_inline, plain
from plans.actions.edit import plan_of
from plans.bodies import Bodies
from plans.deadlines import understand
from plans.editable import Editable
from plans.edited import LONGEST
from plans.importers.interpret.responsible import split
from plans.importers.interpret.status import value_of
from plans.lines import block_html, look_of
from plans.lines_html import lines_of
from plans.models import Abbreviation, Item, Measure, Plan, ProposedChange


def row_values(row: Editable, proposal: ProposedChange, after: str) -> dict[str, Any] | None:
    """What the row's fields become; None where the paragraph to change is not there any more."""
    field = proposal.field
    if field in ("body", "after"):
        html = with_paragraphs(getattr(row, field), proposal.before, proposal.place, after)
        return None if html is None else {field: html}
    if field.startswith("extra:") and isinstance(row, Measure):
        heading = field.removeprefix("extra:")
        extra = {**row.extra, heading: after}
        return {"extra": {h: words for h, words in extra.items() if words or h != heading}}
    if field == "abbreviations" and isinstance(row, Plan):
        pairs = list(Abbreviation.objects.filter(plan=row).values_list("short", "long"))
        new = with_abbreviations([list(pair) for pair in pairs], proposal.before, after)
        return None if new is None else {field: new}
    if field == "struck":
        return {field: bool(after)}
    if too_long(field, after):
        raise Refusal(too_long(field, after))
    return {field: after} | _understood(plan_of(row), field, after)


def too_long(field: str, words: str) -> str:
    """Why the field cannot take these words, in Norwegian; empty where it can."""
    longest = LONGEST.get(field)
    if longest is None or len(words) <= longest:
        return ""
    return _("Teksten har flere enn %(n)d tegn, og feltet har ikke plass til flere.") % {"n": longest}


def _understood(plan: Plan, field: str, words: str) -> dict[str, Any]:
    """The date of a deadline, the value of a status and the bodies that are responsible."""
    if field == "status_text":
        return {"status_value": value_of(words) or ""}
    if field == "deadline_text":
        year = plan.period_start.year if plan.period_start else None
        return {"deadline_date": understand(words, year=year).day}
    if field == "responsible_text":
        links = Bodies(plan.community).recognise(split(words))
        return {"bodies": [f"{kind.removesuffix('_id')}:{pk}" for link in links for kind, pk in link.items()]}
    return {}


def with_paragraphs(html: str, before: str, place: str, after: str) -> str | None:
    """The text with `before` replaced by `after`, or with `after` put in after `place`."""
    lines, old, new = list(lines_of(html)), list(lines_of(before)), list(lines_of(after))
    looks = list(map(look_of, lines))
    wanted = list(map(look_of, old or lines_of(place)))
    if not wanted:
        return clean_block(block_html(new + lines))
    at = next((n for n in range(len(looks)) if looks[n : n + len(wanted)] == wanted), None)
    if at is None:
        return None
    start, end = (at, at + len(old)) if old else (at + len(wanted), at + len(wanted))
    return clean_block(block_html(lines[:start] + new + lines[end:]))


def with_abbreviations(pairs: list[list[str]], before: str, after: str) -> list[list[str]] | None:
    old, new = _pairs(before), _pairs(after)
    at = next((n for n in range(len(pairs)) if pairs[n : n + len(old)] == old), None) if old else len(pairs)
    return None if at is None else pairs[:at] + new + pairs[at + len(old) :]


def _pairs(text: str) -> list[list[str]]:
    found = [[part.strip() for part in line.partition(" = ")[::2]] for line in text.splitlines()]
    return [[short[:50], long[:300]] for short, long in found if short and long]


def new_values(kind: Item.Kind, values: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The fields of a row that a proposal adds to the plan, cleaned: the file is somebody else's.

    Raises Refusal where a field has no room for its words.
    """
    texts = ("number", "heading", "label", "responsible_text", "deadline_text", "status_text", "indicator")
    known: dict[str, Any] = {name: str(values[name]) for name in texts if values.get(name)}
    if found := new_too_long(values):
        raise Refusal(found)
    if values.get("html"):
        known["html"] = clean_inline(values["html"])
    for name in ("body", "after"):
        if values.get(name):
            known[name] = clean_block(values[name])
    if values.get("struck"):
        known["struck"] = True
    if kind == Item.Kind.MEASURE:
        known["extra"] = {str(h): str(w) for h, w in values.get("extra", {}).items()}
        for name in ("deadline_text", "responsible_text"):
            if name in known:
                known |= _understood(plan, name, known[name])
    if "status_text" in known:
        known |= _understood(plan, "status_text", known["status_text"])
    return known


def new_too_long(values: dict[str, Any]) -> str:
    """Why a field of a new row has no room for its words; empty where all have."""
    found = (too_long(name, str(words)) for name, words in values.items() if name in LONGEST)
    return next(filter(None, found), "")


def words_of(proposal: ProposedChange) -> str:
    """What is proposed to be added, as plain words."""
    values = proposal.values
    name = plain(values.get("html", "")) or values.get("heading", "")
    return name or plain(values.get("body", ""))
