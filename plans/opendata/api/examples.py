"""An example of an answer for each list, as OpenAPI shows them. A test holds them to the schemas."""

from typing import Any

_SITE = "https://helsefellesskap.example"
_API = f"{_SITE}/api/v1"
_HERE, _PLAN, _SSU = "troms-og-ofoten", "troms-og-ofoten/handlingsplan-2026", "troms-og-ofoten/ssu"
_PAGE = f"{_SITE}/troms-og-ofoten/planer/handlingsplan-2026/"
_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def _page(item: dict[str, Any], **place: Any) -> dict[str, Any]:
    return {"count": 1, "next": None, "previous": None, **place, "items": [item]}


EXAMPLES: dict[str, dict[str, Any]] = {
    "api_communities": _page(
        {
            "id": _HERE,
            "name": "Helsefellesskapet Troms og Ofoten",
            "language": "nb",
            "about": "",
            "contact_email": "sekretariat@helsefellesskap.example",
            "controller": "Universitetssykehuset Nord-Norge HF",
            "archive_owner": "Universitetssykehuset Nord-Norge HF",
            "members": [
                {
                    "id": "tromso",
                    "name": "Tromsø",
                    "short": "",
                    "kind": "kommune",
                    "municipality_number": "5501",
                    "county": "Troms",
                    "organisation_number": "",
                    "note": "",
                }
            ],
            "url": f"{_SITE}/{_HERE}/",
            "api_url": f"{_API}/communities/{_HERE}",
        }
    ),
    "api_committees": _page(
        {
            "id": _SSU,
            "community": _HERE,
            "name": "Strategisk samarbeidsutvalg",
            "abbreviation": "SSU",
            "level": "strategisk",
            "rank": 2,
            "parent": f"{_HERE}/pm",
            "until": None,
            "mandate": "",
            "seats": [{"role": "leader", "side": "municipality", "represents": ["tromso"], "area": ""}],
            "api_url": f"{_API}/committees/{_SSU}",
        }
    ),
    "api_agreements": _page(
        {
            "id": f"{_HERE}/samarbeidsavtalen",
            "community": _HERE,
            "kind": "cooperation",
            "title": "Overordnet samarbeidsavtale",
            "own_name": "",
            "version": "2.1",
            "start": "2025-01-01",
            "end": None,
            "next_revision": "2027-01-01",
            "summary": "",
            "parent": None,
            "parties": [
                {
                    "partner": "tromso",
                    "name": "Tromsø",
                    "case_number": "45/25",
                    "adopted_on": "2025-03-12",
                    "signed_on": "2025-03-20",
                    "sent_on": None,
                    "expires_on": None,
                }
            ],
            "url": f"{_SITE}/{_HERE}/avtaler/samarbeidsavtalen/",
            "api_url": f"{_API}/agreements/{_HERE}/samarbeidsavtalen",
        }
    ),
    "api_plans": _page(
        {
            "id": _PLAN,
            "community": _HERE,
            "kind": "action_plan",
            "language": "nb",
            "title": "Handlingsplan 2026",
            "subtitle": "for Helsefellesskapet Troms og Ofoten",
            "summary": "Planen sier hva UNN og 24 kommuner skal gjøre sammen i 2026.",
            "period": {"text": "2026", "start": "2026-01-01", "end": "2026-12-31", "end_event": ""},
            "state": "in_force",
            "version": 1,
            "sha256": _SHA256,
            "published_from": "2026-03-13",
            "updated_at": "2026-11-02T09:30:00Z",
            "adoptions": [
                {
                    "committee": _SSU,
                    "decided_on": "2026-03-12",
                    "case_number": "07-2026",
                    "decision": f"{_API}/decisions/1",
                    "in_force_from": "2026-03-12",
                    "provisional_until": "",
                    "section": None,
                }
            ],
            "measures": 25,
            "follows": f"{_HERE}/handlingsplan-2025",
            "superseded_by": None,
            "url": _PAGE,
            "pdf_url": f"{_PAGE}v1.pdf",
            "word_url": f"{_PAGE}v1.docx",
            "document_url": f"{_PAGE}v1.json",
            "translations": [f"{_API}/plans/{_PLAN}/translations/en"],
            "api_url": f"{_API}/plans/{_PLAN}",
        }
    ),
    "api_versions": _page(
        {
            "id": f"{_PLAN}/versions/1",
            "plan": _PLAN,
            "number": 1,
            "sha256": _SHA256,
            "published_from": "2026-03-13",
            "updated_at": "2026-03-13T08:00:00Z",
            "url": f"{_PAGE}v1/",
            "document_url": f"{_PAGE}v1.json",
            "api_url": f"{_API}/plans/{_PLAN}/versions/1",
        }
    ),
    "api_translations": _page(
        {
            "id": f"{_PLAN}/translations/en",
            "plan": _PLAN,
            "version": 2,
            "summary": "The plan says what UNN and 24 municipalities will do together in 2026.",
            "language": "en",
            "authoritative": False,
            "source_language": "nb",
            "translated": 108,
            "stale": 1,
            "missing": 2,
            "url": f"{_PAGE}oversettelse/en/",
            "pdf_url": f"{_PAGE}oversettelse/en.pdf",
            "document_url": f"{_PAGE}oversettelse/en.json",
            "api_url": f"{_API}/plans/{_PLAN}/translations/en",
        }
    ),
    "api_measures": _page(
        {
            "code": "k7m3x9p",
            "community": _HERE,
            "plan": _PLAN,
            "version": 1,
            "plan_state": "in_force",
            "section_code": "hx6r893",
            "section": "2.1 Barn og unge",
            "goal_code": "cr8fsmx",
            "goal": "Barn og unge får hjelp tidlig",
            "label": "a",
            "text": "Lage en felles rutine for overganger",
            "html": "Lage en felles rutine for overganger",
            "responsible": "SSU og Tromsø",
            "responsible_bodies": [
                {
                    "kind": "committee",
                    "id": "ssu",
                    "name": "Strategisk samarbeidsutvalg",
                    "short": "SSU",
                },
                {"kind": "partner", "id": "tromso", "name": "Tromsø", "short": ""},
            ],
            "deadline": "1. juni 2026",
            "deadline_date": "2026-06-01",
            "late": True,
            "status_in_plan": "",
            "reports": [
                {
                    "party": "Tromsø",
                    "status": "ongoing",
                    "words": "Rutinen er på høring",
                    "as_of": "2026-11-01",
                    "confirmed_in": "SSU",
                    "reported_at": "2026-11-02T09:30:00Z",
                }
            ],
            "indicator": "",
            "patient_groups": ["children_youth"],
            "struck": False,
            "updated_at": "2026-11-02T09:30:00Z",
            "url": f"{_SITE}/t/k7m3x9p",
            "api_url": f"{_API}/measures/k7m3x9p",
        },
        count=None,
        next=f"{_API}/measures?limit=1&cursor=a12.0",
    ),
    "api_decisions": _page(
        {
            "id": 1,
            "community": _HERE,
            "committee": _SSU,
            "date": "2026-03-12",
            "meeting": f"{_SSU}/2026-03-12",
            "case_number": "07-2026",
            "case_title": "Handlingsplan 2026",
            "restricted": False,
            "registered_afterwards": False,
            "points": [
                {
                    "number": 1,
                    "verb": "adopts",
                    "wording": "SSU vedtar handlingsplanen.",
                    "reason": "",
                    "delegates_to": None,
                    "lifted_to": None,
                    "postponed_to": None,
                    "adopts": [_PLAN],
                    "awaits_words": False,
                }
            ],
            "updated_at": "2026-03-13T08:00:00Z",
            "url": f"{_SITE}/{_HERE}/utvalg/ssu/saker/2026-7/",
            "api_url": f"{_API}/decisions/1",
        }
    ),
    "api_meetings": _page(
        {
            "id": f"{_SSU}/2026-03-12",
            "community": _HERE,
            "committee": _SSU,
            "date": "2026-03-12",
            "starts_at": "09:00",
            "ends_at": "15:00",
            "place": "Rådhuset i Tromsø",
            "state": "minutes_approved",
            "decisions": [f"{_API}/decisions/1"],
            "minutes_url": f"{_SITE}/{_HERE}/utvalg/ssu/moter/2026-03-12/protokoll/",
            "einnsyn_url": f"{_API}/meetings/{_SSU}/2026-03-12/einnsyn",
            "api_url": f"{_API}/meetings/{_SSU}/2026-03-12",
        }
    ),
}
