"""`manage.py rebuild_search`: the search index made anew from what is public; safe to run at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from plans.search.index import rebuild


class Command(BaseCommand):
    help = "Lager søkeregisteret på nytt av alt som er offentlig."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Søkeregisteret har {rebuild()} oppføringer.")
