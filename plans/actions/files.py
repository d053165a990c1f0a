"""A public version's files: asked for when it is published, and once more where one could not be made."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import Audit, User
from plans import queries, rules
from plans.files import formats_of
from plans.models import Plan, Revision, RevisionFile
from plans.renderings import drop_renderings
from plans.tasks import make_files

# Who translates saves part after part: their files are made once for several of them.
SOON = timedelta(minutes=1)


def request_files(revision: Revision) -> None:
    """Asks for all files anew: their rows say «waiting», the task is queued with the facts. Those of the
    plan's translations too, since a new version says something else."""
    _ask(revision)
    for pk in sorted({revision.pk, *_ask_translated(revision.plan)}):
        make_files.enqueue(pk)


def request_translated_files(plan: Plan, *, soon: bool = False) -> None:
    """Asks for the files of the translations that are public anew, and forgets those of others. `soon`: after
    a little while, since more changes may come.
    """
    for pk in _ask_translated(plan):
        make_files.using(run_after=timezone.now() + SOON if soon else None).enqueue(pk)


def _ask_translated(plan: Plan) -> list[int]:
    """The versions whose translations are asked for."""
    languages = list(queries.published_translations(plan).values_list("language", flat=True))
    revisions = queries.translated_versions(plan) if languages else []
    old = RevisionFile.objects.filter(revision__plan=plan).exclude(language="")
    old.exclude(language__in=languages, revision__in=revisions).delete()
    for revision in revisions:
        for language in languages:
            _ask(revision, language)
    return [revision.pk for revision in revisions]


def _ask(revision: Revision, language: str = "") -> None:
    for format in formats_of(revision.load()):
        RevisionFile.objects.update_or_create(
            revision=revision,
            format=format,
            language=language,
            defaults={"file": None, "made_at": None, "tries": 0, "error": "", "asked_at": timezone.now()},
        )


@transaction.atomic
def retry_files(revision: Revision) -> int:
    """Asks once more for the files that are not made; how many they are."""
    waiting = revision.files.filter(file=None)
    asked = waiting.update(tries=0, error="", asked_at=timezone.now())
    if asked:
        make_files.enqueue(revision.pk)
        drop_renderings(revision.plan)
    return asked


def let_lost_files_be_made() -> int:
    """The files of public versions whose bytes are gone from the disk wait again, to be asked for; how many.
    Whoever fetches one meanwhile is told that it is not made.
    """
    made = RevisionFile.objects.exclude(file=None).filter(revision__publication__isnull=False)
    lost = [row.pk for row in made.select_related("file") if row.file and not row.file.is_on_disk()]
    return RevisionFile.objects.filter(pk__in=lost).update(file=None, made_at=None)


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
        what="Filene av «%(plan)s» bestilt på nytt.",
        facts={"plan": plan.title},
    )
    return asked
