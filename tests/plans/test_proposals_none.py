"""A Word file that comes back without edits proposes nothing, whatever is in it and whoever saved it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.document import Goal, Measure, PlanDocument, Section
from plans.importers.sandbox import import_file

from .documents import any_plan, small_plan
from .edited_word import back, edited, measures, sent, with_keys, write
from .exporters.test_word import rich_plan

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus"

_pieces = st.sampled_from(
    (
        "<p>Avsnitt</p>",
        "<p>- ikke en liste</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<h4>Mellom</h4>",
        '<ol type="a" start="3"><li>x</li><li>y</li></ol>',
        "<blockquote><p>sitat</p></blockquote>",
        "<p>1<sup>2</sup><br>ny <em>linje</em> <strong>fet </strong>tekst</p>",
        "<ol><li>1</li></ol>",
        '<p><a href="https://example.org">l<strong>e</strong>nke</a> <s>strøket</s> <u>under</u></p>',
        "<table><tr><th>H</th></tr><tr><td rowspan='2'>A</td><td>B</td></tr><tr><td>C</td></tr></table>",
        "<table><tr><td colspan='2'><ul><li>punkt</li></ul></td></tr><tr><td>x</td></tr></table>",
    )
)
_bodies = st.lists(_pieces, max_size=4).map("".join)


@settings(max_examples=60, deadline=None)
@given(any_plan)
def test_a_round_trip_without_edits_gives_no_changes(plan):
    plan = with_keys(plan)
    assert back(plan, sent(plan)) == ()


@settings(max_examples=60, deadline=None)
@given(_bodies, _bodies, _bodies)
def test_rich_text_comes_back_as_it_went(body, after, goal_body):
    goal = Goal(key="g", html="M<em>å</em>l", body=goal_body, measures=(Measure(key="m", html="<s>a</s> b"),))
    columns = ("Hva vil vi?", "Hvordan få det til?")
    for shape in (columns, ()):
        section = Section(key="s", heading="A", body=body, after=after, columns=shape, goals=(goal,))
        plan = PlanDocument(title="Plan", sections=(section, Section(key="t", body=body)))
        assert back(plan, sent(plan)) == ()


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize(
    "file", sorted(CORPUS.glob("**/*.docx")) + sorted(CORPUS.glob("**/*.txt")), ids=lambda f: f.name
)
def test_real_plans_come_back_without_changes(file):
    plan = import_file(file.read_bytes(), file.name).document
    assert back(plan, sent(plan)) == ()


def test_two_goals_of_the_same_words_stay_two():
    goals = tuple(Goal(key=key, text="Trygghet", html="Trygghet") for key in ("g1", "g2"))
    plan = PlanDocument(title="Plan", sections=(Section(key="s", columns=("Mål", "Tiltak"), goals=goals),))
    assert back(plan, sent(plan)) == ()


@pytest.mark.conformance
def test_libreoffice_saves_it_and_nothing_has_changed(tmp_path):
    soffice = shutil.which("soffice") or pytest.fail("LibreOffice is not installed; script/test installs it.")

    def saved(data: bytes) -> bytes:
        (tmp_path / "inn.docx").write_bytes(data)
        said = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        said += [
            "--infilter=MS Word 2007 XML",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "ut"),
        ]
        subprocess.run([*said, str(tmp_path / "inn.docx")], check=True, capture_output=True, timeout=120)
        return (tmp_path / "ut/inn.docx").read_bytes()

    def edit(file: Any) -> None:
        write(measures(file)[2].cells[1], "Dele erfaringer ofte")

    for plan in (rich_plan(), small_plan()):
        assert back(plan, saved(saved(sent(plan)))) == ()
    assert [(p.item, p.after) for p in back(plan, edited(saved(sent(plan)), edit))] == [
        ("m3", "Dele erfaringer ofte")
    ]
