"""A case about the draft on the list of SSU's meeting today, its addresses, and what its forms send."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.actions import When
from committees.models import AgendaItem, Seat
from plans.models import CaseItem

TODAY = timezone.localdate()


@pytest.fixture
def item(cast) -> AgendaItem:
    """A case about the draft, on the list of SSU's meeting today."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    return on_list(cast, meeting)


def on_list(cast, meeting, title: str = "Handlingsplan 2027", **facts: Any) -> AgendaItem:
    case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": title, **facts})
    CaseItem.objects.create(case=case, plan=cast.draft)
    return actions.put_on_agenda(meeting, case)


def url(item: AgendaItem, *under: str) -> str:
    case, committee = item.case, item.meeting.committee
    page = f"moter/{item.meeting.date}/sak/{case.year}-{case.number}/"
    return "/".join([f"/arbeid/{committee.community.slug}/utvalg/{committee.slug}/{page}", *under]).replace(
        "//", "/"
    )


def case_url(item: AgendaItem, under: str) -> str:
    case, committee = item.case, item.meeting.committee
    return (
        f"/arbeid/{committee.community.slug}/utvalg/{committee.slug}/saker/{case.year}-{case.number}/{under}"
    )


def in_as(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def there(cast, item) -> None:
    leader = cast.ssu.seats.get(role=Seat.Role.LEADER)
    actions.record_attendance([item], by=cast.kari, present={leader: None})


def points(*given: dict[str, Any]) -> dict[str, Any]:
    """What the form sends for these points."""
    sent: dict[str, Any] = {"punkt-TOTAL_FORMS": len(given), "punkt-INITIAL_FORMS": len(given)}
    for number, fields in enumerate(given):
        sent |= {f"punkt-{number}-{name}": value for name, value in fields.items()}
    return sent


def key(item) -> str:
    return str(item.case.plan_items.get().pk)
