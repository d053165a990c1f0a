"""Gives tasks whose worker died back to the queue: a killed worker leaves its task «running» for ever."""

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# A task that took this many workers with it would take the next one too.
MOST_TRIES = 3


class Command(BaseCommand):
    help = "Legger oppgaver som har stått som pågående for lenge, tilbake i køen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=10, help="hvor lenge en oppgave får pågå (standard: 10)"
        )

    def handle(self, *, minutes: int, **options: object) -> None:
        lost = DBTaskResult.objects.running().filter(
            started_at__lte=timezone.now() - timedelta(minutes=minutes)
        )
        again = given_up = 0
        for task in lost:
            # The worker may be alive after all and end the task meanwhile: then this changes nothing.
            unchanged = lost.filter(pk=task.pk, started_at=task.started_at)
            if len(task.worker_ids) < MOST_TRIES:
                again += unchanged.update(status=TaskResultStatus.READY, started_at=None)
            else:
                given_up += unchanged.update(
                    status=TaskResultStatus.FAILED,
                    finished_at=timezone.now(),
                    exception_class_path="builtins.TimeoutError",
                    traceback=f"{MOST_TRIES} workers stopped while they ran this task.",
                )
        self.stdout.write(f"La {again} oppgaver tilbake i køen, ga opp {given_up}.")
