"""How templates say where seats and sides stand: a mark, a word and a colour, never a colour alone."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from plans.consensus import Given
from plans.models import Stance

register = template.Library()

SIDES = {
    "specialist": _("spesialisthelsetjenesten"),
    "municipality": _("kommunene"),
    "gp": _("fastlegene"),
    "user": _("brukerne"),
    "other": _("andre"),
}
# Position → word, mark, colour.
POSITIONS = {
    "consensus": (_("enige"), "✓", "success"),
    "reservation": (_("forbehold"), "!", "warning"),
    "disagreement": (_("uenighet"), "✕", "danger"),
    "not_answered": (_("ikke svart"), "–", "neutral"),
}
_KIND_POSITIONS = {
    "joins": "consensus",
    "reserves": "reservation",
    "own_body": "reservation",
    "disagrees": "disagreement",
}


@register.filter
def side_name(side: str) -> str:
    return str(SIDES.get(side, side))


@register.filter
def position_tag(position: str) -> SafeString:
    word, mark, colour = POSITIONS[position]
    return format_html(
        '<span class="ds-tag position" data-color="{}">'
        '<span class="mark" aria-hidden="true">{}</span>{}</span>',
        colour,
        mark,
        word,
    )


@register.filter
def kind_name(given: Given | Stance) -> str:
    """«slutter seg til», «tar forbehold» …"""
    return str(Stance.Kind(given.kind).label)


@register.filter
def kind_color(given: Given | Stance) -> str:
    return POSITIONS[_KIND_POSITIONS[given.kind]][2]
