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
        known = catalogues.read(file.read_text(encoding="utf-8")) if file.exists() else []
        now = catalogues.merged(language, msgids.found(language), known)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = catalogues.write(language, now)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
        catalogues.compile_changed()
        done = sum(message.translated for message in now)
        gone = {m.key for m in known if m.translated} - {m.key for m in now}
        self.stdout.write(f"{language}: {done} av {len(now)} er oversatt")
        for msgid, _context in sorted(gone):
            self.stdout.write(f"  ikke lenger i bruk: {msgid}")

    def _list_missing(self, language: str) -> None:
        names = dict(settings.LANGUAGES)
        messages = catalogues.read(catalogues.file_of(language).read_text(encoding="utf-8"))
        lacking = [message.msgid for message in messages if not message.translated]
        self.stdout.write(f"# {names[language]}: {len(lacking)} av {len(messages)} mangler")
        for msgid in lacking:
            self.stdout.write(" ".join(msgid.split()))
