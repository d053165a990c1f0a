"""manage.py reap_tasks: tasks of workers that died run again, but not for ever."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


def running(*, minutes: int, workers: int = 1) -> DBTaskResult:
    """A task that a worker took so many minutes ago; `workers` have tried."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - timedelta(minutes=minutes),
        worker_ids=[str(n) for n in range(workers)],
        args_kwargs={"args": [], "kwargs": {}},
        task_path="plans.tasks.make_files",
        backend_name="default",
        run_after=timezone.now(),
    )


@pytest.mark.parametrize(
    ("task", "said", "becomes"),
    [
        ({"minutes": 9}, "La 0 oppgaver tilbake i køen, ga opp 0.\n", TaskResultStatus.RUNNING),
        ({"minutes": 11}, "La 1 oppgaver tilbake i køen, ga opp 0.\n", TaskResultStatus.READY),
        ({"minutes": 11, "workers": 3}, "La 0 oppgaver tilbake i køen, ga opp 1.\n", TaskResultStatus.FAILED),
    ],
)
def test_reap(task: dict[str, int], said: str, becomes: TaskResultStatus) -> None:
    left = running(**task)
    out = StringIO()
    call_command("reap_tasks", stdout=out)
    left.refresh_from_db()
    assert (out.getvalue(), left.status) == (said, becomes)


def test_a_task_given_up_tells_why(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    left = running(minutes=11, workers=3)
    call_command("reap_tasks", stdout=StringIO())
    left.refresh_from_db()
    assert [error.exception_class for error in left.task_result.errors] == [TimeoutError]
