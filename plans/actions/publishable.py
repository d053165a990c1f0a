"""What must hold before a plan's words may become public."""

from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from helsefellesskap.national_id import find
from helsefellesskap.richtext import plain
from plans.document import PlanDocument, words
from plans.models import Plan
from plans.snapshot import document_of


class NotPublishable(Refusal):
    """The plan lacks something, or holds what must never be public."""


def check_publishable(plan: Plan) -> None:
    """Raises NotPublishable with a sentence that says everything that is in the way."""
    if reasons := reasons_against(document_of(plan)):
        raise NotPublishable(" ".join(reasons))


def reasons_against(document: PlanDocument) -> list[str]:
    reasons = []
    if not document.title.strip():
        reasons.append(_("Planen mangler tittel."))
    if not any(_says_something(document)):
        reasons.append(_("Planen er tom: den har verken tekst, mål eller tiltak."))
    missing = [f for _depth, s in document.walk_sections() for f in s.figures if not f.alt.strip()]
    if missing:
        reasons.append(
            _("%(count)d figur(er) mangler tekst for den som ikke ser bildet.") % {"count": len(missing)}
        )
    if any(find(plain(text)) for text in words(document)):
        reasons.append(
            _(
                "Planen inneholder et gyldig fødselsnummer eller D-nummer. Ta det ut før planen "
                "publiseres, og se etter om teksten ellers forteller om enkeltpersoner."
            )
        )
    return reasons


def _says_something(document: PlanDocument) -> list[bool]:
    return [bool(s.heading or s.body or s.after or s.goals) for _depth, s in document.walk_sections()]
