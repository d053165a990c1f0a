"""«Ta planen ned nå»: what must not be public is purged at once; a tombstone stays, and a redacted
version may follow.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import changing_the_record, locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.actions import done
from partners.models import Audit, StoredFile, User
from plans import document as doc
from plans import rules
from plans.models import (
    Correction,
    FileHash,
    Hearing,
    Plan,
    Publication,
    Review,
    Revision,
    RevisionFile,
    RevisionMention,
    StatusRound,
    Withdrawal,
)
from plans.renderings import drop_renderings
from plans.search.index import forget_plan, index_plan

from .correct import lock_published, publish_correction
from .lay_before import notice_key
from .order_file import let_go
from .publishable import check_publishable
from .report_status import key_of as round_key
from .send_hearing import key_of as hearing_key


@transaction.atomic
def withdraw(plan: Plan, *, by: User, reason: str) -> list[Withdrawal]:
    """Takes every public version of the plan down: words, pages, files, caches. The reason is public.

    The rows stay with the secretariat as a draft, so that a redacted version can be made. Raises
    NotAllowed, WrongState and Refusal.
    """
    plan = lock_published(plan, by=by)
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Skriv hvorfor planen trekkes tilbake. Begrunnelsen blir offentlig."))
    publications = list(
        Publication.objects.filter(revision__plan=plan)
        .select_related("revision")
        .order_by("revision__number")
    )
    withdrawals = [
        Withdrawal.objects.create(
            revision=publication.revision,
            reason=reason,
            was_public_from=publication.published_from,
            by=by,
        )
        for publication in publications
    ]
    forget_plan(plan)
    # Everything public asks for a publication: without one, nothing shows the version.
    Publication.objects.filter(pk__in=[publication.pk for publication in publications]).delete()
    _purge([publication.revision for publication in publications])
    _close_what_asks(plan)
    plan.summaries.all().delete()
    plan.translations.all().delete()  # they may hold what must not be public
    plan.state = Plan.State.DRAFT
    plan.save(update_fields=["state"])
    drop_renderings(plan)
    index_plan(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="withdraw",
        what="«%(plan)s» trukket tilbake, versjon %(numbers)s: %(reason)s",
        facts={
            "plan": plan.title,
            "numbers": ", ".join(str(p.revision.number) for p in publications),
            "reason": reason,
        },
    )
    return withdrawals


@transaction.atomic
def publish_redacted(plan: Plan, *, by: User, reason: str, decided_by: str) -> Correction:
    """The draft's words, public in place of a version that was withdrawn, by that version's decisions.

    Raises NotAllowed, WrongState and Refusal.
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_correct(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan rette eller trekke tilbake en publisert plan."))
    withdrawn = Revision.objects.filter(plan=plan, withdrawal__isnull=False).order_by("-number").first()
    if withdrawn is None or plan.locked:
        raise WrongState(_("Planen har ingen tilbaketrukket versjon som venter på en sladdet."))
    if not reason.strip() or not decided_by.strip():
        raise Refusal(_("Skriv hva som er tatt ut, og hvem som bestemte det."))
    check_publishable(plan)
    plan.state = Plan.State.ADOPTED if withdrawn.adoptions.exists() else Plan.State.RECEIVED
    plan.save(update_fields=["state"])
    return publish_correction(
        plan,
        withdrawn,
        by=by,
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        verb="publish_redacted",
    )


def _close_what_asks(plan: Plan) -> None:
    """Nobody is asked of words that nobody may read: hearings, reviews and rounds close, reminders cease."""
    hearings = Hearing.objects.filter(revision__plan=plan, closed_at=None)
    reviews = Review.objects.filter(revision__plan=plan, closed_at=None)
    rounds = StatusRound.objects.filter(plan=plan, closed_at=None)
    for key in (*map(hearing_key, hearings), *map(notice_key, reviews), *map(round_key, rounds)):
        done(key)
    hearings.update(closed_at=timezone.now())
    reviews.update(closed_at=timezone.now())
    rounds.update(closed_at=timezone.now())


def _purge(revisions: list[Revision]) -> None:
    """The frozen words and the files made from them. The number and the SHA-256 stay: of a file that
    somebody holds, one can still be told that it was withdrawn.
    """
    made = RevisionFile.objects.exclude(file=None)
    elsewhere = made.exclude(revision__in=revisions)  # a table with no words but another plan's too
    # Those that a newer file took the place of, too: a translation is made again when it changes.
    hashes = FileHash.objects.filter(revision__in=revisions).values("sha256")
    theirs = Q(sha256__in=hashes) | Q(pk__in=made.filter(revision__in=revisions).values("file"))
    files = list(StoredFile.objects.filter(theirs).exclude(pk__in=elsewhere.values("file")))
    RevisionFile.objects.filter(revision__in=revisions).delete()
    let_go(Q(old__in=revisions) | Q(new__in=revisions), at_once=True)
    RevisionMention.objects.filter(revision__in=revisions).delete()
    with changing_the_record(Revision):
        Revision.objects.filter(pk__in=[r.pk for r in revisions]).update(
            content=doc.canonical(doc.PlanDocument()), name="", note=""
        )
    for stored in files:
        # Before the commit: should it fail, a PDF can be made again; after it, a kill would leave the bytes.
        stored.file.delete(save=False)
        stored.delete()
