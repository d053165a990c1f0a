"""A public version's files: asked for when it is published, and once more where one could not be made."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import Audit, User
from plans import rules
from plans.files import formats_of
from plans.models import Plan, Revision, RevisionFile
from plans.renderings import drop_renderings
from plans.tasks import make_files


def request_files(revision: Revision) -> None:
    """Asks for all files anew: their rows say «waiting», the task is queued with the facts."""
    for format in formats_of(revision.load()):
        RevisionFile.objects.update_or_create(
            revision=revision,
            format=format,
            defaults={"file": None, "made_at": None, "tries": 0, "error": "", "asked_at": timezone.now()},
        )
    make_files.enqueue(revision.pk)


@transaction.atomic
def retry_files(revision: Revision) -> int:
    """Asks once more for the files that are not made; how many they are."""
    waiting = revision.files.select_for_update().filter(file=None)
    asked = waiting.update(tries=0, error="", asked_at=timezone.now())
    if asked:
        make_files.enqueue(revision.pk)
        drop_renderings(revision.plan)
    return asked


@transaction.atomic
def remake_files(plan: Plan, *, by: User) -> int:
    """«Prøv igjen»: the files of the plan's public versions that could not be made, asked for once more.

    Raises NotAllowed, and WrongState where none is missing.
    """
    if not rules.may_adopt(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan bestille filer av en publisert plan."))
    revisions = plan.revisions.filter(publication__isnull=False).select_related("plan")
    asked = sum(retry_files(revision) for revision in revisions)
    if not asked:
        raise WrongState(_("Alle filene er laget."))
    Audit.objects.write(
        plan.community,
        by=by,
        verb="remake_files",
        what=_("Filene av «%(plan)s» bestilt på nytt.") % {"plan": plan.title},
    )
    return asked
