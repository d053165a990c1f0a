"""What an importer says of a file, in the language in use: a warning, a place in the file, a nameless thing.

The words are stored in bokmål. What was stored before warnings had their facts apart is said as it stands.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helsefellesskap.languages import say

from . import document as doc
from .importers import nameless

# How the importers name a place, with the number or without: «side 3, tabell 1, rad 2».
_NUMBERED = {
    "avsnitt": _("avsnitt %(n)s"),
    "kolonne": _("kolonne %(n)s"),
    "linje": _("linje %(n)s"),
    "lysbilde": _("lysbilde %(n)s"),
    "rad": _("rad %(n)s"),
    "side": _("side %(n)s"),
    "tabell": _("tabell %(n)s"),
    "tekstboks": _("tekstboks %(n)s"),
}
_NAMED = {
    "bunntekst": _("bunntekst"),
    "dokumentegenskaper": _("dokumentegenskaper"),
    "filen": _("filen"),
    "forsiden": _("forsiden"),
    "fotnoter": _("fotnoter"),
    "hele dokumentet": _("hele dokumentet"),
    "hele filen": _("hele filen"),
    "merknader": _("merknadene i filen"),
    "siste avsnitt": _("siste avsnitt"),
    "sporede endringer": _("sporede endringer"),
    "tabellen": _("tabellen"),
    "tittelen": _("tittelen"),
    "topptekst": _("topptekst"),
}


def place(at: str) -> str:
    """«page 3, table 1» of «side 3, tabell 1»; what is no known place stays as it is."""
    return ", ".join(map(_one_place, at.split(", ")))


def _one_place(at: str) -> str:
    word, _space, number = at.partition(" ")
    if word in _NUMBERED and number.isdecimal():
        return str(_NUMBERED[word]) % {"n": number}
    return str(_NAMED.get(at, at))


def thing(words: str) -> str:
    """Words of the file; where a thing had none, what the importers call it."""
    return gettext(words) if words in nameless.ALL else words


def warning_said(warning: doc.Warning) -> str:
    return say(warning.text, {name: thing(fact) for name, fact in warning.facts.items()})
