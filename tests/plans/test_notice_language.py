"""Each reads what they are told in their own language, whoever acted, and in whichever language they did."""

import re
from datetime import date, time

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import translation

from committees import actions as committees
from committees.actions import Point, ToDo, When
from committees.models import Case, Meeting
from partners.actions import send_notices
from partners.models import Audit, HealthCommunity, Notice, User
from plans.actions import answer_input, lay_before
from plans.models import Measure
from plans.snapshot import document_of
from tests import make
from tests.partners.clock import clock
from tests.people import Cast

from .hearings import on_hearing, say

__all__ = ["clock"]

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)
AT_ONCE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

# What they do below, in the order in which it is told.
BOKMAL, NYNORSK, ENGLISH = (
    [
        "SSU har avgjort sak 07-2027, Budsjett.\nTar til orientering: Notert.",
        "Følg opp: Lag budsjett",
        "Handlingsplan 2027, versjon 1, er lagt fram for SSU. Svarfrist 1. april 2027.",
        "Du er innkalt til møte i SSU torsdag 1. april 2027 kl. 10.00, Tromsø.",
    ],
    [
        "SSU har avgjort sak 07-2027, Budsjett.\nTek til orientering: Notert.",
        "Følg opp: Lag budsjett",
        "Handlingsplan 2027, versjon 1, er lagd fram for SSU. Svarfrist 1. april 2027.",
        "Du er kalla inn til møte i SSU torsdag 1. april 2027 kl. 10.00, Tromsø.",
    ],
    [
        "SSU has settled case 07-2027, Budsjett.\nTakes note: Notert.",
        "Follow up: Lag budsjett",
        "Handlingsplan 2027, version 1, has been laid before SSU. Answer by 1 April 2027.",
        "You are called to a meeting of SSU, Thursday 1 April 2027 at 10:00, Tromsø.",
    ],
)


@pytest.fixture
def done_in_english(cast: Cast, clock) -> None:
    """What Ingrid hears of, done by Kari, whose pages are in English."""
    with translation.override("en"):
        when = When(date=APRIL, starts_at=time(10), place="Tromsø")
        committees.call_meeting(committees.plan_meeting(cast.ssu, by=cast.kari, when=when), by=cast.kari)
        lay_before(cast.draft, by=cast.kari, name="til SSU", committees=[cast.ssu], due=APRIL)
        held = Meeting.objects.create(committee=cast.ssu, date=date(2027, 2, 25))
        facts = {"year": 2027, "number": 7, "printed_number": "07-2027", "title": "Budsjett"}
        item = committees.put_on_agenda(held, Case.objects.create(committee=cast.ssu, **facts))
        leader = cast.ssu.seats.get(user=cast.ingrid)
        to_do = ToDo(what="Lag budsjett", responsible=leader, due=APRIL, case=None)
        committees.write_follow_up(held, by=cast.kari, to_do=to_do)
        noted = Point(verb="takes_note", wording="Notert.")
        committees.decide(item, by=cast.kari, points=[noted], registered_afterwards=True)


def read_by(reader: User, language: str) -> None:
    User.objects.filter(pk=reader.pk).update(language=language)


def page_of(client: Client, reader: User, prefix: str) -> list[str]:
    """The sentences of «Mitt arbeid» in the order in which they were told, the newest first."""
    client.force_login(reader)
    context = client.get(f"{prefix}/arbeid/").context
    notices = [*context["to_do"], *context["news"]]
    with translation.override(prefix.strip("/") or "nb"):
        return [notice.words for notice in sorted(notices, key=lambda notice: -notice.pk)]


def mail_to(reader: User) -> str:
    mail.outbox.clear()
    # The language of whoever runs the command is nobody's.
    with translation.override("en"), override_settings(TASKS=AT_ONCE):
        send_notices()
    body = str(next(m.body for m in mail.outbox if m.to == [reader.email]))
    return re.sub(r"/\d+/$", "/N/", body, flags=re.MULTILINE)  # keys of rows


@pytest.mark.usefixtures("done_in_english")
@pytest.mark.parametrize(("prefix", "said"), [("", BOKMAL), ("/nn", NYNORSK), ("/en", ENGLISH)])
def test_the_page_and_the_digest_are_wholly_in_the_readers_language(cast, client, clock, prefix, said):
    assert page_of(client, cast.ingrid, prefix) == said
    html = client.get(f"{prefix}/arbeid/").content.decode()
    assert [line in html for text in said for line in text.splitlines()] == [True] * 5
    read_by(cast.ingrid, prefix.strip("/") or "nb")
    clock.set(2, 7)
    lines = mail_to(cast.ingrid).splitlines()
    others = {line for other in (BOKMAL, NYNORSK, ENGLISH) for text in other for line in text.splitlines()}
    own = {line for text in said for line in text.splitlines()}
    assert {line.removeprefix("- ").strip() for line in lines} & others == own


