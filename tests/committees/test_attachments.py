"""Files of a case: what is let in, and who gets what."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from committees import actions
from committees.models import Attachment
from helsefellesskap import file_checks, uploads

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


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
    redacted = SimpleUploadedFile("sladdet.pdf", PDF + b"\nsladdet")
    send(client, case, title="Annet", public_file=redacted, **secret)
    alone, with_copy = case.files.all()
    address = f"{case.get_absolute_url()}vedlegg/"
    client.force_login(cast.gunn)
    assert client.get(f"{address}{alone.pk}/").status_code == 403
    assert b"".join(client.get(f"{address}{with_copy.pk}/")) == PDF + b"\nsladdet"
    client.force_login(cast.olav)
    assert b"".join(client.get(f"{address}{with_copy.pk}/")) == PDF
