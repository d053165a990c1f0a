"""manage.py send_notices: one digest a day at most, what is urgent at once; how it reads."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.actions import choose_notices, done, send_notices, tell
from partners.models import Notice, Sending
from tests import make
from tests.partners.clock import clock

__all__ = ["clock"]

MARCH = [date(2027, 3, 1)] + [date(2027, 3, day) for day in range(1, 32)]  # MARCH[12] is the twelfth
PLAN = {"group": "plan:1", "group_title": "Handlingsplan 2027"}


def say(cast, person, text, *, kind=Notice.Kind.DECISION, key="", community=None, **facts):
    facts = {**PLAN, "key": key or f"decision:{text}", **facts}
    tell(community or cast.troms, to=[person], kind=kind, text=lambda: text, **facts)


def send():
    """Runs the command, and gives the new mails as (to, first lines of what they tell)."""
    before = len(mail.outbox)
    call_command("send_notices", stdout=StringIO())
    return [(m.to[0].split("@")[0], told_in(m)) for m in mail.outbox[before:]]


def told_in(message):
    return [line[2:] for line in message.body.splitlines() if line.startswith("- ")]


# --- when ---


def test_what_happened_today_is_told_together_tomorrow_at_seven(cast, clock):
    say(cast, cast.ingrid, "Ett")
    clock.set(1, 16)
    say(cast, cast.ingrid, "To")
    assert send() == []
    clock.set(2, 6, 59)
    assert send() == []
    clock.set(2, 7)
    assert send() == [("ingrid-leder", ["To", "Ett"])]
    assert send() == []


def test_one_digest_a_day_and_the_rest_the_next(cast, clock):
    say(cast, cast.ingrid, "Ett")
    clock.set(2, 8)
    say(cast, cast.ingrid, "To")
    assert send() == [("ingrid-leder", ["To", "Ett"])]  # it was late, and takes all that waits
    clock.set(2, 9)
    say(cast, cast.ingrid, "Tre")
    assert send() == []
    clock.set(3, 7)
    assert send() == [("ingrid-leder", ["Tre"])]
    assert [(s.day, s.digest) for s in Sending.objects.order_by("pk")] == [
        (MARCH[2], True),
        (MARCH[3], True),
    ]


@pytest.mark.parametrize(
    "facts", [{"kind": Notice.Kind.MENTION}, {"urgent": True}, {"due": MARCH[3]}, {"due": MARCH[1]}]
)
def test_what_is_urgent_goes_at_once_and_alone(cast, clock, facts):
    say(cast, cast.ingrid, "Kan vente")
    say(cast, cast.ingrid, "Haster", **facts)
    assert send() == [("ingrid-leder", ["Haster"])]
    assert send() == []
    assert list(Notice.objects.filter(sent_at=None).values_list("text", flat=True)) == ["Kan vente"]


def test_what_is_due_in_three_days_can_wait_and_does_not_wake_anybody_at_night(cast, clock):
    say(cast, cast.ingrid, "Frist", due=MARCH[4])
    assert send() == []
    clock.set(2, 0, 1)
    assert send() == []
    clock.set(2, 7)
    assert send() == [("ingrid-leder", ["Frist"])]


def test_nothing_to_say_is_no_mail(cast, clock):
    assert send() == []
    say(cast, cast.ingrid, "Gjort", key="review:1")
    say(cast, cast.per, "Sluttet", key="review:2")
    done("review:1")
    cast.per.is_active = False
    cast.per.save()
    clock.set(2, 7)
    assert send() == []
    assert Sending.objects.count() == 0


def test_what_is_done_before_the_worker_comes_is_left_out(cast, clock, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    say(cast, cast.ingrid, "Ett", key="review:1")
    clock.set(2, 7)
    send_notices()
    done("review:1")
    from partners.tasks import mail_notices

    sending = Sending.objects.get()
    mail_notices.func(sending_id=sending.pk)
    sending.refresh_from_db()
    assert (mail.outbox, sending.accepted_at) == ([], clock.time)


# --- how it reads ---


def test_a_digest_in_bokmal(cast, clock):
    say(cast, cast.ingrid, "Vedtatt i SSU.\nMed endringer i tiltak 3.", path="/troms-og-ofoten/planer/x/")
    clock.forward(minutes=1)
    meeting = {"group": "meeting:3", "group_title": "Møte i SSU 12. mars"}
    say(cast, cast.ingrid, "Papirene er sendt.", kind=Notice.Kind.MEETING, **meeting)
    clock.forward(minutes=1)
    say(cast, cast.ingrid, "Si hva du mener.", due=MARCH[12], path="/arbeid/troms-og-ofoten/")
    clock.set(2, 7)
    send()
    (message,) = mail.outbox
    site = settings.SITE_URL
    choices = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.subject == "Handlingsplan 2027 og 1 til"
    assert message.body == (
        "Hei, Ingrid Leder!\n"
        "\n"
        "Handlingsplan 2027\n"
        "\n"
        "- Si hva du mener.\n"
        "  Frist: fredag 12.\xa0mars 2027\n"
        f"  {site}/arbeid/troms-og-ofoten/\n"
        "\n"
        "- Vedtatt i SSU.\n"
        "  Med endringer i tiltak 3.\n"
        f"  {site}/troms-og-ofoten/planer/x/\n"
        "\n"
        "Møte i SSU 12. mars\n"
        "\n"
        "- Papirene er sendt.\n"
        "\n"
        f"Alt som venter på deg: {site}/arbeid/\n"
        f"Velg hva du vil ha på e-post: {choices}\n"
    )


def test_a_digest_in_nynorsk_and_from_two_communities(cast, clock):
    cast.finnmark.language = "nn"
    cast.finnmark.save()
    say(cast, "gjest@alta.no", "Ett")
    clock.forward(minutes=1)
    say(cast, "gjest@alta.no", "To", community=cast.finnmark, due=MARCH[20], path="/finnmark/")
    clock.set(2, 7)
    send()
    (message,) = mail.outbox
    choices = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.body == (
        "Hei!\n"
        "\n"
        "Handlingsplan 2027 (Helsefellesskapet Finnmark)\n"
        "\n"
        "- To\n"
        "  Frist: laurdag 20.\xa0mars 2027\n"
        f"  {settings.SITE_URL}/nn/finnmark/\n"
        "\n"
        "Handlingsplan 2027 (Helsefellesskapet Troms og Ofoten)\n"
        "\n"
        "- Ett\n"
        "\n"
        f"Vel kva du vil ha på e-post: {choices}\n"
    )


def test_a_title_of_several_lines_is_one_subject(cast, clock):
    say(cast, cast.ingrid, "Ett", group_title="Plan\nBcc: alle@eksempel.no")
    clock.set(2, 7)
    send()
    assert mail.outbox[0].message()["Subject"] == "Plan Bcc: alle@eksempel.no"
    assert mail.outbox[0].recipients() == [cast.ingrid.email]


# --- turned off ---


def test_a_kind_that_is_turned_off_is_not_mailed_then_or_later(cast, clock, client):
    choose_notices(cast.ingrid, wanted=[Notice.Kind.MEETING])
    say(cast, cast.ingrid, "Vedtak", due=MARCH[20])
    say(cast, cast.ingrid, "Møte", kind=Notice.Kind.MEETING)
    clock.set(2, 7)
    assert send() == [("ingrid-leder", ["Møte"])]
    choose_notices(cast.ingrid, wanted=Notice.Kind.values)
    clock.set(3, 7)
    assert send() == []
    client.force_login(cast.ingrid)
    assert "Vedtak" in client.get("/arbeid/").text


def test_an_address_without_account_turns_kinds_off_too(cast, clock):
    choose_notices("gjest@alta.no", wanted=[])
    for to in ("gjest@alta.no", "andre@alta.no"):
        say(cast, to, "Vedtak")
    clock.set(2, 7)
    assert send() == [("andre", ["Vedtak"])]


# --- the mail server is away ---


class Refusing(locmem.EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_what_no_server_took_is_sent_again_and_once(cast, clock, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.partners.test_send_notices.Refusing"}}
    say(cast, cast.ingrid, "Ett")
    clock.set(2, 7)
    assert send() == []
    clock.set(2, 7, 14)
    assert send() == []
    sending = Sending.objects.get()
    assert (sending.tries, sending.accepted_at, sending.claimed_at) == (0, None, None)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    clock.set(2, 7, 15)
    assert send() == [("ingrid-leder", ["Ett"])]
    clock.set(3, 12)
    assert send() == []


def test_one_that_cannot_be_delivered_is_tried_for_two_days_and_stops_nobody(cast, clock, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.partners.test_send_notices.Refusing"}}
    say(cast, cast.ingrid, "Ett")
    for _ in range(24 * 6):
        clock.forward(hours=1)
        send()
    assert Sending.objects.get().tries == 8
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    say(cast, cast.ingrid, "To")
    clock.forward(days=1)
    assert send() == [("ingrid-leder", ["To"])]


# --- queries ---


def test_waiting_people_cost_no_queries(cast, clock):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            send_notices()
        return len(caught)

    say(cast, cast.ingrid, "Ett", due=MARCH[30])
    few = queries()
    for n in range(30):
        say(cast, make.user(f"P {n}"), "Ett", due=MARCH[30])
    assert queries() == few


def test_my_work_shows_the_same_in_as_many_queries_for_two_as_for_twenty(cast, client, clock):
    client.force_login(cast.ingrid)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            client.get("/arbeid/")
        return len(caught)

    say(cast, cast.ingrid, "Si hva du mener.", due=MARCH[12], path="/arbeid/troms-og-ofoten/")
    say(cast, cast.ingrid, "Vedtatt.")
    few = queries()
    answer = client.get("/arbeid/").text
    assert '<a class="ds-link" href="/arbeid/troms-og-ofoten/">Si hva du mener.</a>' in answer
    assert "frist 12.\xa0mars 2027" in answer
    for n in range(20):
        say(cast, cast.ingrid, f"Vedtak {n}", due=MARCH[12] if n % 2 else None, key=f"decision:{n}")
    assert queries() == few
    done("decision:Si hva du mener.", to=cast.ingrid)
    assert "Si hva du mener." not in client.get("/arbeid/").text
