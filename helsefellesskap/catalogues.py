"""Catalogues of words: the .po files of locale/ read and written, and compiled to the .mo that Django reads.

The .po is in the repository, the .mo is made of it at start, wherever the portal runs: no tool beside Python
is needed. The formats are GNU gettext's (manual, «PO files» and «MO files»).
"""

import ast
import logging
import os
import re
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)

_MAGIC = 0x950412DE
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])?\s+)?("(?:[^"\\]|\\.)*")\s*')
_FORMS = {"se": 3}  # one, two, many; all others have one and many
_PLURAL = {2: "nplurals=2; plural=(n != 1);", 3: "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"}


@dataclass(frozen=True)
class Message:
    """One msgid, where it is said, and its translation: one string, or one for each plural form."""

    msgid: str
    plural: str = ""
    context: str = ""
    strings: tuple[str, ...] = ("",)
    comments: tuple[str, ...] = ()  # the translator's own, such as the source of a word
    places: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str]:
        return (self.msgid, self.context)

    @property
    def translated(self) -> bool:
        return all(self.strings)


def file_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def header(language: str) -> str:
    return (
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {_PLURAL[_FORMS.get(language, 2)]}\n"
    )


_CONFLICT = re.compile(r"^<{7} .*\n((?:.*\n)*?)={7}\n((?:.*\n)*?)>{7} .*\n", re.MULTILINE)


def read(text: str) -> list[Message]:
    """The messages of a .po file, without its header. Raises ValueError where a line cannot be read.

    Of a file in which git left a conflict, both sides: what either has translated, the second's words first.
    """
    if _CONFLICT.search(text):
        sides = [_CONFLICT.sub(side, text) for side in (r"\1", r"\2")]
        both = [message for side in sides for message in _read(side)]
        return list({m.key: m for m in sorted(both, key=lambda m: m.translated)}.values())
    return _read(text)


def _read(text: str) -> list[Message]:
    return [message for part in re.split(r"\n\s*\n", text) if (message := _read_one(part)).msgid]


def _read_one(part: str) -> Message:
    said: dict[tuple[str, int], str] = {}
    comments, places, current = [], [], ("", 0)
    for line in part.splitlines():
        if line.startswith("#: "):
            places += line[3:].split()
        elif line.startswith("# "):
            comments.append(line[2:])
        elif line.strip() and not line.startswith("#"):
            if not (found := _LINE.fullmatch(line)):
                raise ValueError(f"Linjen kan ikke leses: {line}")
            word, number, quoted = found.groups()
            current = (word, int(number or 0)) if word else current
            said[current] = said.get(current, "") + ast.literal_eval(quoted)
    strings = tuple(text for (word, _n), text in sorted(said.items()) if word == "msgstr")
    named = {word: said.get((word, 0), "") for word in ("msgid", "msgid_plural", "msgctxt")}
    return Message(
        named["msgid"], named["msgid_plural"], named["msgctxt"], strings, tuple(comments), tuple(places)
    )


def write(language: str, messages: list[Message]) -> str:
    """The .po file of a language: sorted by msgid, so that two who add words meet as seldom as may be."""
    parts = [
        'msgid ""\nmsgstr ""\n' + "\n".join(f'"{_escaped(h)}\\n"' for h in header(language).splitlines())
    ]
    return "\n\n".join(parts + [_written(m) for m in sorted(messages, key=lambda m: m.key)]) + "\n"


def _written(message: Message) -> str:
    lines = [f"# {c}" for c in message.comments] + [f"#: {place}" for place in message.places]
    if "%(" in message.msgid:
        lines.append("#, python-format")
    if message.context:
        lines.append(f"msgctxt {_quoted(message.context)}")
    lines.append(f"msgid {_quoted(message.msgid)}")
    if message.plural:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(message.strings)]
    else:
        lines.append(f"msgstr {_quoted(message.strings[0])}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """One line, or one for each line of the text."""
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:
        return f'"{_escaped(text)}"'
    return "\n".join(['""'] + [f'"{_escaped(line)}"' for line in lines])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def merged(language: str, found: list[Message], known: list[Message]) -> list[Message]:
    """What the code says now, with the translations that are known. What is said no more is left out."""
    old = {message.key: message for message in known}
    forms = _FORMS.get(language, 2)
    result = []
    for message in found:
        before = old.get(message.key)
        empty = ("",) * (forms if message.plural else 1)
        kept = before.strings if before and len(before.strings) == len(empty) else empty
        result.append(replace(message, strings=kept, comments=before.comments if before else ()))
    return result


def compiled(language: str, messages: list[Message]) -> bytes:
    """The .mo file: what is translated in full, sorted by msgid as the format asks."""
    entries = {b"": header(language).encode()}
    for message in messages:
        if message.translated:
            msgid = f"{message.context}\4{message.msgid}" if message.context else message.msgid
            key = f"{msgid}\0{message.plural}" if message.plural else msgid
            entries[key.encode()] = "\0".join(message.strings).encode()
    ids, texts, table = b"", b"", []
    for msgid_bytes, text_bytes in sorted(entries.items()):
        table.append((len(msgid_bytes), len(ids), len(text_bytes), len(texts)))
        ids, texts = ids + msgid_bytes + b"\0", texts + text_bytes + b"\0"
    start = 7 * 4 + 16 * len(table)
    keys = b"".join(struct.pack("<2I", size, start + at) for size, at, _s, _a in table)
    values = b"".join(struct.pack("<2I", size, start + len(ids) + at) for _s, _a, size, at in table)
    top = struct.pack("<7I", _MAGIC, 0, len(table), 28, 28 + len(keys), 0, 0)
    return top + keys + values + ids + texts


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
            own.write_bytes(compiled(language, read(po.read_text(encoding="utf-8"))))
            own.replace(mo)
        except (OSError, ValueError) as error:  # a page in bokmål is better than none
            log.warning("%s could not be made of %s: %s", mo, po, error)
