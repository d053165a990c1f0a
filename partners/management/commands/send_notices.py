"""Sends what people are to be told: digests in the morning, what is urgent at once, reminders."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from partners.actions import send_notices


class Command(BaseCommand):
    help = "Sender varsler: én samlet e-post om dagen til hver, det som haster straks, og påminnelser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SEKUNDER", help="fortsett, med så lang pause (standard: én gang)"
        )

    def handle(self, *, every: int | None, **options: object) -> None:
        while True:
            if made := send_notices():
                self.stdout.write(f"Laget {made} e-poster med varsler.")
            if not every:
                return
            close_old_connections()
            time.sleep(every)
