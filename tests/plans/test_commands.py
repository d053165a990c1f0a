"""The command line: import_plan and export_plan."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from partners.models import HealthCommunity, User
from plans.models import Import, Plan

from .conftest import adopted

PLAN = """# Handlingsplan 2026

## 1 Overganger

| Hva vil vi? | Hvordan få det til? | Ansvarlig |
| --- | --- | --- |
| Trygge overganger | a) Lage felles rutine | SSU, UNN |
| | b) Møtes hvert halvår | SEKR |
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(PLAN)
    return file


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as from a shell, with a database address that answers to nobody."""
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "VAR_DIR": str(settings.VAR_DIR)},
    )


def test_a_dry_run_needs_no_database_and_no_known_community(file: Path) -> None:
    done = run("import_plan", file, "--community", "ingen", "--dry-run", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    read = json.loads(done.stdout)
    goal = read["sections"][0]["goals"][0]
    assert [m["label"] for m in goal["measures"]] == ["a", "b"]
    assert goal["measures"][0]["responsible"]["parties"] == ["SSU", "UNN"]


def test_a_refusal_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    for name in ("borte.docx", "plan.odt"):
        if name == "plan.odt":
            (tmp_path / name).write_text("ikke en plan")
        done = run("import_plan", tmp_path / name, "--community", "ingen", "--dry-run", "--json")
        assert done.returncode != 0
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1, done.stderr


def test_without_dry_run_it_becomes_a_draft(community: HealthCommunity, kari: User, file: Path) -> None:
    call_command("import_plan", str(file), community=community.slug, by=kari.email, stdout=io.StringIO())
    plan = Plan.objects.get()
    assert (plan.title, plan.state, plan.created_by) == ("Handlingsplan 2026", "draft", kari)
    assert Import.objects.get().plan == plan


def test_the_console_is_trusted_without_a_name(community: HealthCommunity, file: Path) -> None:
    call_command("import_plan", str(file), community=community.slug, stdout=io.StringIO())
    assert Plan.objects.get().created_by.name == "Kommandolinjen"


def test_an_unknown_community_is_refused(community: HealthCommunity, file: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        call_command("import_plan", str(file), community="ingen", stderr=io.StringIO())
    assert refused.value.code == 1
    assert not Import.objects.exists()


def test_export_lists_and_writes_adopted_plans(draft: Plan, kari: User, tmp_path: Path) -> None:
    listed = io.StringIO()
    call_command("export_plan", list=True, stdout=listed)
    assert listed.getvalue() == ""
    plan = adopted(draft, kari)
    call_command("export_plan", list=True, stdout=listed)
    assert listed.getvalue() == "troms-og-ofoten/handlingsplan-2026\n"
    for format, start in (("pdf", b"%PDF-1.7"), ("json", b'{"abbreviations"')):
        call_command("export_plan", f"troms-og-ofoten/{plan.slug}", format=format, output=tmp_path / format)
        assert (tmp_path / format).read_bytes().startswith(start)


@pytest.mark.parametrize("plan", ["troms-og-ofoten/finnes-ikke", "troms-og-ofoten", ""])
def test_export_says_what_it_cannot_find(db: None, tmp_path: Path, plan: str) -> None:
    with pytest.raises(CommandError):
        call_command("export_plan", plan, output=tmp_path / "plan.pdf")
