"""From a Word file to an adopted, public plan: uploaded, corrected, adopted, read by anybody, downloaded."""

import io
import re
from typing import Any

import docx
import pikepdf
import pytest
from playwright.sync_api import expect

from plans.models import Measure, Revision
from plans.tasks import make_files
from tests.make import PASSWORD
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _tasks_wait(settings: Any) -> None:
    """The PDF is made by a worker, after the answer."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def word_file() -> bytes:
    """A plan as a secretariat has it in Word: title, a heading, a table with a goal merged downwards."""
    document = docx.Document()
    document.add_heading("Handlingsplan 2028", 0)
    document.add_heading("1 Overganger", 1)
    document.add_paragraph("Partene vil gjøre overgangene tryggere.")
    table = document.add_table(rows=3, cols=3)
    for cell, words in zip(
        table.rows[0].cells, ["Hva vil vi?", "Hvordan få det til?", "Ansvarlig"], strict=True
    ):
        cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Trygge overganger"
    table.cell(1, 1).text = "a) Ringe hverandre før utskriving"
    table.cell(1, 2).text = "UNN og SSU"
    table.cell(2, 1).text = "b) Møtes hver måned"
    table.cell(2, 2).text = "SSU"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_from_word_to_a_public_plan(new_page: Any, cast: Cast, axe: Any, verapdf: Any, tmp_path: Any) -> None:
    cast.kari.set_password(PASSWORD)
    cast.kari.save()
    page = new_page()
    page.goto("/arbeid/troms-og-ofoten/import/")
    page.get_by_label("E-post").fill(cast.kari.email)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")

    page.get_by_label("Fil").set_input_files(
        {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    )
    page.get_by_role("button", name="Les filen").click()
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    assert page.get_by_text("Handlingsplan, 1 mål, 2 tiltak").is_visible()
    page.get_by_role("button", name="Lag utkast av dette").click()
    page.wait_for_url("**/planer/handlingsplan-2028/")

    page.get_by_role("link", name="Rediger Møtes hver måned").click()
    page.get_by_label("Frist, slik den står").fill("hver første mandag")
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.wait_for_url("**#rad-*")

    page.get_by_role("link", name="Registrer vedtak og publiser").click()
    axe(page)
    page.get_by_label("Hvilket utvalg vedtok planen?").select_option(label=str(cast.ssu))
    page.get_by_label("Møtedato").fill("2026-03-12")
    page.get_by_label("Saksnummer").fill("07-2026")
    page.get_by_label("Sakens tittel").fill("Handlingsplan 2028")
    page.get_by_label("Vedtakets ordlyd").fill("SSU vedtar handlingsplanen.")
    page.get_by_label("Gjelder fra").fill("2026-04-01")
    page.get_by_label("Offentlig fra").fill("2026-04-01")
    page.get_by_role("button", name="Registrer vedtaket").click()
    page.wait_for_url("**/troms-og-ofoten/planer/handlingsplan-2028/")

    public = new_page(width=390, java_script_enabled=False)
    public.goto("/?kommune=Tromsø")
    public.get_by_role("link", name="Handlingsplan 2028").click()
    for words in ("PDF lages nå", "SSU vedtar handlingsplanen.", "hver første mandag"):
        expect(public.get_by_text(words)).to_be_visible()
    expect(public.get_by_text("Strategisk samarbeidsutvalg").first).to_be_visible()

    make_files.call(Revision.objects.get(plan__slug="handlingsplan-2028").pk)
    public.reload()
    link = public.locator(".downloads").get_by_role("link", name="PDF").get_attribute("href")
    file = tmp_path / "plan.pdf"
    file.write_bytes(public.request.get(link).body())
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "nb"
        assert pdf.docinfo["/Title"].__str__().startswith("Handlingsplan 2028")
    verapdf(file)

    measure = Measure.objects.get(deadline_text="hver første mandag")
    public.goto(f"/t/{measure.item.code}")
    assert public.get_by_role("heading", level=1).inner_text() == "Møtes hver måned"
    public.locator(".state").get_by_role("link", name="Handlingsplan 2028").click()
    expect(public.locator(":target").get_by_text("Møtes hver måned", exact=True)).to_be_visible()

    page.goto("/arbeid/troms-og-ofoten/planer/handlingsplan-2028/")
    assert page.get_by_role("link", name="Rediger").count() == 0
