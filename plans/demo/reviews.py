"""The demo's review: next year's draft lies before SSU and FSU ELD, in its second version."""

from datetime import timedelta

from django.utils import timezone

from committees.models import Seat
from partners.models import User
from plans.actions.edit import edit_row
from plans.actions.lay_before import lay_before
from plans.actions.mark_linguistic import mark_linguistic
from plans.actions.take_stance import Answer, take_stances
from plans.consensus import Correction, words_of
from plans.models import Measure, Plan, Review, Seen, Stance
from plans.snapshot import document_of

Kind = Stance.Kind
COMMITTEES = ("SSU", "FSU ELD")
# Measures by how they begin.
VISITS, REVIEWS_OF_DRUGS = "Utvide felles visitt", "Gjennomføre legemiddelgjennomgang"
VIDEO, RULES_OF_AI = "Gjøre videokonsultasjon", "Evaluere reglene"
LANGUAGE_ONLY = "Utvide felles visitt på video til alle sykehjem som vil ha det"
CHANGED = "Gjøre videokonsultasjon fra legevakt til et fast tilbud hele døgnet"


def add_review(plan: Plan, *, by: User) -> None:
    """Two versions before two committees: all join but two, one answers on paper, some are asked again."""
    ssu, elderly = _lay(plan, by=by, name="til SSU, første utkast", message="")
    too_soon = (REVIEWS_OF_DRUGS, Kind.RESERVES, "Vi har ikke leger nok til to uker. Kan det stå fire?")
    left_out = (RULES_OF_AI, Kind.DISAGREES, "Brukerne må være med i evalueringen.")
    _join(ssu, "Håkon Stormo")
    _join(ssu, "Jorunn Elvevoll", too_soon)
    _join(ssu, "Åse Lillevik", left_out)
    _join(elderly, "Elin Bakkehaug")
    _reserve_on_paper(ssu, "Per Ivar Sandmo", by=by)

    before = words_of(document_of(plan))
    for start, words in ((VISITS, LANGUAGE_ONLY), (VIDEO, CHANGED)):
        measure = _measure(plan, start)
        edit_row(measure, by=by, version=measure.version, values={"html": words})
    visits = str(_measure(plan, VISITS).item_id)
    now = words_of(document_of(plan))
    mark_linguistic(plan, by=by, corrections=[Correction(item=visits, old=before[visits], new=now[visits])])
    ssu, _elderly = _lay(plan, by=by, name="til SSU, andre utkast", message="Se særlig på fristene i 2.2.")
    _join(ssu, "Torgeir Nyheim")


def _lay(plan: Plan, *, by: User, name: str, message: str) -> list[Review]:
    committees = [plan.community.committees.get(abbreviation=short) for short in COMMITTEES]
    due = timezone.localdate() + timedelta(days=21)
    return lay_before(plan, by=by, committees=committees, due=due, message=message, name=name)


def _measure(plan: Plan, start: str) -> Measure:
    return Measure.objects.get(goal__section__plan=plan, html__startswith=start)


def _join(review: Review, name: str, *exceptions: tuple[str, Stance.Kind, str]) -> None:
    """Sees what changed and joins the whole, with exceptions as (start of the measure, kind, remark)."""
    seat = review.committee.seats.get(printed_name=name)
    Seen.objects.create(review=review, seat=seat)
    answers = [Answer(kind=Kind.JOINS)]
    words = words_of(review.revision.load())
    for start, kind, remark in exceptions:
        key = str(_measure(review.revision.plan, start).item_id)
        answers.append(Answer(kind=kind, item=key, words=words[key], remark=remark))
    take_stances(review, seat, by=seat.user, answers=answers)


def _reserve_on_paper(review: Review, name: str, *, by: User) -> None:
    seat: Seat = review.committee.seats.get(printed_name=name)
    expected = timezone.localdate() + timedelta(days=40)
    remark = "Skal til formannskapene i de tre kommunene."
    answer = Answer(kind=Kind.OWN_BODY, remark=remark, expected_on=expected)
    take_stances(review, seat, by=by, answers=[answer], from_paper=True)
