"""The demo's status reports: done, under way, postponed, from committees, a hospital and kommuner."""

from datetime import timedelta

from django.utils import timezone

from partners.models import User
from plans.actions.report_status import report_status
from plans.models import Plan
from plans.queries.status import measures_to_report, parties_of, party_of

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


def add_status(plan: Plan, *, by: User) -> None:
    """Typed in by the secretariat, as it comes by e-mail."""
    measures = list(measures_to_report(plan))
    for begins, who, value, words, days in REPORTS:
        measure = next(m for m in measures if m.html.startswith(begins))
        party = next(p for p in parties_of(measure) if party_of(p) == who)
        day = timezone.localdate() - timedelta(days=days)
        report_status(plan, measure.item, party=party, value=value, words=words, as_of=day, by=by)
