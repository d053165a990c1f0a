"""The text that a file was made from: a frozen version, or the draft as it was after an edit."""

from django.db.models import Q, QuerySet

from . import document as doc
from .as_it_was import as_it_was
from .edited import Edited
from .labels import running
from .models import Edit, Plan, Revision
from .snapshot import document_of
from .word_identity import Origin
from .word_marks import ident_of


def base_of(plan: Plan, origin: Origin | None) -> tuple[doc.PlanDocument, set[str]]:
    """The text that went out, and the keys of what was moved or taken out of the draft since.

    What was added since is no part of it. Without an origin, the draft as it is.
    """
    if origin and origin.revision:
        revision = Revision.objects.filter(plan=plan, number=origin.revision).first()
        if revision is not None:
            return revision.load(), set()
    now = document_of(plan)
    if origin is None or origin.edit is None:
        return now, set()
    was: dict[tuple[str, str], str] = {}
    added: set[str] = set()
    deleted: set[str] = set()
    touched: set[str] = set()
    for edit in _since(plan, origin).order_by("pk"):
        key = str(edit.item_id or "")
        if edit.field == "added" and key not in deleted:  # else a deletion was taken back
            added.add(key)
        elif edit.field == "deleted":
            deleted.add(key)
            touched.add(key)
        elif edit.field in ("added", "place"):
            touched.add(key)
        else:
            was.setdefault((key, edit.field), edit.before)
    return as_it_was(now, was, added), touched


def _since(plan: Plan, origin: Origin) -> QuerySet[Edit]:
    """The steps that the file knows nothing of: later ones, and those that it was made without."""
    return Edit.objects.filter(Q(pk__gt=origin.edit) | Q(pk__in=origin.without), plan=plan)


def letters_that_ran(plan: Plan, origin: Origin | None) -> set[str]:
    """The measures whose letters follow their place, where rows came, moved or went since the file was made.

    Their letters in the file tell how the table was then, and nothing that somebody wrote.
    """
    if origin is None or origin.edit is None:
        return set()
    if not _since(plan, origin).filter(field__in=("added", "deleted", "place")).exists():
        return set()
    return {
        measure.key
        for _depth, section in document_of(plan).walk_sections()
        if running([[measure.label for measure in goal.measures] for goal in section.goals])
        for goal in section.goals
        for measure in goal.measures
    }


def without_deleted(edited: Edited, base: doc.PlanDocument, touched: set[str]) -> None:
    """Leaves out of the file what was deleted in the portal after it was made."""
    there = {measure.key for _s, _g, measure in base.walk_measures()}
    there |= {goal.key for _s, goal in base.walk_goals()} | {s.key for _d, s in base.walk_sections()}
    gone = {ident_of(key) for key in touched - there}
    edited.sections = [section for section in edited.sections if section.ident not in gone]
    for section in edited.sections:
        section.goals = [goal for goal in section.goals if goal.ident not in gone]
        for goal in section.goals:
            goal.measures = [measure for measure in goal.measures if measure.ident not in gone]
