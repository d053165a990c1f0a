"""An edited file over HTTP: sent out, edited, sent back in, and each proposal decided."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plans.models import EditedFile, Plan, ProposedChange
from plans.snapshot import document_of

from .edited_word import edited, measures, write


def address(plan: Plan, more: str = "") -> str:
    return f"/arbeid/troms-og-ofoten/planer/{plan.slug}/filer/{more}"


def word(client: Client, plan: Plan, edit: Callable[[Any], None] = lambda file: None) -> bytes:
    """The draft as it is downloaded, edited."""
    data = client.get(f"/arbeid/troms-og-ofoten/planer/{plan.slug}/utkast.docx").content
    return edited(data, edit)


def send(client: Client, plan: Plan, data: bytes, name: str = "utkast.docx") -> Any:
    return client.post(address(plan), {"file": SimpleUploadedFile(name, data)})


def returned(client: Client, plan: Plan, edit: Callable[[Any], None]) -> EditedFile:
    response = send(client, plan, word(client, plan, edit))
    assert response.status_code == 302, response.content.decode()
    return EditedFile.objects.latest("pk")


def decide(client: Client, proposal: ProposedChange, decision: str, version: int | str = "") -> Any:
    data = {"decision": decision, "version": version}
    return client.post(address(proposal.file.plan, f"{proposal.file_id}/{proposal.pk}/"), data)


def texts(plan: Plan) -> list[str]:
    return [measure.text for _s, _g, measure in document_of(plan).walk_measures()]


def rewrite(file: Any) -> None:
    write(measures(file)[2].cells[1], "Dele erfaringer hvert kvartal")
