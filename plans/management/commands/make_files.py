"""`manage.py make_files`: the files of public plans that are not made, asked for once more."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.actions import retry_files
from plans.actions.files import let_lost_files_be_made
from plans.models import Revision


class Command(BaseCommand):
    help = (
        "Bestiller filene av offentlige planer som mangler, også de som ikke lot seg lage tidligere, "
        "og de som er borte fra disken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        let_lost_files_be_made()
        waiting = Revision.objects.filter(publication__isnull=False, files__file=None, files__isnull=False)
        found = list(waiting.defer("content").distinct().order_by("pk"))
        for revision in found:
            retry_files(revision)
        self.stdout.write(f"Bestilte filer av {len(found)} versjoner.")
