"""A translator's way by keyboard, a colleague in another tab, and what the public reads of it."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans import actions
from plans import document as doc
from plans.models import Measure, Translation
from tests import make
from tests.people import Cast
from tests.plans.test_translate_plan import filled

from .looking import Look

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


def test_from_the_first_word_to_the_public_page(
    cast: Cast, page: Any, live_server: Any, vnu: Any, axe: Any, new_page: Any, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    measure = doc.Measure(key="m", text="Møtes", html="Møtes", extra={"Kilde": "UNN"})
    goal = doc.Goal(key="g", text="Mål", html="Mål", measures=(measure,))
    section = doc.Section(key="s", heading="Kapittel", adoption_note="Vedtatt i SSU", goals=(goal,))
    short = (doc.Abbreviation(short="PM", long="møtet"), doc.Abbreviation(short="SSU", long="utvalget"))
    facts = {"vision": "Sammen", "sections": (section,), "abbreviations": short}
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt", **facts)
    actions.write_summary(plan, by=cast.kari, text="Planen gjelder møter.")
    args = [cast.troms.slug, plan.slug]
    look = Look(page, live_server, vnu, axe)
    look.sign_in(cast.kari)
    look.at(reverse("translate_plan", args=args))
    page.get_by_label("Til hvilket språk").focus()
    page.keyboard.type("engelsk")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oversettelse til engelsk")
    part = reverse("save_translation", args=[*args, "en", "planen"])
    look.at(part)

    # Two tabs: the second to save is told, and loses nothing.
    other = page.context.new_page()
    other.goto(f"{live_server.url}{part}")
    title = page.get_by_label("Tittel")
    title.focus()
    page.keyboard.type("Action plan")
    other.get_by_label("Visjon").fill("Together")
    other.get_by_role("button", name="Lagre og gå til neste").click()
    expect(other.get_by_text("Oversettelsen er lagret.")).to_be_visible()
    look.sent("Lagre og gå til neste", status=409)
    expect(title).to_have_value("Action plan")
    page.get_by_role("button", name="Lagre og gå til neste").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Oversettelsen er lagret.")).to_be_visible()

    translation = Translation.objects.get()
    filled(translation, cast.kari)
    translation.texts.filter(field__in=["abbreviation:PM", "column:Kilde", "adoption_note"]).delete()
    actions.write_summary(plan, by=cast.kari, text="Planen gjelder samtaler.")
    row = Measure.objects.filter(goal__section__plan=plan).order_by("pk")[0]
    change = actions.Change(row=row, version=row.version, values={"html": "Møtes hver uke"})
    actions.correct(plan, by=cast.kari, changes=[change], reason="Feil ord.", decided_by="SSU")
    look.at(translation.get_work_url())
    page.get_by_role("button", name="Publiser oversettelsen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ta ned oversettelsen")).to_be_visible()
    page.locator("ul.rows a").nth(1).click()
    expect(page.get_by_text("Teksten er endret etter at den ble oversatt.")).to_be_visible()

    look.sign_in(None)
    look.at(translation.get_absolute_url())
    reader = new_page(java_script_enabled=False)
    reader.goto(translation.get_absolute_url())
    expect(reader.get_by_text("Endret etter oversettelsen").first).to_be_visible()
    expect(reader.get_by_text("Dette er en oversettelse.").first).to_be_visible()
    actions.withdraw(plan, by=cast.kari, reason="Et navn sto i planen.")
    look.at(f"{translation.get_absolute_url()}?na", status=410)
