"""«Kort sagt»: the secretariat says in three sentences what a plan is. Dated, logged, never adopted."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.national_id import find
from partners.models import Audit, User
from plans import rules
from plans.models import PlainSummary, Plan
from plans.renderings import drop_renderings
from plans.search.index import index_plan

MOST = 3
_MARK = re.compile(r"[.!?]+[»”\")]*(?=\s+[«“\"(]?[A-ZÆØÅÁČĐŊŠŦŽ])")

_SHORTENED = {"ca", "dr", "ev", "evt", "jf", "kap", "kl", "nr", "pkt", "prof", "st"}


@transaction.atomic
def write_summary(plan: Plan, *, by: User, text: str) -> PlainSummary:
    """What stands from now on; the same text again is the same row. Raises NotAllowed and Refusal."""
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_write_summary(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan skrive den korte omtalen av planen."))
    text = " ".join(text.split())
    check(text)
    if (stands := plan.summaries.first()) and stands.text == text:
        return stands
    written = PlainSummary.objects.create(plan=plan, text=text, by=by)
    drop_renderings(plan)
    index_plan(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="write_summary",
        # Without its words: should the plan be taken down, they are gone too.
        what="Kort omtale av «%(plan)s» skrevet",
        facts={"plan": plan.title},
    )
    return written


def check(text: str) -> None:
    """Raises Refusal where this is no plain summary."""
    if not text:
        raise Refusal(_("Skriv hva planen er, i høyst tre setninger."))
    if len(text) > 600:
        raise Refusal(_("Omtalen har %(n)s tegn. Skriv høyst 600.") % {"n": len(text)})
    if sentences(text) > MOST:
        raise Refusal(_("Omtalen har %(n)s setninger. Skriv høyst tre.") % {"n": sentences(text)})
    if find(text):
        raise Refusal(_("Omtalen inneholder et gyldig fødselsnummer eller D-nummer. Ta det ut."))


def sentences(text: str) -> int:
    """How many sentences: «bl.a. UNN» and «St. Olavs» go on."""
    ends = [mark for mark in _MARK.finditer(text) if _ends_a_sentence(text[: mark.start()].split()[-1:])]
    return len(ends) + bool(text.strip())


def _ends_a_sentence(last: list[str]) -> bool:
    return any(word.strip("«“(").casefold() not in _SHORTENED and "." not in word for word in last)
