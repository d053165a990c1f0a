"""A meeting in eInnsyn's words: what the public minutes say, and no more."""

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator

from committees import actions
from committees.actions import Point, When
from committees.models import Meeting
from plans.opendata.api.openapi import document
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cast) -> Meeting:
    """SSU has met: one case for everybody, one restricted. The minutes are not approved."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=timezone.localdate()))
    secret = {"access": "restricted", "legal_basis": "offl. § 13", "public_title": "Personalsak"}
    for facts in ({"title": "Økonomi"}, {"title": "Om Per Hansen", **secret}):
        actions.put_on_agenda(meeting, actions.write_case(cast.ssu, by=cast.kari, facts=facts))
    items = list(meeting.agenda.all())
    deciding = cast.ssu.seats.filter(role__in=["leader", "member"], end=None)
    actions.record_attendance(items, by=cast.kari, present=dict.fromkeys(deciding))
    for item in items:
        point = Point(verb="takes_note", wording=f"Notert om {item.case.title}.")
        actions.decide(item, by=cast.kari, points=[point])
    meeting.refresh_from_db()
    return meeting


def test_the_public_minutes_in_einnsyns_words(client, cast, held):
    address = f"/api/v1/meetings/troms-og-ofoten/ssu/{held.date}/einnsyn"
    assert client.get(address).status_code == 404
    make.approved(held)
    response = client.get(address)
    folder = response.json()
    assert [folder[name] for name in ("entity", "utvalg", "moetenummer", "moetedokument")][:3] == [
        "Moetemappe",
        "Strategisk samarbeidsutvalg",
        f"{held.date}",
    ]
    economy, personal = folder["moetesak"]
    decision = held.decisions.get(case__title="Økonomi")
    first = decision.case
    assert economy == {
        "entity": "Moetesak",
        "externalId": f"http://127.0.0.1:8000/troms-og-ofoten/utvalg/ssu/saker/{first.year}-{first.number}/",
        "offentligTittel": "Økonomi",
        "offentligTittelSensitiv": "Økonomi",
        "beskrivelse": "",
        "moetesakstype": "orientering",
        "moetesaksaar": first.year,
        "moetesakssekvensnummer": first.number,
        "utvalg": "Strategisk samarbeidsutvalg",
        "vedtak": {
            "entity": "Vedtak",
            "externalId": f"http://127.0.0.1:8000/api/v1/decisions/{decision.pk}",
            "vedtakstekst": {
                "entity": "Moetesaksbeskrivelse",
                "tekstInnhold": "Notert om Økonomi.",
                "tekstFormat": "text/plain",
            },
            "dato": f"{held.date}",
        },
    }
    assert (personal["offentligTittel"], personal["beskrivelse"], personal["vedtak"]) == (
        "Personalsak",
        "Unntatt offentlighet: offl. § 13",
        None,
    )
    assert [name for name in ("Per Hansen", "Ingrid") if name in response.content.decode()] == []
    openapi = document()
    shape = {"$ref": "#/components/schemas/Moetemappe", "components": openapi["components"]}
    Draft202012Validator(shape).validate(folder)
    told = client.get(f"/api/v1/meetings/troms-og-ofoten/ssu/{held.date}").json()
    assert (told["state"], told["einnsyn_url"]) == ("minutes_approved", f"http://127.0.0.1:8000{address}")
