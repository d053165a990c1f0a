"""The child process: what it is given, what it may not do, and what becomes of it when it tries."""

import json
import time
from pathlib import Path

import pytest

from plans.importers import sandbox
from plans.importers.blocks import Figure, Heading, Item
from plans.importers.sandbox import Refused, import_file

from .make_docx import docx, listed, paragraph, styled

PLAN = docx(
    styled("Handlingsplan 2025", "H3")
    + paragraph("for Helsefellesskapet Solvik og Nes")
    + listed("Trygg utskriving", 1)
    + listed("Lage felles rutine", 1, 1)
)
# A worker that is ours but for what it answers, so that its own limits and rescue are tried.
MISBEHAVING = """
import os, sys
sys.path[:] = sys.argv[3:]
from plans.importers import worker
def answer(data, suffix, read_as):
    {body}
worker.answer = answer
worker.main()
"""


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to write a misbehaving worker into, which is then used instead of ours."""
    script = tmp_path / "worker.py"
    monkeypatch.setattr(sandbox, "WORKER", script)
    return script


def refusal(data: bytes = PLAN) -> str:
    with pytest.raises(Refused) as refused:
        import_file(data, "plan.docx")
    return str(refused.value)


def test_a_file_comes_back_as_a_document_and_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    imported = import_file(PLAN, "plan.docx")
    heading, _, goal, measure = imported.source.blocks
    assert imported.document.title == "Handlingsplan 2025"
    assert heading == Heading(at="avsnitt 1", level=3, text="Handlingsplan 2025", html="Handlingsplan 2025")
    assert [(b.level, b.label) for b in (goal, measure) if isinstance(b, Item)] == [(0, "1"), (1, "a")]


def test_the_reading_asked_for_reaches_the_interpreter() -> None:
    assert import_file(PLAN, "plan.docx", read_as="strategy").document.read_as == "strategy"


def test_a_list_of_thousands_is_no_endless_work() -> None:
    imported = import_file(b"- punkt\n" * 6000, "liste.txt")
    assert sum(section.body.count("<li>") for _depth, section in imported.document.walk_sections()) == 6000


def test_endless_work_is_stopped_and_leaves_no_process(
    worker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 2.0)
    left = tmp_path / "pid"
    worker.write_text(
        "import os, sys\n"
        "if os.fork():\n"
        "    sys.exit()\n"  # the grandchild keeps the pipe open, as a hang would
        f"open({str(left)!r}, 'w').write(str(os.getpid()))\n"
        "while True: pass\n"
    )
    assert refusal() == sandbox.TOO_SLOW
    assert _is_gone(int(left.read_text()))


def _is_gone(pid: int) -> bool:
    """Whether the process ends; one killed may take a moment, and a zombie has no command left."""
    for _ in range(200):
        try:
            if not Path(f"/proc/{pid}/cmdline").read_bytes():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_cpu_seconds_run_out_too(worker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 20.0)
    body = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 9))\n    while True: pass"
    worker.write_text(MISBEHAVING.format(body=body))
    assert refusal() == sandbox.TOO_SLOW


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("bytearray(3_000_000_000)", sandbox.TOO_MUCH_MEMORY),
        ("raise ValueError('hemmelige ord')", sandbox.UNREADABLE),
        ("os.kill(os.getpid(), 11)", sandbox.UNREADABLE),
        ("os._exit(0)", sandbox.UNREADABLE),
        ("return {'document': {}, 'source': {}}", sandbox.UNREADABLE),
        ("return []", sandbox.UNREADABLE),
        ("return {'refused': 'Én setning.'}", "Én setning."),
        ("return {'refused': 'Rute %(cell)s.', 'facts': {'cell': 'B2'}}", "Rute B2."),
        ("return {'refused': 'Rute %(cell)s.', 'facts': {'other': 'B2'}}", sandbox.UNREADABLE),
        ("return {'refused': 'Rute %(cell)s.', 'facts': ['B2']}", sandbox.UNREADABLE),
        ("return {'refused': 'Rute %(cell)d.', 'facts': {'sentence': 'B2'}}", sandbox.UNREADABLE),
        ("return {'refused': os.environ.get('SECRET_KEY', 'tomt') + os.getcwd()}", "tomt/"),
    ],
)
def test_what_the_child_does_becomes_one_sentence(
    worker: Path, monkeypatch: pytest.MonkeyPatch, body: str, sentence: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    worker.write_text(MISBEHAVING.format(body=body))
    assert refusal() == sentence


def test_a_crash_is_logged_by_kind_and_place_without_the_words_of_the_file(
    worker: Path, caplog: pytest.LogCaptureFixture
) -> None:
    worker.write_text(MISBEHAVING.format(body="raise ValueError('hemmelige ord')"))
    refusal()
    assert [record.getMessage() for record in caplog.records] == [
        f"The import worker crashed: ValueError at {worker}:6"
    ]


def test_the_child_can_write_no_file(worker: Path, tmp_path: Path) -> None:
    target = tmp_path / "lekkasje"
    worker.write_text(MISBEHAVING.format(body=f"open({str(target)!r}, 'wb', 0).write(data)"))
    assert refusal() == sandbox.UNREADABLE
    assert target.read_bytes() == b""


def test_too_long_an_answer_is_cut_off(worker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 100_000)
    worker.write_text(MISBEHAVING.format(body="return {'refused': 'x' * 200_000}"))
    assert refusal() == sandbox.TOO_MUCH


def test_figures_are_named_by_what_their_bytes_are_not_by_what_the_child_says() -> None:
    answer = {"blocks": [], "omitted": [], "files": ["aGVp"]}
    source = sandbox._source(json.loads(json.dumps(answer)))
    assert source.files == {sandbox.sha256(b"hei"): b"hei"}
    assert not any(isinstance(block, Figure) for block in source.blocks)
