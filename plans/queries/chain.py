"""How a plan came to be adopted, as the public may see it: recommended, returned, authority, adopted.

A decision is public when its minutes are approved, when it was registered afterwards, or when what it
adopted is public; so is the decision that gave the authority for that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Authority, AuthorityUse, Case, Decision, DecisionPoint, Meeting, Seat
from plans.consensus import Answer, Place
from plans.models import Adoption, Plan, PointSubject, Revision, Withdrawal

from .pictures import Picture, pictures
from .reviews import reviews

Verb = DecisionPoint.Verb


def public_decisions() -> QuerySet[Decision]:
    """The decisions that anybody may read of."""
    published = Adoption.objects.filter(revision__publication__published_from__lte=timezone.localdate())
    return Decision.objects.filter(
        Q(meeting__state=Meeting.State.MINUTES_APPROVED)
        | Q(registered_afterwards=True)
        | Q(points__adoptions__in=published)
        | Q(points__gives__uses__point__adoptions__in=published)
    ).distinct()


def public_case_url(case: Case) -> str:
    committee = case.committee
    return reverse("public_case", args=[committee.community.slug, committee.slug, case.year, case.number])


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way, in a sentence."""

    day: date
    said: str
    url: str = ""  # of the public case
    reason: str = ""
    adopts: bool = False


def chain_of(plan: Plan) -> list[Step]:
    """The steps by day. Three queries."""
    subjects = (
        PointSubject.objects.filter(
            plan=plan, point__decision__in=public_decisions(), point__verb__in=list(_SAID)
        )
        .select_related(
            "point__decision__case__committee__community",
            "point__decision__meeting",
            "point__lifted_to",
            "point__delegates_to",
        )
        .order_by("point__decision__meeting__date", "point__decision", "point__number")
    )
    points = {subject.point_id: subject.point for subject in subjects}
    # An adoption that was recorded by itself speaks of its plan through the case.
    adopting = DecisionPoint.objects.filter(
        adoptions__revision__plan=plan, decision__in=public_decisions()
    ).select_related("decision__case__committee__community", "decision__meeting", "lifted_to", "delegates_to")
    points |= {point.pk: point for point in adopting}
    steps = [_step(point) for point in points.values()]
    steps += [_given(authority) for authority in _stood_on(points) if authority.point_id not in points]
    return sorted(steps, key=lambda step: (step.day, step.adopts))


def _stood_on(points: Iterable[int]) -> Sequence[Authority]:
    uses = AuthorityUse.objects.filter(point__in=list(points)).select_related(
        "authority__from_committee",
        "authority__from_partner",
        "authority__to_committee",
        "authority__to_seat",
        "authority__point__decision__case__committee__community",
        "authority__point__decision__meeting",
    )
    return list({use.authority_id: use.authority for use in uses}.values())


_SAID = {
    Verb.RECOMMENDS: gettext_lazy("%(who)s anbefalte planen i sak %(case)s"),
    Verb.RETURNS: gettext_lazy("%(who)s sendte planen tilbake i sak %(case)s"),
    Verb.LIFTS: gettext_lazy("%(who)s løftet planen til %(to)s i sak %(case)s"),
    Verb.DELEGATES: gettext_lazy("%(who)s ga %(to)s myndighet i sak %(case)s"),
    Verb.ADOPTS: gettext_lazy("%(who)s vedtok planen i sak %(case)s"),
    Verb.JOINS: gettext_lazy("%(who)s sluttet seg til planen i sak %(case)s"),
    Verb.BUILDS_ON: gettext_lazy("%(who)s la planen til grunn i sak %(case)s"),
    Verb.ADOPTS_PROVISIONALLY: gettext_lazy("%(who)s vedtok planen foreløpig i sak %(case)s"),
}
ON_THE_WAY = tuple(_SAID)  # the verbs of a plan's way to adoption: status that is noted later is none


def _step(point: DecisionPoint) -> Step:
    case, meeting = point.decision.case, point.decision.meeting
    to = point.delegates_to or point.lifted_to
    words = {
        "who": case.committee.abbreviation,
        "case": case.printed_number,
        "to": to.abbreviation if to else "",
    }
    return Step(
        day=meeting.date,
        said=str(_SAID[Verb(point.verb)]) % words,
        url=public_case_url(case),
        # What is restricted is not told here either.
        reason="" if case.access == Case.Access.RESTRICTED else point.reason,
        adopts=point.verb in DecisionPoint.ADOPTING,
    )


def _given(authority: Authority) -> Step:
    giver = authority.from_committee.abbreviation if authority.from_committee else authority.from_partner
    words = {"who": giver, "to": _holder(authority), "case": authority.case_number}
    point = authority.point
    return Step(
        day=point.decision.meeting.date if point else authority.start,
        said=str(_SAID[Verb.DELEGATES]) % words,
        url=public_case_url(point.decision.case) if point else "",
    )


def _holder(authority: Authority) -> str:
    if authority.to_committee:
        return authority.to_committee.abbreviation
    seat = authority.to_seat
    assert seat, "an authority has one holder"
    return seat.public_name


