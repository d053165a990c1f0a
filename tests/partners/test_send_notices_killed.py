"""send_notices and the worker are killed before every query, run at once, and driven by chance: nothing is
lost and nothing told twice.

Where a worker dies between the mail server's answer and its own note of it nobody can know: a second copy is
sent, with the same Message-ID.
"""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.actions import choose_notices, done, send_notices, tell
from partners.models import Notice, NoticeOff, Sending
from tests import make
from tests.partners.clock import clock

__all__ = ["clock"]

PLAN = {"group": "plan:1", "group_title": "Handlingsplan 2027"}


class Killed(BaseException):
    pass


class Death:
    """Kills «the process» before its query number `at`: from then on it can say nothing to the database."""

    def __init__(self, at):
        self.left = at

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left < 0:
            raise Killed
        return execute(sql, params, many, context)


def work():
    """What the worker does: takes each task, runs it, writes down how it went."""
    for task in DBTaskResult.objects.ready().order_by("enqueued_at"):
        task.status = TaskResultStatus.RUNNING
        task.save(update_fields=["status"])
        task.task.func(**task.args_kwargs["kwargs"])
        task.status = TaskResultStatus.SUCCESSFUL
        task.save(update_fields=["status"])


def mails():
    """How many mails tell each person each notice. Copies with one Message-ID are one mail."""
    by_id = {m.extra_headers["Message-ID"]: m for m in mail.outbox}
    return Counter(
        (m.to[0], line[2:]) for m in by_id.values() for line in m.body.splitlines() if line.startswith("- ")
    )


@pytest.fixture
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def start_over(troms, people, clock):
    for model in (Notice, Sending, DBTaskResult):
        model.objects.all().delete()
    mail.outbox.clear()
    clock.set(1, 10)
    facts = {"kind": Notice.Kind.DECISION, **PLAN}
    tell(troms, to=people, key="decision:1", text=lambda: "Ett", **facts)
    tell(troms, to=people[:1], key="decision:2", text=lambda: "To", **facts)
    clock.set(2, 7)


def live_on(clock):
    """The timer and the worker go on, for as long as anything may be tried again."""
    for _ in range(3):
        send_notices()
        work()
        clock.forward(minutes=20)


EACH_ONCE = {("a@alta.no", "Ett"): 1, ("a@alta.no", "To"): 1, ("b@alta.no", "Ett"): 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queue")
def test_killed_before_any_query_nothing_is_lost_or_sent_twice(clock):
    troms = make.community("troms")
    at, killed, copied = 0, True, []
    while killed:
        killed = False
        start_over(troms, ["a@alta.no", "b@alta.no"], clock)
        try:
            with connection.execute_wrapper(Death(at)):
                send_notices()
                work()
        except Killed:
            killed = True
        connection.close()  # what was open is rolled back, as by a process that died
        live_on(clock)
        assert (at, mails()) == (at, EACH_ONCE)
        if len(mail.outbox) > 2:
            copied.append(at)
        at += 1
    assert at > 20
    assert len(copied) == 2  # one step for each mail: where its acceptance is written down


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queue")
def test_run_by_four_at_once(clock):
    start_over(make.community("troms"), ["a@alta.no", "b@alta.no"], clock)
    troubles = []

    def run():
        try:
            send_notices()
        except Exception as error:  # shown below, with its thread's others
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    work()
    assert mails() == EACH_ONCE
    assert (len(mail.outbox), Sending.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_queue")
def test_no_worker_for_hours_and_many_tasks_for_one_mail(clock):
    start_over(make.community("troms"), ["a@alta.no", "b@alta.no"], clock)
    for _ in range(5):
        send_notices()
        clock.forward(hours=1)
    assert DBTaskResult.objects.ready().count() > 2
    work()
    assert (mails(), len(mail.outbox)) == (EACH_ONCE, 2)


# --- by chance ---

PEOPLE = ("ingrid", "per", "gjest@alta.no")
KINDS = (Notice.Kind.REVIEW, Notice.Kind.DECISION, Notice.Kind.MENTION)
KEYS = ("review:1", "review:2", "decision:1", "answer:1")
STEPS = st.one_of(
    st.tuples(
        st.just("tell"),
        st.sampled_from(PEOPLE),
        st.sampled_from(KEYS),
        st.sampled_from(KINDS),
        st.none() | st.integers(-1, 20),
        st.booleans(),
    ),
    st.tuples(st.just("done"), st.sampled_from(KEYS), st.none() | st.sampled_from(PEOPLE)),
    st.tuples(st.just("choose"), st.sampled_from(PEOPLE), st.sets(st.sampled_from(KINDS))),
    st.tuples(st.just("wait"), st.sampled_from([1, 5, 13, 24, 70])),
    st.tuples(st.just("send")),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=30))
def test_whatever_happens_over_days(cast, clock, steps):
    """At most one digest a day to each; each notice once at most; none is lost."""

    def person(name):
        return name if "@" in name else getattr(cast, name)

    clock.set(1, 6)
    mail.outbox.clear()
    with transaction.atomic():
        for verb, *args in [*steps, ("morning",), ("send",), ("morning",), ("send",)]:
            if verb == "tell":
                name, key, kind, days, urgent = args
                due = None if days is None else timezone.localdate() + timedelta(days=days)
                facts = {"kind": kind, "key": key, "text": f"[{key}]".__str__, "due": due, "urgent": urgent}
                tell(cast.troms, to=[person(name)], **PLAN, **facts)
            elif verb == "done":
                done(args[0], to=args[1] and person(args[1]))
            elif verb == "choose":
                choose_notices(person(args[0]), wanted=args[1] | {Notice.Kind.REMINDER})
            elif verb == "wait":
                clock.forward(hours=args[0])
            elif verb == "morning":
                clock.forward(days=1)
                clock.time = timezone.localtime(clock.time).replace(hour=8)
            else:
                send_notices()
        check_what_was_sent()
        transaction.set_rollback(True)


def check_what_was_sent():
    digests = Counter(Sending.objects.filter(digest=True).values_list("email", "day"))
    assert set(digests.values()) <= {1}
    assert len(mail.outbox) == Sending.objects.count()
    assert all("\n- " in m.body for m in mail.outbox)  # never empty
    heard = mails()
    assert {n for (_to, line), n in heard.items() if line.startswith("[")} <= {1}  # reminders say it again
    ever_off = NoticeOff.objects.exists()
    for notice in Notice.objects.exclude(kind=Notice.Kind.REMINDER):
        told = heard[notice.address, notice.text]
        if notice.sending:
            assert told == 1
        else:  # done before it was told, or a kind that the person does not want
            assert told == 0
            assert notice.done or notice.sent_at or ever_off
