"""A great many plans, for measuring: `manage.py demo --scale 100000`. The same every time, and our own words.

Four yearly plans follow each other in each of five fields in each community: one in force, the others
superseded. More measures make longer plans, not more of them, as in life.
"""

from collections.abc import Iterator
from datetime import date
from itertools import batched
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from committees.models import AgendaItem, Case, Committee, Decision, DecisionPoint, Meeting
from partners.models import HealthCommunity, User
from plans import document as doc
from plans.actions.freeze import freeze
from plans.models import Adoption, CaseItem, Item, Plan, Publication, Revision
from plans.search.index import rebuild
from plans.snapshot import to_draft

YEARS = 4
FIELDS = ("Barn og unge", "Eldre", "Psykisk helse og rus", "Akutt hjelp", "Digital samhandling")
_GOAL, _SECTION = 5, 8  # measures in a goal, goals in a section


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_VERBS = _listed("""
    Lage Prøve Evaluere Samordne Kartlegge Styrke Innføre Revidere Utvikle Dele Beskrive Etablere Følge Måle
    Forenkle Øve Planlegge Varsle Gjennomgå Forankre
""")
_WHAT = (
    "felles rutine for",
    "ny oversikt over",
    "en mal for",
    "opplæring i",
    "et nettverk for",
    "to møter om",
    "kortere ventetid for",
    "tettere kontakt om",
    "bedre flyt i",
    "en avtale om",
)
_HEADS = _listed("""
    pasient legevakt sykehjem barne ungdoms demens kreft smerte lunge hjerte hode slag fødsels ernærings
    medisin utskrivings innleggelses henvisnings oppfølgings behandlings rehabiliterings habiliterings
    beredskaps tolke transport ambulanse hospiterings kompetanse veilednings brukerråds pårørende skole
    bolig arbeids idretts kultur familie mestrings frivillighets forsknings velferds digital strøm vinter
""")
_TAILS = _listed("""
    forløp koordinator team samtale plan møte kurs skjema rapport register tavle perm nettside brosjyre vakt
    kontakt tilbud arena pakke melding avklaring vurdering støtte trening gruppe ordning dagbok samling
    stafett veileder hjelper panel undersøkelse prosjekt
""")
_WHERE = (
    "i alle kommunene",
    "på sengeposten",
    "ved utskriving",
    "før innleggelse",
    "i hjemmet",
    "på legevakten",
    "om natten",
    "i helgene",
    "for dem som bor alene",
    "på to språk",
    "innen årets slutt",
    "sammen med brukerne",
)