@dataclass(frozen=True, slots=True)
class Joined:
    """Where a committee's seats stood when it adopted, once its minutes are approved."""

    committee: str
    joined: tuple[str, ...]  # for whom: joined every measure
    others: tuple[tuple[str, str], ...]  # for whom, and what in words: reservations, disagreement, silence


def stances_of(adoptions: Iterable[Adoption], revision: Revision) -> list[Joined]:
    """By committee that adopted; of the words in this revision. At most eight queries."""
    return [_joined(picture, hidden) for picture, hidden in _approved(adoptions, revision)]


def stances_on(adoptions: Iterable[Adoption], revision: Revision, key: str) -> list[Joined]:
    """The same of one measure, by its key."""
    return [
        _joined_on(picture, hidden, key)
        for picture, hidden in _approved(adoptions, revision)
        if key in picture.standings
    ]


def _approved(adoptions: Iterable[Adoption], revision: Revision) -> list[tuple[Picture, set[int]]]:
    """The pictures of the committees that adopted in a meeting whose minutes are approved, each with the
    seats that the public does not name.
    """
    approved = [
        adoption.point.decision.meeting.committee_id
        for adoption in adoptions
        if adoption.point.decision.meeting.state == Meeting.State.MINUTES_APPROVED
    ]
    if not approved:
        return []
    # What was asked while a plan that was taken down waited for its redaction is in no approved minutes.
    gone = Withdrawal.objects.filter(revision__plan=revision.plan, at__lte=OuterRef("laid_at"))
    found = reviews().filter(~Exists(gone), revision__plan=revision.plan, committee__in=approved)
    newest = {review.committee_id: review for review in found.order_by("revision__number", "pk")}
    if not newest:
        return []
    drawn = pictures(list(newest.values()), document=revision.load())
    hidden = set(
        Seat.objects.filter(committee__in=newest, named_in_public=False).values_list("pk", flat=True)
    )
    return [(picture, hidden) for picture in drawn.values()]


def _named(place: Place, hidden: set[int]) -> str:
    """For whom the seat speaks; its side, where that would be a name that is not for the public."""
    if place.key in hidden and place.name in place.on_behalf_of:
        return str(Seat.Side(place.side).label)
    return place.on_behalf_of


def _joined_on(picture: Picture, hidden: set[int], key: str) -> Joined:
    joined: list[str] = []
    others: list[tuple[str, str]] = []
    for place in picture.deciding:
        answer = picture.answers_of(place.key).get(key)
        if answer and answer.position == "consensus":
            joined.append(_named(place, hidden))
        else:
            others.append((_named(place, hidden), _position(answer)))
    return Joined(picture.review.committee.name, tuple(joined), tuple(others))


def _position(answer: Answer | None) -> str:
    if answer is None or answer.given is None or answer.position == "not_answered":
        return _("har ikke svart")
    if answer.position == "disagreement":
        return _("er uenig")
    if answer.given.kind == "own_body":
        return _("tok forbehold om behandling i eget organ")
    return _("tok forbehold")


def _joined(picture: Picture, hidden: set[int]) -> Joined:
    joined: list[str] = []
    others: list[tuple[str, str]] = []
    for place in picture.deciding:
        named = _named(place, hidden)
        answers = picture.answers_of(place.key)
        said = [(row, answers.get(row.measure.key)) for row in picture.rows]
        if all(answer and answer.position == "consensus" for _row, answer in said):
            joined.append(named)
            continue
        words = _in_words([(row.measure.label, answer) for row, answer in said])
        others.append((named, words))
    return Joined(picture.review.committee.name, tuple(joined), tuple(others))


def _in_words(said: Sequence[tuple[str, Answer | None]]) -> str:
    """«tok forbehold på a), c); ikke svart på 3 tiltak»."""
    parts = []
    for position, words in (
        ("disagreement", _("er uenig i %(measures)s")),
        ("reservation", _("tok forbehold på %(measures)s")),
    ):
        labels = [label for label, answer in said if answer and answer.position == position]
        if labels:
            named = ", ".join(labels) if all(labels) else _("%(n)s tiltak") % {"n": len(labels)}
            parts.append(words % {"measures": named})
    silent = sum(answer is None or answer.position == "not_answered" for _label, answer in said)
    if silent == len(said):
        return _("har ikke svart")
    if silent:
        parts.append(_("har ikke svart om %(n)s tiltak") % {"n": silent})
    return "; ".join(parts)


def public_decisions_of(case: Case) -> list[Decision]:
    """The case's public decisions by day, with their points."""
    return list(
        public_decisions()
        .filter(case=case)
        .select_related("meeting")
        .prefetch_related(
            "points__delegates_to",
            "points__lifted_to",
            "points__postponed_to",
            "points__stands_on__authority__from_committee",
            "points__stands_on__authority__from_partner",
        )
        .order_by("meeting__date", "pk")
    )


def public_plans_in(case: Case) -> list[Plan]:
    """The plans of the case that anybody may read."""
    return list(
        Plan.objects.filter(
            case_items__case=case, revisions__publication__published_from__lte=timezone.localdate()
        )
        .select_related("community")
        .distinct()
        .order_by("title", "pk")
    )
