"""The demo's status: what came by e-mail before, and a round that is under way, half answered."""

from datetime import timedelta

from django.utils import timezone

from partners.models import User
from plans.actions.report_status import ask_status, report_status
from plans.models import Item, Plan
from plans.queries.status import Party, measures_to_report, parties_of, party_of

# (how the measure begins, who reports, value, words, how many days ago)
REPORTS = (
    ("Ta i bruk en felles", "FSU BU", "completed", "Samtalen er i bruk på alle tre sykehusene.", 160),
    ("Lage en nettside", "FSU DIG", "ongoing", "Ungdomsrådet har prøvd første utkast.", 70),
    ("Prøve ut felles visitt", "UNN", "ongoing", "To av tre kommuner er i gang.", 33),
    ("Prøve ut felles visitt", "Senja", "ongoing", "Vi har visitt hver torsdag.", 40),
    ("Innføre samme skjema", "FSU ELD", "postponed", "Venter på ny versjon av journalsystemet.", 200),
    ("Evaluere FACT-teamene", "UNN", "ongoing", "Rapporten er på høring internt.", 25),
    ("Evaluere FACT-teamene", "Tromsø", "not_started", "", 60),
    ("Varsle kommunen innen", "UNN", "completed", "Går automatisk fra 1. mars.", 240),
    ("Gå gjennom ti utskrivninger", "Tromsø", "ongoing", "Fem av ti er gjennomgått.", 30),
    ("Kjøpe inn utstyr", "SEKR", "ongoing", "Anskaffelsen er lyst ut.", 15),
)

# In the round, by the people themselves: (how the measure begins, who reports, e-mail, value, words).
ANSWERS = (
    ("Prøve ut felles visitt", "UNN", "ssu@demo.example", "completed", "Visitten er i fast drift."),
    ("Prøve ut felles visitt", "Harstad", "kommune@demo.example", "ongoing", "Vi begynte i oktober."),
    ("Holde en fagdag", "FSU ELD", "fsu@demo.example", "completed", "To fagdager, med opptak på nett."),
    ("Evaluere FACT-teamene", "Harstad", "kommune@demo.example", "not_started", ""),
    ("Beskrive hva partene", "SSU", "ssu@demo.example", "planned", "Et utkast kommer på neste møte."),
)


def add_status(plan: Plan, *, by: User) -> None:
    """Typed in by the secretariat, as it comes by e-mail."""
    for begins, who, value, words, days in REPORTS:
        item, party = _line(plan, begins, who)
        day = timezone.localdate() - timedelta(days=days)
        report_status(plan, item, party=party, value=value, words=words, as_of=day, by=by)


def add_round(plan: Plan, *, by: User) -> None:
    """Asked for today, with two weeks to answer; some of the parties' people have answered at once."""
    due = timezone.localdate() + timedelta(days=14)
    ask_status(plan, by=by, due=due, message="Svar gjerne kort. Er ingenting endret, holder det å bekrefte.")
    for begins, who, email, value, words in ANSWERS:
        item, party = _line(plan, begins, who)
        own = User.objects.get(email=email)
        report_status(plan, item, party=party, value=value, words=words, by=own)


def _line(plan: Plan, begins: str, who: str) -> tuple[Item, Party]:
    measure = next(m for m in measures_to_report(plan) if m.html.startswith(begins))
    return measure.item, next(p for p in parties_of(measure) if party_of(p) == who)
