"""What a translation says of itself, in front: that it is one, what holds, what is not translated.

Of a file it is called under the document's own language, of a page under the reader's.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.templatetags.work import language_name
from plans.translating import State

from .facts import AdoptionFacts, TranslationFacts


def notes() -> dict[State, str]:
    """The words of the marks within the text."""
    return {"missing": _("Ikke oversatt"), "stale": _("Endret etter oversettelsen")}


def said(facts: AdoptionFacts) -> list[str]:
    """Sentences for the cover; none of what is no translation."""
    if facts.translation is None:
        return []
    language = language_name(facts.translation.source_language)
    holds = (
        _("Dette er en oversettelse. Teksten på %(language)s er den som gjelder.")
        if facts.state == "received"
        else _("Dette er en oversettelse. Teksten på %(language)s er den som er vedtatt og gjelder.")
    )
    return [holds % {"language": language}, rest(facts.translation)]


def rest(facts: TranslationFacts) -> str:
    """How much of it does not hold, in words."""
    language, counted = language_name(facts.source_language), []
    if facts.missing:
        counted.append(
            ngettext(
                "%(n)s del av teksten er ikke oversatt.",
                "%(n)s deler av teksten er ikke oversatt.",
                facts.missing,
            )
            % {"n": facts.missing}
        )
    if facts.stale:
        counted.append(
            ngettext(
                "%(n)s del er endret etter at den ble oversatt.",
                "%(n)s deler er endret etter at de ble oversatt.",
                facts.stale,
            )
            % {"n": facts.stale}
        )
    if not counted:
        return _("Hele teksten er oversatt.")
    counted.append(_("Slike deler står på %(language)s, og er merket.") % {"language": language})
    return " ".join(counted)
