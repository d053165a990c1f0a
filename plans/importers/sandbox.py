"""Reading a file that somebody sent: checked first, then read in a child process that can do no harm.

The child (`worker.py`) has an empty environment, its own session and its own limits; this side caps
its time and its output, and believes nothing but the shape of its answer. Web and command use the
same door. No Django here.
"""

import base64
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helsefellesskap.file_checks import MEGABYTE, Refused, check
from helsefellesskap.sentences import later
from plans import document
from plans.document import PlanDocument
from plans.importers import blocks
from plans.importers.blocks import (
    Omitted,
    Source,
)
from plans.importers.interpret.pasted import Column
from plans.importers.office import sha256
from plans.importers.worker import PASTED

__all__ = [
    "Imported",
    "Refused",
    "holds_national_id",
    "import_file",
    "read_edited",
    "read_pasted",
    "read_rows",
]

SECONDS = 30.0
MEMORY = 1_000 * MEGABYTE
MAX_ANSWER = 64 * MEGABYTE
WORKER = Path(__file__).with_name("worker.py")

TOO_SLOW = later("Filen tok mer enn 30 sekunder å lese, og er derfor ikke lest inn.")
TOO_MUCH_MEMORY = later("Filen krever for mye minne, og er derfor ikke lest inn.")
TOO_MUCH = later("Filen er for omfattende til å leses inn.")
NOT_WORD = later("Filen må være Word-filen (.docx) som ble lastet ned herfra.")
UNREADABLE = later("Filen kunne ikke leses, fordi innholdet er skadet eller uventet.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Imported:
    document: PlanDocument
    source: Source


def import_file(data: bytes, name: str, *, read_as: str | None = None) -> Imported:
    """The plan that a .docx, .pptx, .pdf, .txt or .md file holds, and the blocks it was read from.

    `name` is the file's name, whose suffix says what it should be; `read_as` (see `document.ReadAs`)
    overrules the interpreter's own choice. Raises Refused with one Norwegian sentence.
    """
    suffix = check(data, name)
    answer = _answer(data, {"suffix": suffix, "read_as": read_as})
    try:
        return Imported(document.from_dict(answer["document"]), _source(answer["source"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(UNREADABLE) from error


def read_edited(data: bytes, name: str) -> tuple[Source, str]:
    """The blocks of a Word file that the portal wrote and somebody edited, and its identifier.

    Raises Refused with one Norwegian sentence.
    """
    suffix = check(data, name)
    if suffix != ".docx":
        raise Refused(NOT_WORD)
    answer = _answer(data, {"suffix": suffix, "read_as": None, "edited": True})
    try:
        return _source(answer["source"]), str(answer["identifier"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(UNREADABLE) from error


def read_rows(data: bytes, name: str) -> list[list[str]]:
    """The cells of a .csv file, or of the first sheet of an .xlsx file. Raises Refused."""
    suffix = check(data, name, tables=True)
    rows = _answer(data, {"suffix": suffix, "read_as": None}).get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused(UNREADABLE)
    return [[str(cell) for cell in row] for row in rows]


def holds_national_id(data: bytes, name: str) -> bool:
    """Whether a fødselsnummer or D-nummer stands in the words of a Word or PDF file. Raises Refused."""
    suffix = check(data, name)
    return bool(_answer(data, {"suffix": suffix, "read_as": None, "search": True}).get("national_id", True))


def read_pasted(html: str, text: str, roles: Sequence[str] = ()) -> tuple[PlanDocument, list[Column]]:
    """The goals and measures of a table from the clipboard, and what its columns were taken for.

    `roles` (`interpret.columns.Role`) overrule that, column by column. Raises Refused.
    """
    sent = json.dumps({"html": html, "text": text, "roles": list(roles)}).encode()
    answer = _answer(sent, {"suffix": PASTED, "read_as": None})
    try:
        columns = [Column(str(name), role) for name, role in answer["columns"]]
        return document.from_dict(answer["document"]), columns
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(UNREADABLE) from error


def _answer(data: bytes, task: Mapping[str, Any]) -> Mapping[str, Any]:
    answer = _ask_worker(data, task)
    if refused := answer.get("refused"):
        raise _refusal(str(refused), answer.get("facts") or {})
    if "crashed" in answer:
        _log.warning("The import worker crashed: %s", answer["crashed"])
        raise Refused(TOO_MUCH_MEMORY if answer.get("memory") else UNREADABLE)
    return answer


def _refusal(sentence: str, facts: Mapping[str, Any]) -> Refused:
    """What the child refused; nothing is believed of it but words."""
    try:
        return Refused(sentence, **{name: str(fact) for name, fact in facts.items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        return Refused(UNREADABLE)


def _source(data: Mapping[str, Any]) -> Source:
    files = [base64.b64decode(text, validate=True) for text in data["files"]]
    return Source(
        blocks=tuple(blocks.from_dict(block) for block in data["blocks"]),
        omitted=tuple(Omitted(**omitted) for omitted in data["omitted"]),
        files={sha256(file): file for file in files},
    )


def _ask_worker(data: bytes, task: Mapping[str, Any]) -> Mapping[str, Any]:
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *(str(Path(p).resolve()) for p in sys.path)]
    limits = json.dumps({"memory": MEMORY, "seconds": int(SECONDS) + 1})
    with tempfile.TemporaryFile() as file:  # a file cannot block as a pipe can
        file.write(data)
        file.seek(0)
        child = subprocess.Popen(  # noqa: S603 — our own interpreter and script; the rest is our own JSON
            [sys.executable, "-I", "-B", "-X", "utf8", str(WORKER), limits, json.dumps(task), *paths],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        try:
            raw = _listen(child)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)  # before wait(): until then the id is the child's
            child.wait()
            if child.stdout:
                child.stdout.close()
    if not raw and child.returncode == -signal.SIGXCPU:
        raise Refused(TOO_SLOW)
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError) as error:
        _log.warning("The import worker ended with %s without an answer", child.returncode)
        raise Refused(UNREADABLE) from error
    return answer if isinstance(answer, dict) else {"crashed": "no object"}


def _listen(child: subprocess.Popen[bytes]) -> bytes:
    """All that the child says, until it closes; raises Refused where it takes too long or too much."""
    deadline = time.monotonic() + SECONDS
    heard = bytearray()
    with selectors.DefaultSelector() as selector:
        output = child.stdout
        if output is None:
            return b""
        selector.register(output, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise Refused(TOO_SLOW)
            chunk = os.read(output.fileno(), 1 << 20)
            if not chunk:
                return bytes(heard)
            heard += chunk
            if len(heard) > MAX_ANSWER:
                raise Refused(TOO_MUCH)
