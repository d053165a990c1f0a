"""`manage.py import_plan`: a file becomes a draft, or with --dry-run only what would be read.

`--dry-run --json` needs neither a database nor a known community. Standard output holds only the
object; a refusal is one line on standard error and a non-zero exit.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from helsefellesskap.errors import Refusal
from helsefellesskap.file_checks import MAX_FILE
from partners.models import HealthCommunity, User
from plans import actions
from plans.document import PlanDocument, load, to_dict
from plans.importers.sandbox import Refused, import_file


class Command(BaseCommand):
    help = "Leser en plan fra .docx, .pptx, .pdf, .txt eller .md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--community", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="les og vis, lagre ingenting")
        parser.add_argument("--json", action="store_true", help="skriv plandokumentet som JSON")
        parser.add_argument("--by", metavar="EMAIL", help="hvem importen føres på, ellers kommandolinjen")

    def handle(self, *args: Any, **options: Any) -> None:
        data = self._data(options["file"])
        try:
            if options["dry_run"]:
                document = import_file(data, options["file"].name).document
            else:
                document = self._store(data, options)
        except (Refused, Refusal) as refusal:
            self._refuse(str(refusal))
        if options["json"]:
            self.stdout.write(json.dumps(to_dict(document), ensure_ascii=False, indent=2))
        else:
            self._tell(document)

    def _data(self, file: Path) -> bytes:
        try:
            with file.open("rb") as opened:
                # One byte more than is taken, so that the parent's check sees what is too large.
                return opened.read(MAX_FILE + 1)
        except OSError as error:
            self._refuse(f"Kunne ikke lese {file}: {error.strerror}.")

    def _store(self, data: bytes, options: dict[str, Any]) -> PlanDocument:
        community = HealthCommunity.objects.filter(slug=options["community"]).first()
        if community is None:
            self._refuse(f"Fant ikke helsefellesskapet «{options['community']}».")
        by = self._author(options["by"])
        name = options["file"].name
        upload = actions.upload_plan(community, by=by, name=name, data=data, trusted=True)
        plan = actions.accept_import(upload, by=by, trusted=True)
        self.stderr.write(f"Utkastet ligger på {plan.get_work_url()}")
        return load(upload.document)

    def _author(self, email: str | None) -> User:
        if not email:
            return User.objects.get_or_create(
                email="kommandolinjen@localhost", defaults={"name": "Kommandolinjen", "is_active": False}
            )[0]
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            self._refuse(f"Fant ingen bruker med e-postadressen {email}.")

    def _tell(self, document: PlanDocument) -> None:
        goals = sum(1 for _ in document.walk_goals())
        measures = sum(1 for _ in document.walk_measures())
        self.stdout.write(f"{document.title} {document.subtitle}".strip())
        self.stdout.write(f"Lest som {document.read_as}: {goals} mål, {measures} tiltak.")
        for warning in document.warnings:
            self.stdout.write(f"{warning.where}: {warning.said}")

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(1)
