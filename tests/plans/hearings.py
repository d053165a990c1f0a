"""What the tests of hearings share: a draft on hearing, what is said there, and a party's guest."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import links
from committees.models import PersonalLink
from plans.actions import give_input, send_hearing, send_hearing_link
from plans.models import Hearing, Input, Measure

TODAY = timezone.localdate()
WEEK = TODAY + timedelta(days=7)


def on_hearing(cast, plan=None, **facts) -> Hearing:
    given = {"deadline": WEEK, "name": "Til høring", "parties": [cast.tromso], "committees": [cast.fsu]}
    return send_hearing(plan or cast.draft, by=cast.kari, **{**given, "open_to_all": True, **facts})


@pytest.fixture
def hearing(cast) -> Hearing:
    """The draft, on hearing with Tromsø and FSU and everybody who has the address."""
    return on_hearing(cast)


def measure(cast) -> Measure:
    return Measure.objects.filter(goal__section__plan=cast.draft).first()


def listed(hearing) -> str:
    plan = hearing.revision.plan
    return reverse("answer_input", args=[plan.community.slug, plan.slug, hearing.pk])


def say(hearing, **facts) -> Input:
    return give_input(hearing, **{"operation": uuid4(), "text": "Mer om pårørende.", **facts})


def by_link(client, hearing, cast) -> str:
    """The browser is the guest of a personal link for Tromsø; the page's address."""
    send_hearing_link(hearing, by=cast.kari, partner=cast.tromso, name="Mari", email="mari@eksempel.no")
    link = PersonalLink.objects.get()
    session = client.session
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": link.expires_at.timestamp()}
    session.save()
    return links.opens(link).path
