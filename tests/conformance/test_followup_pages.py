"""What becomes of an adopted plan, and what it builds on: status, correction, withdrawal, agreements."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.actions import new_version, sign_agreement, write_agreement
from partners.models import Agreement
from plans import actions
from plans.models import Measure, Plan
from plans.queries.status import parties_of
from tests import make
from tests.people import Cast

from .looking import Look

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _without_files(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Adopted and signed by one party, sent to the other, with a new version under way."""
    agreement = write_agreement(
        cast.troms,
        by=cast.kari,
        facts={"kind": "cooperation", "title": "Samarbeidsavtale", "next_revision": TODAY},
        parties=[cast.unn, cast.tromso],
    )
    new_version(agreement, by=cast.kari, text="Partene samarbeider.")
    line = agreement.parties.get(partner=cast.tromso)
    values = {"case_number": "45/26", "adopted_on": TODAY, "signed_on": TODAY, "expires_on": TODAY}
    sign_agreement(line, by=cast.aslak, row_version=line.row_version, values=values)
    return agreement


@pytest.fixture
def look(page: Any, live_server: Any, vnu: Any, axe: Any) -> Look:
    return Look(page, live_server, vnu, axe)


def test_status(look: Look, cast: Cast, plan: Plan) -> None:
    args = [cast.troms.slug, plan.slug]
    measure = first_measure(plan)
    look.sign_in(cast.kari)
    look.at(reverse("ask_status", args=args))
    actions.report_status(
        plan,
        measure.item,
        party=parties_of(measure)[0],
        value="ongoing",
        words="«Godt» & vel",
        by=cast.ingrid,
    )
    actions.ask_status(plan, by=cast.kari, due=TODAY + timedelta(days=9), message="Kort,\ntakk.")
    look.at(reverse("report_status", args=args))
    look.at(reverse("confirm_status", args=args))
    look.sent("Bekreft")
    look.sign_in(cast.ingrid)
    look.at(reverse("report_status", args=args))


def test_corrected_then_withdrawn(look: Look, cast: Cast, plan: Plan) -> None:
    args = [cast.troms.slug, plan.slug]
    code = first_measure(plan).item.code
    look.sign_in(cast.kari)
    look.at(reverse("correct", args=args))
    look.at(reverse("correct_facts", args=args))
    look.at(reverse("correct_row", args=[*args, code]))
    look.sent("Se hva som endres")
    look.at(reverse("withdraw", args=args))
    look.sent("Ta planen ned nå")
    row = first_measure(plan)
    change = actions.Change(row=row, version=row.version, values={"html": "Møtes hver uke"})
    actions.correct(plan, by=cast.kari, changes=[change], reason="Feil ord.", decided_by="SSU")
    look.at(plan.get_absolute_url())
    actions.withdraw(plan, by=cast.kari, reason="Den fortalte om en person.")
    look.at(plan.get_work_url())
    look.at(reverse("publish_redacted", args=args))
    look.sent("Publiser")
    look.sign_in(None)
    look.at(f"{plan.get_absolute_url()}?na", status=410)  # the browser may keep the page itself for a minute


def test_agreements(look: Look, cast: Cast, agreement: Agreement) -> None:
    here, own = [cast.troms.slug], [cast.troms.slug, agreement.slug]
    look.sign_in(cast.kari)
    look.at(reverse("agreements_work", args=here))
    look.at(reverse("agreement_work", args=own))
    look.at(reverse("write_agreement", args=here))
    look.sent("Lagre")
    look.at(reverse("write_agreement", args=own))
    look.at(reverse("new_version", args=own))
    look.at(reverse("sign_agreement", args=[*own, agreement.parties.get(partner=cast.unn).pk]))
    look.sign_in(None)
    look.at(reverse("agreements_page", args=here))
    look.at(reverse("agreement_page", args=own))


def first_measure(plan: Plan) -> Measure:
    measure = Measure.objects.filter(goal__section__plan=plan).order_by("pk").first()
    assert measure
    return measure