def fill(measures: int, *, by: User) -> int:
    """Adds plans with so many measures in all, where they are not there yet: how many were added.

    One transaction for each community; search is made anew at the end. Text, identities and addresses
    are the same every time for the same number.
    """
    communities = list(HealthCommunity.objects.order_by("slug"))
    places = [(home, field, year) for home in communities for field in FIELDS for year in range(YEARS)]
    sizes = [measures * (n + 1) // len(places) - measures * n // len(places) for n in range(len(places))]
    made = 0
    for chunk in batched(zip(places, sizes, strict=True), len(FIELDS) * YEARS):
        with transaction.atomic():
            made += sum(_add(*place, size, by=by) for place, size in chunk if size)
    if made:
        rebuild()
    return made


def _add(community: HealthCommunity, field: str, year: int, size: int, *, by: User) -> int:
    number = FIELDS.index(field) * YEARS + year + 1
    slug, start = f"skala-{number:02}", localdate().year - YEARS + 1 + year
    if community.plans.filter(slug=slug).exists():
        return 0
    chance = Random(f"{community.slug} {slug} {size}")  # noqa: S311 - the same every time is the point
    before = community.plans.filter(slug=f"skala-{number - 1:02}").first() if year else None
    document = _document(f"{field} {start}", start, size, community, chance)
    plan = to_draft(
        document, community=community, by=by, slug=slug, identify=lambda kind: _item(kind, chance)
    )
    plan.follows, plan.state, plan.undecided_reason = before, Plan.State.ADOPTED, "Plan for målinger."
    plan.save(update_fields=["follows", "state", "undecided_reason"])
    revision = freeze(plan, by=by, purpose=Revision.Purpose.ADOPTION)
    _adopt(revision, date(start, 1, 1), number, by=by)
    return size


def _item(kind: Item.Kind, chance: Random) -> Item:
    # Nine letters: none of the codes that the portal gives, of seven, is taken.
    code = "".join(chance.choices("23456789bcdfghjkmnpqrstvwxz", k=9))
    return Item(kind=kind, id=UUID(int=chance.getrandbits(128), version=4), code=code)


def _adopt(revision: Revision, day: date, number: int, *, by: User) -> None:
    """What `actions.adopt` leaves behind, without its mails and files."""
    committee, _made = Committee.objects.get_or_create(
        community=revision.plan.community,
        slug="ssu",
        defaults={"abbreviation": "SSU", "name": "Strategisk samarbeidsutvalg", "level": "strategisk"},
    )
    meeting, _made = Meeting.objects.get_or_create(
        committee=committee, date=day, defaults={"state": Meeting.State.HELD}
    )
    case = Case.objects.create(
        committee=committee,
        year=day.year,
        number=900 + number,
        printed_number=f"{900 + number}-{day.year}",
        title=revision.plan.title,
    )
    AgendaItem.objects.create(meeting=meeting, case=case)
    decision = Decision.objects.create(case=case, meeting=meeting, registered_afterwards=True, recorded_by=by)
    point = DecisionPoint.objects.create(
        decision=decision, number=1, verb=DecisionPoint.Verb.ADOPTS, wording=f"SSU vedtar {case.title}."
    )
    Adoption.objects.create(revision=revision, point=point, in_force_from=day, registered_by=by)
    Publication.objects.create(revision=revision, published_from=day, published_by=by)
    CaseItem.objects.create(case=case, plan=revision.plan, revision=revision)


# --- the words ---


def _document(
    title: str, year: int, size: int, community: HealthCommunity, chance: Random
) -> doc.PlanDocument:
    names = ["SSU", "Felles", *community.partners.order_by("name").values_list("name", flat=True)]
    goals = [_goal(n, batch, names, chance) for n, batch in enumerate(batched(range(size), _GOAL), 1)]
    sections = tuple(
        doc.Section(
            key=f"s{n}",
            number=str(n),
            heading=f"{_compound(chance).capitalize()} og {_compound(chance)}",
            body=f"<p>{'. '.join(_sentences(2, chance))}. Det gjelder {_alone(chance)}.</p>",
            goals=batch,
        )
        for n, batch in enumerate(batched(goals, _SECTION), 1)
    )
    period = doc.Period(start=f"{year}-01-01", end=f"{year}-12-31")
    return doc.PlanDocument(title=title, community=community.name, period=period, sections=sections)


def _goal(number: int, measures: tuple[int, ...], names: list[str], chance: Random) -> doc.Goal:
    text = f"Flere får {_compound(chance)} {chance.choice(_WHERE)}"
    return doc.Goal(
        key=f"g{number}",
        text=text,
        html=text,
        measures=tuple(_measure(n, names, chance) for n in measures),
    )


def _measure(number: int, names: list[str], chance: Random) -> doc.Measure:
    (text,) = _sentences(1, chance)
    responsible = chance.choice(names)
    return doc.Measure(
        key=f"m{number}",
        text=text,
        html=text,
        responsible=doc.Responsible(text=responsible, parties=(responsible,)),
    )


def _sentences(number: int, chance: Random) -> Iterator[str]:
    for _n in range(number):
        verb, what, where = chance.choice(_VERBS), chance.choice(_WHAT), chance.choice(_WHERE)
        yield f"{verb} {what} {_compound(chance)} og {_compound(chance)} {where}"


def _alone(chance: Random) -> str:
    """What else stands in compounds, by itself, as texts of people have it."""
    return f"{chance.choice(_TAILS)}, {chance.choice(_TAILS)} og {chance.choice(_HEADS).removesuffix('s')}"


def _compound(chance: Random) -> str:
    return chance.choice(_HEADS) + chance.choice(_TAILS)
