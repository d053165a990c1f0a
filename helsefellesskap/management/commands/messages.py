"""Brings the catalogues up to date with the code, and says what lacks a translation.

manage.py messages             reads the code, writes locale/*/LC_MESSAGES/django.po and compiles them
manage.py messages --missing   lists what is not translated, a language at a time
"""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from helsefellesskap import catalogues, languages, msgids


class Command(BaseCommand):
    help = "Oppdaterer oversettelsene etter koden; --missing lister det som ikke er oversatt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", nargs="?", const="", metavar="SPRÅK", help="list det som mangler")

    def handle(self, *, missing: str | None, **options: object) -> None:
        for language in languages.PREFIXED:
            if missing is None:
                self._update(language)
            elif missing in ("", language):
                self._list_missing(language)

    def _update(self, language: str) -> None:
        file = catalogues.file_of(language)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        known = catalogues.read(before)
        now = catalogues.updated(language, msgids.found(language), known)
        if before != str(now):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(now), encoding="utf-8")
        catalogues.compile_changed()
        self.stdout.write(f"{language}: {len(now.translated_entries())} av {len(now)} er oversatt")
        gone = {entry.msgid for entry in known if entry.translated()} - {entry.msgid for entry in now}
        for msgid in sorted(gone):
            self.stdout.write(f"  ikke lenger i bruk: {msgid}")

    def _list_missing(self, language: str) -> None:
        names = dict(settings.LANGUAGES)
        entries = catalogues.read(catalogues.file_of(language).read_text(encoding="utf-8"))
        lacking = [entry.msgid for entry in entries if not entry.translated()]
        self.stdout.write(f"# {names[language]}: {len(lacking)} av {len(entries)} mangler")
        for msgid in lacking:
            self.stdout.write(" ".join(msgid.split()))
