"""Fetching the plan as a Word file: who may, and what comes."""

import io

from django.test import Client
from docx import Document

from partners.models import User
from plans.actions.edit import edit_row
from plans.models import Edit, Plan
from plans.tasks import make_files

from .conftest import adopted

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "/arbeid/troms-og-ofoten/planer/{}/utkast.docx"


def test_the_draft_says_which_edit_it_was_made_after(client: Client, draft: Plan, kari: User) -> None:
    section = draft.sections.get(number="1")
    edit_row(section, by=kari, version=section.version, values={"heading": "Forord"})
    client.force_login(kari)
    response = client.get(DRAFT.format(draft.slug))
    assert response["Content-Type"] == WORD
    assert response["Content-Disposition"] == f'attachment; filename="{draft.slug}-utkast.docx"'
    assert "no-store" in response["Cache-Control"]
    file = Document(io.BytesIO(response.content))
    assert (
        file.core_properties.identifier == f"helsefellesskap/plan/{draft.pk}/utkast/{Edit.objects.get().pk}"
    )
    assert next(p.text for p in file.paragraphs if p.style.name == "Heading 1") == "1\tForord"


def test_nobody_else_gets_the_draft(client: Client, draft: Plan, ola: User) -> None:
    assert client.get(DRAFT.format(draft.slug)).status_code == 302  # to sign in
    client.force_login(ola)
    assert client.get(DRAFT.format(draft.slug)).status_code == 403


def test_everybody_gets_a_published_version_beside_the_pdf(client: Client, draft: Plan, kari: User) -> None:
    plan = adopted(draft, kari)
    make_files.call(plan.revisions.get().pk)
    address = f"/troms-og-ofoten/planer/{plan.slug}/v1.docx"
    assert f'href="{address}"' in client.get(plan.get_absolute_url()).content.decode()
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, WORD)
    file = Document(io.BytesIO(response.getvalue()))
    assert file.core_properties.identifier == f"helsefellesskap/plan/{plan.pk}/v1"
    facts = [p.text for p in file.paragraphs if p.style.name == "Plan opplysning"]
    assert "Ordlyd: SSU vedtar handlingsplanen." in facts


def test_a_version_that_is_not_public_is_not_there(client: Client, draft: Plan) -> None:
    assert client.get(f"/troms-og-ofoten/planer/{draft.slug}/v1.docx").status_code == 404
