"""The child process that reads a file: limits first, then everything else.

`python -I worker.py LIMITS TASK PATH…` with the file on standard input; one JSON object on standard
output: `{"document", "source"}` (of an edited file `{"source", "identifier"}`, of a table `{"rows"}`,
of what was pasted `{"document", "columns"}`, of a searched file `{"national_id"}`),
`{"refused": sentence, "facts"}` or `{"crashed": what and where}`.
It is started by `sandbox.py` only, and imports nothing of the project before its limits stand.
"""

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plans.importers.blocks import Block, Source
    from plans.importers.interpret.columns import Role


PASTED = "pasted"  # instead of a file's suffix


def set_limits(memory: int, seconds: int) -> None:
    """No more memory (bytes) or CPU (seconds) than this, no file written, no core, no new process."""
    try:
        import resource
    except ImportError:  # a platform without limits: the parent's clock and cap still stand
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        getattr(resource, "RLIMIT_NPROC", None): 0,
    }
    for kind, limit in limits.items():
        if kind is not None:
            with suppress(ValueError, OSError):  # where a platform lacks one, the others stand
                resource.setrlimit(kind, (limit, limit))
    with suppress(ValueError, OSError):  # the softer limit ends with a signal of its own
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def answer(
    data: bytes, suffix: str, read_as: str | None, edited: bool = False, search: bool = False
) -> dict[str, Any]:
    from helsefellesskap.file_checks import Refused
    from plans import document
    from plans.importers.office import TOO_DEEP

    try:
        if edited:
            return _edited(data)
        if search:
            return _searched(data, suffix)
        if suffix == PASTED:
            return _pasted(**json.loads(data))
        if suffix in (".csv", ".xlsx"):
            from plans.importers import read_table

            return {"rows": read_table.read(data, suffix)}
        source = _read(data, suffix)
        _check(source)
        from plans.importers import own
        from plans.importers.interpret import interpret

        plan = own.plan_of(source) if read_as is None and own.is_own(source) else interpret(source, read_as)
    except Refused as refused:
        return {"refused": refused.sentence, "facts": refused.facts}
    except RecursionError:
        return {"refused": TOO_DEEP}
    return {"document": document.to_dict(plan), "source": _plain(source)}


def _pasted(html: str, text: str, roles: "list[Role]") -> dict[str, Any]:
    """A table from the clipboard, and what its columns were taken for."""
    from plans import document
    from plans.importers import read_pasted
    from plans.importers.interpret.pasted import interpret_pasted

    plan, columns = interpret_pasted(read_pasted.read(html, text), roles)
    return {"document": document.to_dict(plan), "columns": [[c.name, c.role] for c in columns]}


def _edited(data: bytes) -> dict[str, Any]:
    """A Word file that the portal wrote itself: its blocks, and which text it was made from."""
    from plans.importers import read_docx
    from plans.importers.office import Package
    from plans.importers.office_xml import identifier

    source = read_docx.read(data, as_written=True)
    _check(source)
    return {"source": _plain(source), "identifier": identifier(Package(data))}


def _searched(data: bytes, suffix: str) -> dict[str, Any]:
    """Whether a fødselsnummer stands in the file. The numbers themselves go nowhere."""
    from helsefellesskap.national_id import find
    from plans.importers import read_words

    return {"national_id": bool(find(read_words.read(data, suffix)))}


def _plain(source: "Source") -> dict[str, Any]:
    import base64

    from plans.importers import blocks

    return {
        "blocks": [blocks.to_dict(block) for block in source.blocks],
        "omitted": [{"at": o.at, "text": o.text, "why": o.why} for o in source.omitted],
        "files": [base64.b64encode(file).decode() for file in source.files.values()],
    }


def _read(data: bytes, suffix: str) -> "Source":
    if suffix == ".docx":
        from plans.importers import read_docx

        return read_docx.read(data)
    if suffix == ".pptx":
        from plans.importers import read_pptx

        return read_pptx.read(data)
    if suffix == ".pdf":
        from plans.importers import read_pdf

        return read_pdf.read(data)
    from plans.importers import read_text

    return read_text.read(data)


def _check(source: "Source") -> None:
    from helsefellesskap.file_checks import Refused
    from plans.importers.office import MAX_TABLE_ROWS, TOO_MANY_ROWS

    if sum(map(_rows, source.blocks)) > MAX_TABLE_ROWS:
        raise Refused(TOO_MANY_ROWS)


def _rows(block: "Block") -> int:
    from plans.importers.blocks import Table

    if not isinstance(block, Table):
        return 0
    inner = sum(_rows(b) for row in block.rows for cell in row.cells for b in cell.blocks)
    return len(block.rows) + inner


def main() -> None:
    limits, task = json.loads(sys.argv[1]), json.loads(sys.argv[2])
    set_limits(**limits)
    sys.path[:] = dict.fromkeys(sys.argv[3:])
    try:
        said = answer(sys.stdin.buffer.read(), **task)
    except MemoryError:
        said = {"crashed": "MemoryError", "memory": True}
    except Exception as error:  # whatever a hostile file provokes must become one sentence
        said = {"crashed": _where(error)}
    sys.stdout.write(json.dumps(said, ensure_ascii=False))


def _where(error: Exception) -> str:
    """What went wrong and in which line of ours, without the document's own words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


if __name__ == "__main__":
    main()
