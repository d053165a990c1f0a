"""Any plan, any mends: no word is lost, and what is taken out and back leaves no trace."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap.richtext import clean_block, clean_inline, plain
from plans.document import (
    Figure,
    Goal,
    Measure,
    PlanDocument,
    Section,
    from_dict,
    to_dict,
)
from plans.importers.interpret.words import tokens
from plans.mending import Mend, Mended, choices, mended

from .documents import any_plan, small_plan
from .importers.facts import corpus
from .test_mending import made

_BODIES = [
    "",
    "<p>Først</p><p>så <strong>fet</strong> og <s>borte</s></p>",
    "<p>Innledning:</p><ul><li>ytre<ul><li>indre</li><li>innerst</li></ul></li><li>siste</li></ul>",
    '<ol type="a"><li>ett</li><li>to</li></ol><blockquote><p>sitat</p></blockquote>',
    '<h4>Liten</h4><p>linje<br>under <a href="https://example.org/x">lenke</a></p>',
    "<table><tbody><tr><th>År</th><th>Tall</th></tr><tr><td>2026</td><td>2.1 Ni</td></tr></tbody></table>",
]
_bodies = st.sampled_from(_BODIES)


@st.composite
def _read_plans(draw: st.DrawFn) -> PlanDocument:
    """A plan as a reader makes it: keys that differ, texts in every place that has room for them."""
    numbers = count(1)

    def read_html[T: (Goal, Measure)](part: T) -> T:
        html = clean_inline(part.html)
        return replace(part, html=html, text=plain(html))

    def section(part: Section) -> Section:
        return replace(
            part,
            key=f"s{next(numbers)}",
            body=draw(_bodies),
            after=draw(_bodies),
            figures=draw(
                st.sampled_from([(), (Figure(sha256="0" * 64, media_type="image/png", alt="Bilde"),)])
            ),
            goals=tuple(
                replace(
                    read_html(g),
                    key=f"g{next(numbers)}",
                    body=draw(_bodies),
                    measures=tuple(replace(read_html(m), key=f"m{next(numbers)}") for m in g.measures),
                )
                for g in part.goals
            ),
            sections=tuple(map(section, part.sections)),
        )

    plan = draw(any_plan)
    return replace(plan, sections=tuple(map(section, plan.sections)))


def _words(result: Mended, *, every_status: bool = False) -> Counter[str]:
    """Every word that stands in the plan or in the list of what was taken out.

    A line that is the same in several facts or column headings counts once: two measures that become one
    say their common deadline once. A status that was read out of a sentence stands in the sentence, and
    counts only where every status does.
    """

    def status_of(part: Section | Goal | Measure, words: str) -> str:
        said = part.status.text if part.status else ""
        return "" if not every_status and set(tokens(said)) <= set(tokens(words)) else said

    texts, facts = [t for group in result.left_out.values() for t in group], set()
    for _depth, s in result.document.walk_sections():
        texts += [s.number, s.label, s.heading, plain(s.body), plain(s.after), *(f.alt for f in s.figures)]
        facts |= {*s.columns, s.adoption_note, status_of(s, s.heading)}
        for g in s.goals:
            texts += [g.label, g.text, plain(g.body)]
            facts.add(status_of(g, g.text))
            for m in g.measures:
                texts += [m.label, m.text]
                facts |= {m.indicator, *m.extra.values(), status_of(m, m.text)}
                facts |= {m.responsible.text if m.responsible else "", m.deadline.text if m.deadline else ""}
    lines = {line for fact in facts for line in fact.split("\n")}
    return tokens("\n".join([*texts, *lines]))


def _possible(result: Mended) -> list[Mend]:
    back = [Mend("back", key) for key in result.left_out]
    every = [(verb, key) for key, verbs in choices(result.shown).items() for verb in verbs]
    return back + [Mend(verb, key, alike) for verb, key in every for alike in (False, True)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_read_plans(), st.data())
def test_no_word_is_lost_whatever_is_mended(read: PlanDocument, data: st.DataObject):
    mends: list[Mend] = []
    result = mended(read, mends)
    before = _words(result)
    for _ in range(data.draw(st.integers(1, 12))):
        if possible := _possible(result):
            mends.append(data.draw(st.sampled_from(possible)))
            result = mended(read, mends)
    document = result.document
    after = _words(result)
    assert before - _words(result, every_status=True) == Counter()
    names = {"ansvarlig", "frist", "status", "indikator"} | {
        t for m in _measures(read) for t in tokens(" ".join(m.extra))
    }
    numbers = {"1", "2", "a", "b"}  # that a numbered list shows, and an item takes with it
    assert set(after - before) <= set(before) | names | numbers

    assert from_dict(to_dict(document)) == document
    keys = [s.key for _d, s in document.walk_sections()] + [g.key for _s, g in document.walk_goals()]
    keys += [m.key for m in _measures(document)]
    assert len(set(keys)) == len(keys)
    for _depth, section in document.walk_sections():
        assert "\n" not in section.heading
        assert [clean_block(html) for html in (section.body, section.after)] == [section.body, section.after]
    for part in [*(g for _s, g in document.walk_goals()), *_measures(document)]:
        assert (plain(part.html), clean_inline(part.html)) == (part.text, part.html)
    assert mended(read, []).document is read


@pytest.mark.parametrize(
    "name",
    [
        "finnmark-2022-2023.docx",
        "st-olavs-strategi-2022-2024.docx",
        "troms-og-ofoten-2023.docx",
        "vestfold-2024-2025.pptx",
    ],
)
def test_no_word_of_a_real_plan_is_lost_by_any_one_mend(name: str):
    read = corpus(name)
    untouched = mended(read, [])
    before = _words(untouched)
    for mend in _possible(untouched)[::9]:
        assert before - _words(mended(read, [mend])) == Counter(), mend


def _measures(document: PlanDocument) -> list[Measure]:
    return [m for _s, _g, m in document.walk_measures()]


@settings(max_examples=60, deadline=None)
@given(_read_plans(), st.data())
def test_what_is_taken_out_and_back_leaves_the_plan_as_it_was(read: PlanDocument, data: st.DataObject):
    pieces = mended(read, []).pieces
    keys = [p.key for p in pieces if p.kind != "columns"]
    if keys:
        key = data.draw(st.sampled_from(keys))
        verb = data.draw(st.sampled_from(["out", "out_below"]))
        assert made(read, [(verb, key), ("back", key)]).document == read


def test_the_small_plan_keeps_every_field_of_what_is_not_mended():
    plan = small_plan()
    document = made(plan, [("goal", "s1-t1")]).document
    assert document.sections[1:] == plan.sections[1:]
    assert replace(document, sections=()) == replace(plan, sections=())
