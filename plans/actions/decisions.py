"""What a committee's decision does to the plans that its case speaks of (`committees/subjects.py`)."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from committees.models import AgendaItem, Authority, Case, DecisionPoint, Meeting
from committees.subjects import Subject
from helsefellesskap.dates import local_day
from helsefellesskap.errors import Conflict, Refusal
from partners.models import HealthCommunity, User
from plans import document
from plans.document import PlanDocument
from plans.exporters.in_case import printed_in_case
from plans.models import AuthorityScope, CaseItem, Plan, PointSubject, Revision, Withdrawal
from plans.queries.pictures import pictures
from plans.queries.public import taken_down
from plans.queries.treated import newest_review, treated, version_in_words
from plans.renderings import drop_renderings
from plans.search.index import index_case, index_meeting
from plans.snapshot import document_of
from plans.templatetags.documents import long_date

from .adopt import adopt_by, lock_to_adopt
from .link_bodies import link_bodies

Verb = DecisionPoint.Verb
# These take effect as an adoption always; «slutter seg til» and «legger til grunn» where days are given.
_ADOPTS = (Verb.ADOPTS, Verb.ADOPTS_PROVISIONALLY)
_BACK_TO_DRAFT = (Verb.RETURNS, Verb.WITHDRAWS)


class PlanSubjects:
    """The plans of a case: a key is the case item's, in figures."""

    def of(self, case: Case) -> Sequence[Subject]:
        return self.of_cases([case]).get(case.pk, ())

    def of_cases(self, cases: Sequence[Case]) -> Mapping[int, Sequence[Subject]]:
        known = {case.pk: case for case in cases}
        items = CaseItem.objects.filter(case__in=known).select_related("plan__community", "revision")
        found: dict[int, list[Subject]] = defaultdict(list)
        for item in items.order_by("plan__title", "pk"):
            subject = Subject(
                key=str(item.pk),
                title=item.plan.title,
                note=version_in_words(item.revision),
                url=_address(item, known[item.case_id]),
                pk=item.pk if item.revision_id else None,
            )
            found[item.case_id].append(subject)
        return found

    def printed(self, case: Case, *, level: int) -> Sequence[SafeString]:
        items = case.plan_items.filter(revision__isnull=False).select_related("plan", "revision")
        return [
            printed_in_case(
                PlanDocument() if (gone := taken_down(item.revision)) else item.revision.load(),
                title=item.plan.title,
                note=_taken_down(gone) if gone else version_in_words(item.revision),
                level=level,
                key=item.pk,
            )
            for item in items.order_by("plan__title", "pk")
            if item.revision
        ]

    def treated(self, item: AgendaItem, *, user: User) -> Sequence[Subject]:
        return treated(item, user=user)

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
            if subject.in_force_from is not None:
                _check_settled(subject)
            if subject.in_force_from is not None and not point.with_changes:
                _adopt(subject, by=by)
            if point.verb in _BACK_TO_DRAFT:
                Plan.objects.filter(pk=item.plan_id, state=Plan.State.IN_REVIEW).update(
                    state=Plan.State.DRAFT
                )
            drop_renderings(item.plan)

    def confirm(self, point: DecisionPoint, *, by: User, words: str) -> None:
        subjects = list(point.plan_subjects.select_related("plan", "revision").order_by("pk"))
        plans = [lock_to_adopt(subject.plan) for subject in subjects]
        if words and words != mark_of([document_of(plan) for plan in plans]):
            raise Conflict(_("Ordlyden er endret siden du leste den. Les den på nytt, og bekreft."))
        for subject, plan in zip(subjects, plans, strict=True):
            _check_settled(subject)
            _adopted(subject, plan, None, by=by)

    def cover(self, authority: Authority, keys: Sequence[str]) -> None:
        if not keys:
            return
        # A case item of the case where it was given; a plan («plan:12») where it was given elsewhere.
        items = CaseItem.objects.filter(
            pk__in=[int(key) for key in keys if key.isdecimal()],
            case__committee__community=authority.community,
        )
        named = [key.removeprefix("plan:") for key in keys if key.startswith("plan:")]
        plans = set(items.values_list("plan", flat=True)) | set(
            Plan.objects.filter(
                pk__in=[int(key) for key in named if key.isdecimal()], community=authority.community
            ).values_list("pk", flat=True)
        )
        AuthorityScope.objects.bulk_create(AuthorityScope(authority=authority, plan_id=pk) for pk in plans)

    def recorded(self, meeting: Meeting) -> None:
        for plan in Plan.objects.filter(case_items__case__agenda_items__meeting=meeting).distinct():
            drop_renderings(plan)
        index_meeting(meeting)

    def decided(self, case: Case) -> None:
        index_case(case)

    def named(self, community: HealthCommunity) -> None:
        link_bodies(community)

    def carry(self, case: Case, *, to: Case) -> None:
        CaseItem.objects.bulk_create(
            CaseItem(case=to, plan_id=plan, revision_id=revision)
            for plan, revision in case.plan_items.values_list("plan", "revision")
        )


def mark_of(documents: Sequence[PlanDocument]) -> str:
    """Tells these words from others: what the leader read is what is confirmed."""
    words = "\n".join(document.canonical(found) for found in documents)
    return hashlib.sha256(words.encode()).hexdigest()


def _items(case: Case, keys: Sequence[str]) -> Sequence[CaseItem]:
    items = list(
        case.plan_items.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).select_related(
            "plan", "revision"
        )
    )
    if len(items) != len(set(keys)):
        raise Refusal(_("Vedtakspunktet gjelder en plan som ikke er i saken."))
    return items


def _check_settled(subject: PointSubject) -> None:
    """Where a side that must join does not, the point says how that was settled. Raises Refusal.

    A recused seat does not count, nor silence: that a side has answered is not asked for.
    """
    point, plan = subject.point, subject.plan
    review = newest_review(plan, point.decision.meeting.committee)
    if point.reason or review is None:
        return
    laid = subject.revision
    words = document_of(plan) if laid is None or (point.with_changes and not plan.locked) else laid.load()
    picture = pictures([review], document=words)[review.pk]
    against = [
        row.measure.label or row.measure.text[:60]
        for row in picture.rows
        if any(
            side.needed and (side.count("disagreement") or side.count("reservation"))
            for side in row.standing.sides
        )
    ]
    if against:
        raise Refusal(
            _(
                "Noen er uenige eller har tatt forbehold (%(measures)s i «%(plan)s»). Skriv i begrunnelsen "
                "hvordan det ble løst."
            )
            % {"measures": _listed(against), "plan": plan.title}
        )


def _listed(names: Sequence[str]) -> str:
    """«a), c)», the first few of many."""
    few = ", ".join(names[:5])
    return _("%(few)s og %(n)s til") % {"few": few, "n": len(names) - 5} if len(names) > 5 else few


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


def _taken_down(withdrawal: Withdrawal) -> str:
    """What the papers say in place of the words."""
    return _("Trukket tilbake %(day)s. Innholdet er slettet.") % {"day": long_date(local_day(withdrawal.at))}
