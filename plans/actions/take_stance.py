"""«SSU tok forbehold på tiltak b»: a seat says where its parties stand, on the words it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.links import check_open
from committees.models import AgendaItem, Call, Meeting, PersonalLink, Seat
from committees.rules import gives_stance, may_prepare, may_take_stance
from committees.seats import spoken_for
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import done
from partners.models import Audit, User
from partners.roles import on
from plans.consensus import words_of
from plans.models import Item, Review, Seen, Stance
from plans.queries.reviews import said_for

from .lay_before import notice_key

Kind = Stance.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of one measure, or without `item` of the whole. `words` is the hash that was shown."""

    kind: str
    item: str = ""  # the measure's key
    words: str = ""
    remark: str = ""
    expected_on: date | None = None


class AnsweredMeanwhile(Conflict):
    """Somebody answered for the same seat after the page was made. `newer` are those stances."""

    def __init__(self, newer: Sequence[Stance]) -> None:
        super().__init__(_("Noen andre har svart for vervet i mellomtiden. Se svaret, og svar på nytt."))
        self.newer = newer


def take_stance(
    review: Review,
    seat: Seat,
    *,
    by: User | None = None,
    link: PersonalLink | None = None,
    item: Item | None = None,
    kind: str,
    remark: str = "",
    expected_on: date | None = None,
    words: str = "",
    from_paper: bool = False,
    given_in: AgendaItem | None = None,
) -> Stance:
    """One stance: on a measure, or without `item` on the whole. See `take_stances`."""
    answer = Answer(
        kind=kind, item=str(item.pk) if item else "", words=words, remark=remark, expected_on=expected_on
    )
    (stance,) = take_stances(
        review, seat, by=by, link=link, answers=[answer], from_paper=from_paper, given_in=given_in
    )
    return stance


@transaction.atomic
def take_stances(
    review: Review,
    seat: Seat,
    *,
    by: User | None = None,
    link: PersonalLink | None = None,
    answers: Sequence[Answer],
    last: int | None = None,
    from_paper: bool = False,
    given_in: AgendaItem | None = None,
) -> list[Stance]:
    """What a seat answers in one go: first the whole, then the exceptions, each on the words shown.

    `by` holds the seat, or types in what came `from_paper` or was `given_in` a meeting, at an item of its
    list; without an account `link` opens it. `last` is the newest stance for the seat that the page showed
    (0: none); None does not ask. The same answer sent twice is written once. Raises NotAllowed, WrongState
    (closed, locked; «ingen merknader» before what changed was seen), Conflict (other words than those
    shown), AnsweredMeanwhile and Refusal.
    """
    review = locked(Review.objects).select_related("revision__plan__community", "committee").get(pk=review.pk)
    typed_in = from_paper or given_in is not None
    _check_who(review, seat, by=by, link=link, typed_in=typed_in)
    if review.closed_at:
        raise WrongState(_("Behandlingen er avsluttet. Det tas ikke imot flere svar."))
    if review.revision.plan.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst."))
    place = counts_for(seat)
    answers = sorted(answers, key=lambda answer: bool(answer.item))
    _check_answers(review, answers)
    if last is not None and (newer := list(said_for(review, place).filter(pk__gt=last))):
        if _same(newer, seat, answers):
            return newer
        raise AnsweredMeanwhile(newer)
    _check_seen(review, seat, answers, typed_in=typed_in)
    stances = [
        Stance.objects.create(
            review=review,
            seat=seat,
            in_place_of=None if place == seat else place,
            item_id=answer.item or None,
            words=answer.words,
            kind=answer.kind,
            remark=answer.remark,
            expected_on=answer.expected_on,
            on_behalf_of=spoken_for(place),
            by=by,
            link=link,
            from_paper=from_paper,
            given_in=given_in,
        )
        for answer in answers
    ]
    if holder := place.user or place.email:
        done(notice_key(review), to=holder)
    Audit.objects.write(
        review.committee.community,
        by=by,
        verb="take_stance",
        what="%(who)s for %(whom)s i %(committee)s%(how)s om «%(plan)s» versjon %(number)s: %(said)s.",
        facts={
            "who": seat.printed_name,
            "whom": stances[0].on_behalf_of,
            "committee": review.committee.abbreviation,
            "how": _how(stances[0]),
            "plan": review.revision.plan.title,
            "number": review.revision.number,
            "said": lambda: _in_words(stances),
        },
    )
    return stances


