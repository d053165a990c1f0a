"""Catalogues of words: the .po files of locale/, kept in step with the code, and the .mo that Django reads.

The .po is in the repository, the .mo is made of it at start, wherever the portal runs: no tool beside Python
is needed.
"""

import logging
import os
import re
from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings

from .msgids import Message

log = logging.getLogger(__name__)

_FORMS = {"se": 3}  # one, two, many; all others have one and many
_PLURAL = {2: "nplurals=2; plural=(n != 1);", 3: "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"}
_CONFLICT = re.compile(r"^<{7} .*\n((?:.*\n)*?)={7}\n((?:.*\n)*?)>{7} .*\n", re.MULTILINE)


def file_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgid, entry.msgctxt or "")


def read(text: str) -> list[polib.POEntry]:
    """The entries of a .po file. Raises OSError where a line cannot be read.

    Of a file in which git left a conflict, both sides: what either has translated, the second's words first.
    """
    sides = {_CONFLICT.sub(side, text): None for side in (r"\1", r"\2")}
    entries = [entry for side in sides for entry in polib.pofile(side)]
    return list({key_of(e): e for e in sorted(entries, key=polib.POEntry.translated)}.values())


def catalogue(language: str, entries: Iterable[polib.POEntry]) -> polib.POFile:
    """A language's catalogue, sorted by msgid, so that two who add words meet as seldom as may be.

    `str()` of it is the .po file, `to_binary()` the .mo with what is translated in full.
    """
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURAL[_FORMS.get(language, 2)],
    }
    made.extend(sorted(entries, key=key_of))
    return made


def updated(language: str, said: Iterable[Message], known: Iterable[polib.POEntry]) -> polib.POFile:
    """What the code says now, with the translations that are known. What is said no more is left out."""
    old = {key_of(entry): entry for entry in known}
    return catalogue(language, [_entry(language, message, old.get(message.key)) for message in said])


def _entry(language: str, message: Message, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in message.places],
        flags=["python-format"] if "%(" in message.msgid else [],
        tcomment=before.tcomment if before else "",  # the translator's own, such as the source of a word
    )
    if not message.plural:
        entry.msgstr = before.msgstr if before else ""
    else:
        kept = before.msgstr_plural if before else {}
        entry.msgstr_plural = {n: kept.get(n, "") for n in range(_FORMS.get(language, 2))}
    return entry


def compile_changed() -> None:
    """Makes the .mo of each .po that is newer than it. Called at every start; costs a few file stats.

    Where the code may not be written to, it was compiled when it was set up (script/bootstrap).
    """
    for language, _name in settings.LANGUAGES:
        po = file_of(language)
        mo = po.with_suffix(".mo")
        if not po.exists() or (mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
            continue
        own = mo.with_suffix(f".{os.getpid()}")
        try:
            own.write_bytes(catalogue(language, read(po.read_text(encoding="utf-8"))).to_binary())
            own.replace(mo)
        except (OSError, ValueError) as error:  # a page in bokmål is better than none
            log.warning("%s could not be made of %s: %s", mo, po, error)
