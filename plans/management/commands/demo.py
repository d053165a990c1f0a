"""`manage.py demo`: the demo's communities, people and plans; safe to run twice, on any database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from partners.models import User
from plans.demo.load import load
from plans.demo.people import accounts
from plans.demo.scale import fill


class Command(BaseCommand):
    help = "Fyller helsefellesskap med demodata: parter, utvalg, avtaler, planer og brukere."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="legg inn demodata også når DEBUG er av (kjente passord!)"
        )

        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="legg til planer med N tiltak i alt, fordelt på alle helsefellesskapene, for å måle",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "Demodata har brukere med kjente passord og legges bare inn når DEBUG er på. "
                "Bruk --force for å gjøre det likevel."
            )
        filled = load()
        self.stdout.write(f"La inn demodata for {'; '.join(filled)}." if filled else "Demodata var lagt inn.")
        if options["scale"]:
            system = User.objects.filter(is_superuser=True).earliest("pk")
            self.stdout.write(f"La inn {fill(options['scale'], by=system)} tiltak for å måle.")
        self.stdout.write("\nDemobrukere (e-post, passord, rolle):")
        people = accounts()
        width = max(len(email) for email, _password, _role in people)
        for email, password, role in people:
            self.stdout.write(f"  {email:<{width}}  {password}  {role}")
