"""«UNN melder at tiltaket ikke er startet»: reported, asked for in rounds, confirmed in meetings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, DecisionPoint, PersonalLink
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, Partner, RoleParty, User
from plans import rules
from plans.models import Item, Measure, Plan, StatusReport, StatusRound
from plans.queries.status import (
    Party,
    latest_reports,
    parties_of,
    party_of,
    reporters_of,
    who_has_not_answered,
)
from plans.renderings import drop_renderings

VALUES = frozenset(value for value, _label in Measure._meta.get_field("status_value").choices or [] if value)


@transaction.atomic
def report_status(
    plan: Plan,
    item: Item,
    *,
    party: Party,
    value: str,
    words: str = "",
    as_of: date | None = None,
    by: User | None = None,
    link: PersonalLink | None = None,
) -> StatusReport:
    """What one responsible party says of a measure; it stands until somebody says otherwise.

    The secretariat types in what came by other ways, and it is marked so. Raises NotAllowed, WrongState
    and Refusal.
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not plan.locked:
        raise WrongState(_("Status meldes på publiserte planer."))
    measure = (
        Measure.objects.filter(item=item, goal__section__plan=plan)
        .prefetch_related("responsibles__committee", "responsibles__partner", "responsibles__role__members")
        .first()
    )
    if measure is None:
        raise Refusal(_("Tiltaket er ikke i planen."))
    if party not in parties_of(measure):
        raise Refusal(_("%(party)s er ikke ansvarlig for tiltaket.") % {"party": party_of(party)})
    mine = _speaks_for(party, by, link, plan)
    if not mine and not (by and rules.may_ask_status(by, plan)):
        raise NotAllowed(_("Du kan ikke melde status på vegne av %(party)s.") % {"party": party_of(party)})
    as_of = as_of or timezone.localdate()
    if value not in VALUES:
        raise Refusal(_("Velg en status."))
    if as_of > timezone.localdate():
        raise Refusal(_("Status meldes per en dag som har vært."))
    said: dict[str, Any] = {"words": words.strip(), "value": value, "as_of": as_of, "by": by, "link": link}
    own = plan.status_reports.filter(item=item, party_name=party_of(party)).order_by("as_of", "pk").last()
    if own and all(getattr(own, name) == what for name, what in said.items()):
        return own  # sent twice
    report = StatusReport.objects.create(
        plan=plan,
        item=item,
        partner=party if isinstance(party, Partner) else None,
        committee=party if isinstance(party, Committee) else None,
        role=party if isinstance(party, RoleParty) else None,
        party_name=party_of(party),
        words=words.strip(),
        value=value,
        as_of=as_of,
        by=by,
        link=link,
        typed_in=not mine,
    )
    for asked in plan.status_rounds.filter(closed_at=None):
        done(key_of(asked), except_for=who_has_not_answered(asked))
    drop_renderings(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="report_status",
        what="%(party)s meldte «%(value)s» på t/%(code)s i «%(plan)s», per %(day)s.",
        facts={
            "party": report.party_name,
            "value": report.get_value_display,
            "code": item.code,
            "plan": plan.title,
            "day": f"{as_of:%d.%m.%Y}",
        },
    )
    return report


@transaction.atomic
def ask_status(plan: Plan, *, by: User, due: date, message: str = "") -> StatusRound:
    """Asks everybody who can report on the plan's measures. Raises NotAllowed, WrongState and Refusal."""
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_ask_status(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan spørre om status."))
    if not plan.locked:
        raise WrongState(_("Status meldes på publiserte planer."))
    if due < timezone.localdate():
        raise Refusal(_("Fristen har allerede vært."))
    if plan.status_rounds.filter(closed_at=None).exists():
        raise WrongState(_("Det pågår allerede en statusrunde for planen."))
    asked = StatusRound.objects.create(plan=plan, due=due, message=message.strip(), asked_by=by)
    tell(
        plan.community,
        to=reporters_of(plan),
        kind="status",
        key=key_of(asked),
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=lambda: (
            _("Sekretariatet spør hvordan det går med tiltakene du er ansvarlig for. %(message)s")
            % {"message": asked.message}
        ).strip(),
        path=asked.get_absolute_url(),
        due=due,
    )
    Audit.objects.write(
        plan.community,
        by=by,
        verb="ask_status",
        what="Spurte om status på «%(plan)s» med frist %(day)s.",
        facts={"plan": plan.title, "day": f"{due:%d.%m.%Y}"},
    )
    return asked


@transaction.atomic
def close_round(asked: StatusRound, *, by: User) -> None:
    """Asks no more. Raises NotAllowed and WrongState."""
    asked = locked(StatusRound.objects).select_related("plan__community").get(pk=asked.pk)
    if not rules.may_ask_status(by, asked.plan):
        raise NotAllowed(_("Bare sekretariatet kan avslutte en statusrunde."))
    if asked.closed_at:
        raise WrongState(_("Statusrunden er allerede avsluttet."))
    asked.closed_at = timezone.now()
    asked.save(update_fields=["closed_at"])
    done(key_of(asked))
    Audit.objects.write(
        asked.plan.community,
        by=by,
        verb="close_round",
        what="Avsluttet statusrunden for «%(plan)s».",
        facts={"plan": asked.plan.title},
    )


@transaction.atomic
def confirm_status(plan: Plan, *, by: User, point: DecisionPoint, items: Sequence[Item]) -> int:
    """The committee confirmed in a meeting what stands of these measures; how many lines were confirmed.

    Raises NotAllowed and WrongState.
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_ask_status(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan føre at status er bekreftet."))
    meeting = point.decision.meeting
    if meeting.committee.community_id != plan.community_id:
        raise WrongState(_("Møtet hører til et annet helsefellesskap."))
    standing = [r for r in latest_reports(plan) if r.item_id in {item.pk for item in items}]
    StatusReport.objects.bulk_create(
        StatusReport(
            plan=plan,
            item_id=report.item_id,
            partner=report.partner,
            committee=report.committee,
            role=report.role,
            party_name=report.party_name,
            words=report.words,
            value=report.value,
            as_of=meeting.date,
            by=by,
            typed_in=True,
            confirmed_in=point,
        )
        for report in standing
    )
    drop_renderings(plan)
    Audit.objects.write(
        plan.community,
        by=by,
        verb="confirm_status",
        what="Status på %(count)s tiltak i «%(plan)s» bekreftet i %(meeting)s.",
        facts={"count": len({r.item_id for r in standing}), "plan": plan.title, "meeting": meeting},
    )
    return len(standing)


def key_of(asked: StatusRound) -> str:
    """What the round's notices are about, until who got one has nothing left to report."""
    return f"status:{asked.pk}"


def _speaks_for(party: Party, by: User | None, link: PersonalLink | None, plan: Plan) -> bool:
    if link is not None:
        return link.partner_id is not None and isinstance(party, Partner) and link.partner_id == party.pk
    return by is not None and rules.may_report(by, plan, party)
