"""A case is made of a plan's frozen version, and frozen versions are laid in a case."""

from django.db import transaction
from django.utils.translation import gettext as _

from committees.actions import write_case
from committees.actions.cases import lock_case
from committees.models import Case, Committee
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from helsefellesskap.languages import speaking
from helsefellesskap.richtext import plain
from partners.models import Audit, User
from plans import rules
from plans.models import CaseItem, Plan, Revision

from .case_facts import source_case


@transaction.atomic
def case_about(revision: Revision, *, by: User, committee: Committee) -> Case:
    """A case in the committee about this version: titled, with its background, and the version laid in it.

    Raises NotAllowed, WrongState (another community's committee).
    """
    plan = revision.plan
    if committee.community_id != plan.community_id:
        raise WrongState(_("Utvalget hører til et annet helsefellesskap."))
    with speaking(plan.community.language):  # as the case's papers are, whoever made it
        texts = _texts(revision)
    case = write_case(committee, by=by, facts={"title": plan.title, **texts})
    lay_in_case(case, by=by, revision=revision)
    return case


@transaction.atomic
def lay_in_case(case: Case, *, by: User, revision: Revision) -> CaseItem:
    """The case speaks of this frozen version, too. Raises NotAllowed, WrongState and Conflict."""
    case = lock_case(case, by=by)
    plan = revision.plan
    if plan.community_id != case.committee.community_id:
        raise WrongState(_("Planen hører til et annet helsefellesskap."))
    if not rules.may_read_draft(by, plan):
        raise NotAllowed(_("Du kan ikke legge fram en plan som du ikke kan lese."))
    if case.plan_items.filter(plan=plan, revision=revision).exists():
        raise Conflict(_("Versjonen er allerede lagt til saken."))
    item = CaseItem.objects.create(case=case, plan=plan, revision=revision)
    Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT).update(state=Plan.State.IN_REVIEW)
    said = "La versjon %(number)s av «%(plan)s» til sak %(case)s."
    _write(case, by, "lay_in_case", said, revision)
    return item


@transaction.atomic
def take_out_of_case(item: CaseItem, *, by: User) -> None:
    """The case speaks of this version no more. Raises NotAllowed and WrongState (decided)."""
    case = lock_case(item.case, by=by)
    if item.revision:
        said = "Tok versjon %(number)s av «%(plan)s» ut av sak %(case)s."
        _write(case, by, "take_out_of_case", said, item.revision)
    item.delete()


def _texts(revision: Revision) -> dict[str, str]:
    """The background: of the saksframlegg that the plan's file held, else what is known of the version."""
    source = source_case(revision.plan)
    parts = {part.kind: plain(part.body) for part in source.parts} if source else {}
    named = f" («{revision.name}»)" if revision.name else ""
    laid = _("Versjon %(number)s%(named)s av «%(plan)s» følger saken.") % {
        "number": revision.number,
        "named": named,
        "plan": revision.plan.title,
    }
    background = "\n\n".join(text for text in (parts.get("background", ""), laid, revision.note) if text)
    kept = ("recommendation", "presentation", "conclusion")
    return {"background": background} | {kind: parts[kind] for kind in kept if kind in parts}


def _write(case: Case, by: User, verb: str, said: str, revision: Revision) -> None:
    facts = {"number": revision.number, "plan": revision.plan.title, "case": case}
    Audit.objects.write(case.committee.community, by=by, verb=verb, what=said, facts=facts)
