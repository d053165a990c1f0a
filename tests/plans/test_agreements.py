"""Agreements in the browser: the matrix, a party's line, a version, the table out and back in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partners.actions import new_version, sign_agreement, write_agreement
from partners.models import Agreement, AgreementParty
from tests import make

pytestmark = pytest.mark.django_db
HERE = "troms-og-ofoten"
TODAY = timezone.localdate()
DAY = f"{TODAY:%d.%m.%Y}"


@pytest.fixture
def agreement(cast) -> Agreement:
    return write_agreement(
        cast.troms,
        by=cast.kari,
        facts={"kind": "cooperation", "title": "Samarbeidsavtale"},
        parties=[cast.unn, cast.tromso],
    )


def line(cast, agreement) -> AgreementParty:
    return agreement.parties.get(partner=cast.tromso)


def csv(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("avtaler.csv", "\n".join(rows).encode())


def test_a_party_fills_in_its_own_line_and_everybody_reads_it(cast, client, agreement):
    client.force_login(cast.aslak)
    row = line(cast, agreement)
    where = reverse("sign_agreement", args=[HERE, agreement.slug, row.pk])
    form = {"row_version": 1, "case_number": "45/26", "adopted_on": TODAY, "signed_on": TODAY}
    assert client.post(where, form)["Location"] == reverse("agreement_work", args=[HERE, agreement.slug])
    client.logout()
    for page in (
        reverse("agreement_page", args=[HERE, agreement.slug]),
        reverse("agreements_page", args=[HERE]),
    ):
        html = client.get(page).content.decode()
        assert f"vedtatt {DAY}" in html
        assert "venter" in html  # the other party


def test_what_was_typed_stands_beside_what_is_wrong(cast, client, agreement):
    client.force_login(cast.aslak)
    where = reverse("sign_agreement", args=[HERE, agreement.slug, line(cast, agreement).pk])
    answer = client.post(where, {"row_version": 1, "case_number": "45/26", "signatory": "Ordføreren"})
    assert answer.status_code == 422
    assert 'value="45/26"' in answer.content.decode()
    assert "Oppgi datoen avtalen ble signert." in answer.content.decode()


def test_two_who_write_the_same_line(cast, client, agreement):
    row = line(cast, agreement)
    sign_agreement(row, by=cast.kari, row_version=1, values={"case_number": "1"})
    client.force_login(cast.aslak)
    where = reverse("sign_agreement", args=[HERE, agreement.slug, row.pk])
    answer = client.post(where, {"row_version": 1, "case_number": "Min sak"})
    assert (answer.status_code, "Min sak" in answer.content.decode()) == (409, True)


def test_a_version_is_a_text_or_a_pdf_and_nothing_else(cast, client, agreement):
    client.force_login(cast.kari)
    where = reverse("new_version", args=[HERE, agreement.slug])
    wrong = SimpleUploadedFile("avtale.pdf", b"MZ not a pdf")
    assert client.post(where, {"file": wrong, "label": "versjon 2"}).status_code == 422
    right = SimpleUploadedFile("avtale.pdf", b"%PDF-1.7 ...")
    assert client.post(where, {"file": right, "label": "versjon 2"}).status_code == 302
    client.logout()
    answer = client.get(reverse("agreement_file", args=[HERE, agreement.slug, 1]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_the_table_goes_out_and_comes_back_after_a_dry_run(cast, client, agreement):
    client.force_login(cast.kari)
    sheet = load_workbook(io.BytesIO(client.get(reverse("agreements_excel", args=[HERE])).content)).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [row[:3] for row in rows] == [
        ["Nøkkel", "Part", "Avtale"],
        [str(line(cast, agreement).pk), "Tromsø", "Samarbeidsavtale"],
        [str(agreement.parties.get(partner=cast.unn).pk), cast.unn.name, "Samarbeidsavtale"],
    ]
    key = rows[1][0]
    dry = client.post(
        reverse("receive_matrix", args=[HERE]), {"table": csv("Nøkkel;Sak;Signert", f"{key};45/26;{DAY}")}
    )
    assert [(s.party, s.column, s.before, s.after) for s in dry.context["shown"]] == [
        ("Tromsø", "Sak", "", "45/26"),
        ("Tromsø", "Signert", "", DAY),
    ]
    assert line(cast, agreement).signed_on is None
    client.post(reverse("write_matrix", args=[HERE]), {"signed": dry.context["signed"]})
    written = line(cast, agreement)
    assert (written.case_number, written.signed_on, written.typed_in) == ("45/26", TODAY, True)
    again = client.post(reverse("write_matrix", args=[HERE]), {"signed": dry.context["signed"]})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (["Part;Sak", "Tromsø;1"], "mangler kolonnen «Nøkkel»"),
        (["Nøkkel;Sak", "999999;1"], "er ikke en linje"),
        (["Nøkkel;Sak", "{key};1", "{key};2"], "står i flere rader"),
        (["Nøkkel;Signert", "{key};i vår"], "er ingen dato"),
        (["Nøkkel;Sak", "{key};" + "x" * 101], "høyst 100 tegn"),
    ],
)
def test_a_table_that_cannot_be_taken_says_where_it_is_wrong(cast, client, agreement, rows, sentence):
    client.force_login(cast.kari)
    key = str(line(cast, agreement).pk)
    answer = client.post(
        reverse("receive_matrix", args=[HERE]), {"table": csv(*(row.replace("{key}", key) for row in rows))}
    )
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_a_dry_run_cannot_be_forged(cast, client, agreement):
    client.force_login(cast.kari)
    assert client.post(reverse("write_matrix", args=[HERE]), {"signed": "gjettet"}).status_code == 404


def test_a_plan_and_its_agreement_name_each_other(cast, client, agreement):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    plan.agreements.add(agreement)
    page = reverse("agreement_page", args=[HERE, agreement.slug])
    assert page in client.get(plan.get_absolute_url()).content.decode()
    assert plan.get_absolute_url() in client.get(page).content.decode()


@pytest.mark.parametrize("size", [2, 12])
def test_the_matrix_takes_as_many_queries_whatever_its_size(cast, client, django_assert_num_queries, size):
    parties = [make.partner(f"Kommune {n}", cast.troms, number=f"{6000 + n}") for n in range(size)]
    for n in range(size):
        made = write_agreement(
            cast.troms, by=cast.kari, facts={"kind": "sub", "title": f"Avtale {n}"}, parties=parties
        )
        new_version(made, by=cast.kari, text="<p>Ord</p>")
    with django_assert_num_queries(3):
        page = client.get(reverse("agreements_page", args=[HERE]))
    assert len(page.context["matrix"].rows) == size
