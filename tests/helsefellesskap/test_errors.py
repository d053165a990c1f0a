"""What Django itself refuses is told on a page of ours, in the language of the address."""

import pytest
from django.test import Client

MANY = "&".join(f"a{n}=1" for n in range(1500))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/", 400, "Forespørselen kunne ikke leses"),
        ("/nn/sok/", 400, "Førespurnaden kunne ikkje lesast"),
        ("/finnes/ikke/", 404, "Siden finnes ikke"),
    ],
)
def test_too_many_parameters(client: Client, address: str, status: int, told: str):
    answer = client.get(f"{address}?{MANY}")
    assert (answer.status_code, told in answer.content.decode()) == (status, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "told"),
    [("/konto/login/", "Skjemaet ble ikke tatt imot"), ("/nn/personvern/", "Skjemaet vart ikkje teke imot")],
)
def test_a_form_without_its_sign(address: str, told: str):
    answer = Client(enforce_csrf_checks=True).post(address, {"login": "kari@eksempel.no"})
    assert (answer.status_code, told in answer.content.decode()) == (403, True)
    assert "DEBUG" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/horing/%00/", 404),
        ("/horing/%00/svar/", 404),
        ("/horing/%00/svar.docx", 404),
        ("/kopi/%00/", 404),
        ("/lenke/%00/", 404),
        ("/varsler/%00/", 404),
        ("/kalender/%00.ics", 404),
        ("/konto/password/reset/key/1-%00/", 200),
        ("/sok/?q=%00", 422),
        ("/apne-data/%00.atom", 404),
        ("/api/v1/%00", 404),
        ("/sitemap-%00.xml", 404),
    ],
)
def test_a_sign_that_postgresql_takes_nowhere(client: Client, address: str, status: int):
    assert client.get(address).status_code == status


@pytest.mark.django_db
def test_a_session_that_nobody_could_have(client: Client):
    client.cookies["sessionid"] = "\x00" * 32
    assert client.get("/arbeid/").status_code == 302