def counts_for(seat: Seat) -> Seat:
    """The seat that this one's stances count for: its own, or of a deputy the member's.

    A deputy of nobody in particular speaks where they are called in somebody's place. Raises NotAllowed.
    """
    if seat.role != Seat.Role.DEPUTY:
        return seat
    if seat.deputy_for:
        return seat.deputy_for
    called = (
        Call.objects.filter(
            seat=seat,
            stands_in_for__isnull=False,
            meeting__committee=seat.committee_id,
            meeting__date__gte=timezone.localdate(),
        )
        .exclude(meeting__state=Meeting.State.CANCELLED)
        .select_related("stands_in_for__committee")
        .order_by("meeting__date")
        .first()
    )
    if called is None or called.stands_in_for is None:
        raise NotAllowed(_("Du er vara uten et bestemt medlem, og kan svare når du er kalt inn for noen."))
    return called.stands_in_for


def _check_who(
    review: Review, seat: Seat, *, by: User | None, link: PersonalLink | None, typed_in: bool
) -> None:
    if seat.committee_id != review.committee_id:
        raise NotAllowed(_("Vervet er i et annet utvalg."))
    if not Seat.objects.filter(on(timezone.localdate()), pk=seat.pk).exists():
        raise NotAllowed(_("Vervet varer ikke i dag, og gir ingen rett til å svare."))
    if link is not None:
        check_open(link)
        if (link.purpose, link.target, link.seat_id) != (PersonalLink.Purpose.REVIEW, review.pk, seat.pk):
            raise NotAllowed(_("Lenken gjelder ikke dette."))
        if not gives_stance(seat):
            raise NotAllowed(_("Dette vervet gir ikke rett til å ta standpunkt."))
        return
    if typed_in:
        if by is None or not may_prepare(by, review.committee):
            raise NotAllowed(_("Bare sekretariatet skriver inn svar for andre."))
        if not gives_stance(seat):
            raise NotAllowed(_("Dette vervet gir ikke rett til å ta standpunkt."))
        return
    if by is None or not may_take_stance(by, seat):
        raise NotAllowed(_("Vervet ditt i utvalget gir ikke rett til å ta standpunkt."))


def _check_answers(review: Review, answers: Sequence[Answer]) -> None:
    if not answers:
        raise Refusal(_("Velg et svar for hele planen eller for et tiltak."))
    words = words_of(review.revision.load())
    for answer in answers:
        if answer.kind not in Kind:
            raise Refusal(_("Velg om dere slutter dere til, tar forbehold eller er uenige."))
        if answer.expected_on and answer.kind != Kind.OWN_BODY:
            raise Refusal(_("Bare et forbehold om behandling i eget organ har en dato."))
        if answer.kind in (Kind.RESERVES, Kind.DISAGREES) and not answer.remark.strip():
            raise Refusal(_("Skriv kort hva forbeholdet eller uenigheten gjelder."))
        if answer.item and answer.item not in words:
            raise Conflict(_("Tiltaket er ikke i den versjonen som er lagt fram."))
        if answer.item and answer.words != words[answer.item]:
            raise Conflict(_("Ordlyden er en annen enn den siden viste. Se på tiltaket, og svar på nytt."))


def _check_seen(review: Review, seat: Seat, answers: Sequence[Answer], *, typed_in: bool) -> None:
    if typed_in:  # the sheet says what changed, and so does the screen of the meeting
        Seen.objects.get_or_create(review=review, seat=seat)
        return
    joins_all = any(not answer.item and answer.kind == Kind.JOINS for answer in answers)
    if joins_all and not Seen.objects.filter(review=review, seat=seat).exists():
        raise WrongState(_("Se først hva som er endret. Deretter kan dere slutte dere til hele planen."))


def _same(newer: Sequence[Stance], seat: Seat, answers: Sequence[Answer]) -> bool:
    """Whether these are just what is answered now: the same form sent twice."""
    written = [(s.seat_id, str(s.item_id or ""), s.kind, s.remark, s.expected_on) for s in newer]
    return written == [(seat.pk, a.item, a.kind, a.remark, a.expected_on) for a in answers]


def _how(stance: Stance) -> str:
    if stance.from_paper:
        return " (fra papir)"
    if stance.given_in:
        return " (i møtet)"
    return " (personlig lenke)" if stance.link else ""


def _in_words(stances: Sequence[Stance]) -> str:
    """For the log: what of which."""
    whole = [str(s.get_kind_display()) for s in stances if s.item_id is None]
    rest = len(stances) - len(whole)
    said = [f"{kind} hele planen" for kind in whole]
    if rest:
        said.append(f"svar på {rest} tiltak")
    return "; ".join(said)