def test_a_whole_digest_in_nynorsk(cast, clock, done_in_english, settings):
    read_by(cast.ingrid, "nn")
    clock.set(2, 7)
    site = settings.SITE_URL
    assert (
        mail_to(cast.ingrid).partition("/varsler/")[0]
        == f"""\
Hei, Ingrid Leder!

SSU 25.02.2027

- SSU har avgjort sak 07-2027, Budsjett.
  Tek til orientering: Notert.
  {site}/nn/arbeid/troms-og-ofoten/utvalg/ssu/saker/2027-7/

- Følg opp: Lag budsjett
  Frist: torsdag 1.\xa0april 2027
  {site}/nn/arbeid/troms-og-ofoten/utvalg/ssu/oppfolging/N/

Handlingsplan 2027

- Handlingsplan 2027, versjon 1, er lagd fram for SSU. Svarfrist 1. april 2027.
  Frist: torsdag 1.\xa0april 2027
  {site}/nn/arbeid/troms-og-ofoten/behandling/N/

SSU 01.04.2027

- Du er kalla inn til møte i SSU torsdag 1. april 2027 kl. 10.00, Tromsø.
  {site}/nn/arbeid/troms-og-ofoten/utvalg/ssu/moter/2027-04-01/

Alt som ventar på deg: {site}/nn/arbeid/
Vel kva du vil ha på e-post: {site}/nn"""
    )


def test_a_single_mail_has_its_states_in_the_readers_language_too(cast, clock, settings):
    given = say(on_hearing(cast, deadline=date(2027, 3, 8)), by=cast.aslak)
    Notice.objects.all().delete()
    with translation.override("en"):
        answer_input(given, by=cast.kari, version=1, disposition="partly", reason="Bare for barn.")
    read_by(cast.aslak, "nn")
    clock.set(2, 7)
    site = settings.SITE_URL
    assert (
        mail_to(cast.aslak).partition("/varsler/")[0]
        == f"""\
Hei, Aslak Kommune!

Handlingsplan 2027

- Innspelet ditt er svara på: delvis teke inn. Bare for barn.
  {site}/nn/arbeid/troms-og-ofoten/planer/utkast-2027/horing/N/

Alt som ventar på deg: {site}/nn/arbeid/
Vel kva du vil ha på e-post: {site}/nn"""
    )


def test_what_cannot_wait_comes_at_once_in_the_readers_language(cast, clock):
    """And where nobody chose one, in the community's form."""
    HealthCommunity.objects.update(language="nn")
    with translation.override("en"):
        when = When(date=date(2027, 3, 2), starts_at=time(9))
        committees.call_meeting(committees.plan_meeting(cast.ssu, by=cast.kari, when=when), by=cast.kari)
    assert "- Du er kalla inn til møte i SSU tysdag 2. mars 2027 kl. 09.00.\n" in mail_to(cast.ingrid)


def test_an_old_row_is_read_as_it_was_written(cast, done_in_english):
    Notice.objects.update(translated={})
    with translation.override("nn"):
        assert [n.words for n in Notice.objects.filter(user=cast.ingrid)] == BOKMAL


def test_the_log_is_in_bokmal_whoever_acted(cast, done_in_english):
    assert list(Audit.objects.order_by("seq").values_list("what", flat=True)) == [
        "Planla møtet SSU 01.04.2027.",
        "Kalte inn til SSU 01.04.2027.",
        "«Handlingsplan 2027» versjon 1 lagt fram for SSU med svarfrist 01.04.2027.",
        "Skrev et oppfølgingspunkt fra SSU 25.02.2027.",
        "SSU avgjorde sak 07-2027 den 25.02.2027: tar til orientering.",
    ]


def test_a_language_more_costs_no_query(cast, clock):
    """Sixty seats are told in four languages with as many queries as one is."""

    def queries(seats: int) -> int:
        committee = make.committee(cast.troms, f"U{seats}")
        for n in range(seats):
            make.seat(committee, make.user(f"Medlem {seats} {n}"))
        plan = make.draft(cast.troms, by=cast.kari, slug=f"p{seats}", title=f"Plan {seats}")
        with CaptureQueriesContext(connection) as captured:
            lay_before(plan, by=cast.kari, name="v", committees=[committee], due=APRIL)
        return len(captured)

    queries(2)  # the first of all fills caches
    assert queries(1) == queries(60)


def test_a_drafts_words_are_the_plans_own_whoever_asks(cast):
    Measure.objects.filter(goal__section__plan=cast.draft).update(status_value="ongoing", status_text="")
    own = document_of(cast.draft)
    with translation.override("en"):
        assert document_of(cast.draft) == own
