"""What a committee's decision does to the plans that its case speaks of (`committees/subjects.py`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import Authority, Case, DecisionPoint
from committees.subjects import Subject
from helsefellesskap.errors import Conflict, Refusal
from partners.models import User
from plans import document
from plans.models import AuthorityScope, CaseItem, Plan, PointSubject, Revision
from plans.snapshot import document_of

from .adopt import adopt_by, lock_to_adopt

Verb = DecisionPoint.Verb
# These take effect as an adoption always; «slutter seg til» and «legger til grunn» where days are given.
_ADOPTS = (Verb.ADOPTS, Verb.ADOPTS_PROVISIONALLY)
_BACK_TO_DRAFT = (Verb.RETURNS, Verb.WITHDRAWS)


class PlanSubjects:
    """The plans of a case: a key is the case item's, in figures."""

    def of(self, case: Case) -> Sequence[Subject]:
        items = case.plan_items.select_related("plan__community", "revision").order_by("plan__title", "pk")
        return [
            Subject(
                key=str(item.pk),
                title=item.plan.title,
                note=_version(item.revision),
                url=_address(item, case),
                pk=item.pk if item.revision_id else None,
            )
            for item in items
        ]

    def apply(
        self, point: DecisionPoint, keys: Sequence[str], effect: Mapping[str, Any], *, by: User
    ) -> None:
        for item in _items(point.decision.case, keys):
            subject = PointSubject.objects.create(
                point=point,
                plan=item.plan,
                revision=item.revision,
                in_force_from=effect.get("in_force_from"),
                published_from=effect.get("published_from"),
                provisional_until=effect.get("provisional_until", ""),
            )
            if point.verb in _ADOPTS and subject.in_force_from is None:
                raise Refusal(_("Oppgi fra hvilken dag planen gjelder, og når den blir offentlig."))
            if subject.in_force_from is not None and point.verb not in DecisionPoint.ADOPTING:
                raise Refusal(_("Et vedtak med dette verbet gjør ikke planen vedtatt."))
            if subject.in_force_from is not None and not point.with_changes:
                _adopt(subject, by=by)
            if point.verb in _BACK_TO_DRAFT:
                Plan.objects.filter(pk=item.plan_id, state=Plan.State.IN_REVIEW).update(
                    state=Plan.State.DRAFT
                )

    def confirm(self, point: DecisionPoint, *, by: User) -> None:
        for subject in point.plan_subjects.select_related("plan"):
            plan = lock_to_adopt(subject.plan)
            _adopted(subject, plan, None, by=by)

    def cover(self, authority: Authority, keys: Sequence[str]) -> None:
        if not keys:
            return
        # A case item of the case where it was given, or of any case here when it was given elsewhere.
        items = CaseItem.objects.filter(
            pk__in=[int(key) for key in keys], case__committee__community=authority.community
        )
        plans = set(items.values_list("plan", flat=True))
        AuthorityScope.objects.bulk_create(AuthorityScope(authority=authority, plan_id=pk) for pk in plans)

    def carry(self, case: Case, *, to: Case) -> None:
        CaseItem.objects.bulk_create(
            CaseItem(case=to, plan_id=plan, revision_id=revision)
            for plan, revision in case.plan_items.values_list("plan", "revision")
        )


def _items(case: Case, keys: Sequence[str]) -> Sequence[CaseItem]:
    items = list(
        case.plan_items.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).select_related(
            "plan", "revision"
        )
    )
    if len(items) != len(set(keys)):
        raise Refusal(_("Vedtakspunktet gjelder en plan som ikke er i saken."))
    return items


def _adopt(subject: PointSubject, *, by: User) -> None:
    """Adopts the words that lay before the meeting: the draft must still say the same."""
    plan = lock_to_adopt(subject.plan)
    laid = subject.revision
    if laid and not plan.locked and laid.content != document.canonical(document_of(plan)):
        raise Conflict(
            _(
                "Utkastet «%(plan)s» er endret etter at versjon %(number)s ble lagt fram. Vedta det «med "
                "endringer fra møtet», så bekrefter lederen ordlyden, eller før utkastet tilbake."
            )
            % {"plan": plan.title, "number": laid.number}
        )
    _adopted(subject, plan, laid, by=by)


def _adopted(subject: PointSubject, plan: Plan, laid: Revision | None, *, by: User) -> None:
    if subject.in_force_from is None or subject.published_from is None:
        return
    adopt_by(
        subject.point,
        plan,
        by=by,
        in_force_from=subject.in_force_from,
        published_from=subject.published_from,
        provisional_until=subject.provisional_until,
        laid=laid,
    )


def _address(item: CaseItem, case: Case) -> str:
    """Of the version, for the committee's members; of the draft, where the case has no version."""
    if not item.revision_id:
        return item.plan.get_work_url()
    committee = case.committee
    place = (committee.community.slug, committee.slug, case.year, case.number, item.pk)
    return reverse("plan_in_case", args=place)


def _version(revision: Revision | None) -> str:
    if revision is None:
        return _("utkastet")
    named = f", {revision.name}" if revision.name else ""
    return _("versjon %(number)s%(name)s") % {"number": revision.number, "name": named}
