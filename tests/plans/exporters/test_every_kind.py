"""What holds of every kind of PDF: the same bytes again, in whatever language it is asked for, and none at
all where the renderer had something to remark.
"""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.utils import timezone, translation

from committees import minutes_pdf
from committees.papers import papers_pdf
from committees.queries.papers import paper_of, papers_of
from helsefellesskap import printing
from helsefellesskap.printing import RenderingFailed
from plans import queries
from plans.exporters import comparison, input_answers, pdf, stance_sheet
from plans.stance_rows import stance_rows
from tests import make
from tests.committees.test_follow_ups import met
from tests.plans.exporters import samples
from tests.plans.hearings import on_hearing, say

pytestmark = pytest.mark.django_db

type Kinds = dict[str, Callable[[], bytes | None]]


@pytest.fixture
def kinds(cast) -> Kinds:
    """Each kind of PDF that the portal makes, with something in it."""
    meeting = met(cast, timezone.localdate(), {"title": "Økonomi", "background": "Bakgrunn."})
    make.approved(meeting)
    item = meeting.agenda.select_related("meeting__committee__community", "case").get()
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    rows = stance_rows(queries.document_before(review), named=set(), answers={}, documents={}, before=None)
    hearing = on_hearing(cast)
    say(hearing, by=cast.aslak, partner=cast.tromso)
    table = samples.table_plan()
    about: dict[str, Any] = {"community": "Fjord og vidde", "day": date(2025, 1, 7)}
    cases = papers_of(meeting, reads=lambda _case: True, sent=None)
    papers: dict[str, Any] = {"title": "Papirer", "day": date(2025, 1, 7)}
    return {
        "plan": partial(pdf.render, table, samples.ADOPTED),
        "strategy": partial(pdf.render, samples.strategy(), samples.RECEIVED),
        "comparison": partial(comparison.render, table, samples.status_plan(), titles=("A", "B"), **about),
        "papers": partial(papers_pdf, cast.ssu, cases, meeting=meeting, **papers),
        "case": partial(papers_pdf, cast.ssu, [paper_of(item.case)], **papers),
        "minutes": partial(minutes_pdf.render, meeting),
        "extract": partial(minutes_pdf.render_extract, item, restricted=False, public=True),
        "stance sheet": partial(stance_sheet.render, review, rows),
        "input and answers": lambda: input_answers.render(hearing, list(queries.inputs_of(hearing))),
    }


def test_every_kind_gives_the_same_bytes_again_in_whatever_language_it_is_asked_for(kinds: Kinds) -> None:
    first = {name: make_it() for name, make_it in kinds.items()}
    printing.stylesheet_of.cache_clear()  # as in another process
    with translation.override("en"):
        assert {name for name, make_it in kinds.items() if make_it() != first[name]} == set()


def test_any_remark_of_the_renderer_stops_every_kind(kinds: Kinds, monkeypatch: pytest.MonkeyPatch) -> None:
    class Remarks:
        def __init__(self, **_named: object) -> None: ...

        def write_pdf(self, **_named: object) -> bytes:
            logging.getLogger("weasyprint").warning("Ignored `dispaly: none`")
            return b"%PDF-1.7 half a document"

    monkeypatch.setattr(printing, "HTML", Remarks)
    for make_it in kinds.values():
        with pytest.raises(RenderingFailed, match="dispaly"):
            make_it()
