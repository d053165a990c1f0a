"""Files of a case: what is let in, and who gets what."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees import actions, searched
from committees.models import Attachment, Case
from helsefellesskap import file_checks, uploads
from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import StoredFile
from tests import make
from tests.plans.importers.make_docx import cell, deleted, docx, paragraph, row, run, table
from tests.plans.importers.make_pdf import commented, image, locked, pdf

pytestmark = pytest.mark.django_db
PDF = pdf("<p>Notat</p>")
REDACTED = pdf("<p>Sladdet</p>")
NUMBER = "018190 00049"  # synthetic
NAMED = docx(paragraph(run("Gjelder 0181") + run("90 00049.")))  # as Word may cut it


@pytest.fixture
def case(cast):
    return actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Budsjett"})


def send(client, case, name="notat.pdf", data=PDF, **facts):
    facts = {"title": "Notat", "access": "public", "file": SimpleUploadedFile(name, data)} | facts
    return client.post(f"{case.get_absolute_url()}vedlegg/", facts)


def test_a_pdf_is_added_and_taken_off(client, cast, case):
    client.force_login(cast.sigrid)
    assert send(client, case).status_code == 302
    (file,) = case.files.all()
    got = client.get(f"{case.get_absolute_url()}vedlegg/{file.pk}/")
    assert (b"".join(got), got["Content-Type"]) == (PDF, "application/pdf")
    client.post(f"{case.get_absolute_url()}vedlegg/{file.pk}/ta-av/")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "holds"),
    [
        ("notat.docx", NAMED, True),
        ("notat.docx", docx(table(row(cell(paragraph(run(NUMBER)))))), True),
        ("notat.docx", docx(deleted(NUMBER)), True),
        ("notat.docx", docx(paragraph(run("018190") + "</w:p><w:p>" + run("00049"))), False),
        ("notat.pdf", pdf(f"<p>Gjelder {NUMBER}.</p>"), True),
        ("notat.pdf", pdf("<p>Telefon 01819000048.</p>"), False),
        ("notat.pdf", commented(f"Ring {NUMBER}"), True),
        ("skannet.pdf", image(), False),
    ],
)
def test_a_number_is_found_in_all_the_words_of_a_file(name, data, holds):
    assert searched.holds_national_id(data, name) is holds


def test_a_number_is_never_public_and_in_a_restricted_file_it_is_confirmed(client, cast, case):
    client.force_login(cast.kari)
    answer = send(client, case, "notat.docx", NAMED)
    (said,) = answer.context["form"].errors["file"]
    assert (answer.status_code, "kan ikke være offentlig" in said) == (422, True)
    secret = {"access": "restricted", "legal_basis": "offentleglova § 13"}
    redacted = SimpleUploadedFile("sladdet.docx", NAMED)
    answer = send(client, case, "notat.docx", NAMED, public_file=redacted, confirmed="on", **secret)
    assert "Den sladdede filen inneholder" in answer.content.decode()
    answer = send(client, case, "notat.docx", NAMED, **secret)
    assert answer.status_code == 422
    assert 'type="checkbox" name="confirmed"' in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert send(client, case, "notat.docx", NAMED, confirmed="on", **secret).status_code == 302
    assert case.files.get().access == "restricted"


def test_nothing_is_stored_of_what_a_closed_case_refuses(cast, case):
    Case.objects.filter(pk=case.pk).update(withdrawn_reason="Trukket")
    with pytest.raises(WrongState):
        actions.attach(case, by=cast.kari, title="Notat", file=make.upload())
    with pytest.raises(NotAllowed):
        actions.attach(case, by=cast.ola, title="Notat", file=make.upload())
    assert not StoredFile.objects.exists()


def macros() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("liste.xlsx", b"PK\x03\x04", "Et vedlegg må være en PDF eller en Word-fil (.pdf eller .docx)."),
        ("notat.pdf", b"", "Filen er tom."),
        ("notat.pdf", b"%PDF-1.7\n%%EOF", file_checks.DAMAGED),
        ("notat.pdf", locked("nøkkel"), "Filen er beskyttet med passord; lagre den på nytt uten passord."),
        ("notat.pdf", b"<html>", "Filen er ikke en PDF, selv om navnet slutter på .pdf."),
        (
            "notat.docx",
            macros(),
            file_checks.MACROS,
        ),
    ],
)
def test_what_is_no_whole_pdf_or_word_file_is_refused_in_words(client, cast, case, name, data, said):
    client.force_login(cast.kari)
    answer = send(client, case, name, data)
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [said])
    assert answer.context["form"]["title"].value() == "Notat"
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_let_go(client, cast, case, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    client.force_login(cast.kari)
    assert send(client, case, data=PDF + b"x" * 200_000).status_code == 413


def test_a_guest_gets_the_redacted_copy_of_a_restricted_file_or_nothing(client, cast, case):
    client.force_login(cast.kari)
    assert send(client, case, access="restricted").status_code == 422
    secret = {"access": "restricted", "legal_basis": "offentleglova § 13"}
    send(client, case, **secret)
    redacted = SimpleUploadedFile("sladdet.pdf", REDACTED)
    send(client, case, title="Annet", public_file=redacted, **secret)
    alone, with_copy = case.files.all()
    address = f"{case.get_absolute_url()}vedlegg/"
    client.force_login(cast.gunn)
    assert client.get(f"{address}{alone.pk}/").status_code == 403
    assert b"".join(client.get(f"{address}{with_copy.pk}/")) == REDACTED
    client.force_login(cast.olav)
    assert b"".join(client.get(f"{address}{with_copy.pk}/")) == PDF
