"""`manage.py export_plan`: adopted plans as files, made on the spot where the task has not run."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from helsefellesskap.printing import RenderingFailed
from plans import queries
from plans.files import Format, make, source_of


class Command(BaseCommand):
    help = "Skriver en vedtatt plan til fil, eller lister de vedtatte planene."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", nargs="?", metavar="COMMUNITY/PLAN")
        parser.add_argument(
            "--list", action="store_true", help="én linje COMMUNITY/PLAN for hver vedtatt plan"
        )
        parser.add_argument("--format", choices=[*Format.values, "json"], default="pdf")
        parser.add_argument("--output", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for plan in queries.adopted_plans():
                self.stdout.write(f"{plan.community.slug}/{plan.slug}")
            return
        community, _slash, slug = (options["plan"] or "").partition("/")
        if not slug or not options["output"]:
            raise CommandError("Oppgi COMMUNITY/PLAN og --output FILE, eller --list.")
        try:
            revision = queries.public_standing(community, slug).revision
        except Http404:
            raise CommandError(f"Fant ingen publisert plan {community}/{slug}.") from None
        if options["format"] == "json":
            data = revision.content.encode()
        else:
            made = queries.made_files(revision).get(options["format"])
            try:
                data = (
                    made.file.read() if made and made.file else make(options["format"], source_of(revision))
                )
            except RenderingFailed as error:
                raise CommandError(f"Filen kunne ikke lages: {error}") from None
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(f"Kunne ikke skrive {options['output']}: {error.strerror}") from None
