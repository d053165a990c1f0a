"""Each input gets its answer; a proposed wording is taken into the draft; whoever gave it hears of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import tell
from partners.models import User
from plans import rules
from plans.models import Edit, Input, Plan
from plans.queries.draft import row_of
from plans.queries.hearing import givers_of
from plans.queries.reviews import open_title

from .edit import edit_row
from .send_hearing import write_line

Disposition = Input.Disposition


@transaction.atomic
def answer_input(given: Input, *, by: User, version: int, disposition: str, reason: str) -> Input:
    """«Innspillet er delvis tatt inn, fordi …». Who gave it is told. Raises NotAllowed, Conflict, Refusal."""
    given = _locked_input(given, by)
    if given.version != version:
        raise Conflict(_("Noen andre har svart på innspillet i mellomtiden."))
    reason = reason.strip()
    if disposition not in Disposition.values or disposition == Disposition.UNANSWERED:
        raise Refusal(_("Velg om innspillet er tatt inn."))
    if disposition != Disposition.TAKEN_IN and not reason:
        raise Refusal(_("Oppgi en begrunnelse."))
    _answer(given, by=by, disposition=disposition, reason=reason)
    return given


@transaction.atomic
def take_in(given: Input, *, by: User, version: int, base: str) -> Input:
    """Puts the proposed wording into the draft, by one click; the log knows where it came from.

    `base` is the draft's text that the person saw; other words there raise Conflict. Raises NotAllowed,
    WrongState and Refusal too.
    """
    given = _locked_input(given, by)
    if given.version != version:
        raise Conflict(_("Noen andre har svart på innspillet i mellomtiden."))
    if given.kind != Input.Kind.WORDING or given.item is None:
        raise WrongState(_("Innspillet foreslår ingen ordlyd."))
    plan = given.hearing.revision.plan
    row = row_of(plan, given.item)
    if row is None:
        raise WrongState(_("Det innspillet gjelder, er ikke i utkastet lenger."))
    if row.html != base:  # type: ignore[union-attr]  # wording is for goals and measures
        raise Conflict(_("Teksten i utkastet er endret siden du så den. Se etter og prøv igjen."))
    edit_row(row, by=by, version=row.version, values={"html": given.wording})
    given.taken_in_by = Edit.objects.filter(plan=plan, item=given.item, field="html").latest("pk")
    _answer(given, by=by, disposition=Disposition.TAKEN_IN, reason=given.reason)
    return given


def tell_what_became_of_it(plan: Plan) -> None:
    """The plan is adopted: those who gave input on the way hear of it. In adoption's transaction."""
    title = open_title(plan)
    tell(
        plan.community,
        to=givers_of(plan),
        kind="answer",
        key=f"adopted:{plan.pk}",
        group=f"plan:{plan.pk}",
        group_title=title,
        text=lambda: _("«%(plan)s», som du ga innspill til, er vedtatt.") % {"plan": title()},
        path=plan.get_absolute_url(),
    )


def _answer(given: Input, *, by: User, disposition: str, reason: str) -> None:
    given.disposition, given.reason = disposition, reason
    given.answered_by, given.answered_at = by, timezone.now()
    given.version += 1
    given.save()
    plan = given.hearing.revision.plan
    tell(
        plan.community,
        to=[given.user or given.email] if given.user or given.email else [],
        kind="answer",
        # A new answer is a new thing to hear of.
        key=f"input:{given.pk}:{given.version}",
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=lambda: (
            _("Innspillet ditt er besvart: %(answer)s. %(reason)s")
            % {"answer": given.get_disposition_display(), "reason": reason}
        ).strip(),
        path=given.hearing.get_absolute_url() if given.user else given.get_absolute_url(),
    )
    said = "Svarte på innspill til «%(plan)s» versjon %(number)s: %(answer)s."
    write_line(given.hearing, by, "answer_input", said, answer=given.get_disposition_display)


def _locked_input(given: Input, by: User) -> Input:
    found = locked(Input.objects).select_related("hearing__revision__plan__community", "user", "item")
    given = found.get(pk=given.pk)
    if not rules.may_send_hearing(by, given.hearing.revision.plan):
        raise NotAllowed(_("Bare sekretariatet kan svare på innspill."))
    return given
