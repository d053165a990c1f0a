"""Comparing two plans: what is said to differ, and that nothing is said that does not."""

from dataclasses import replace
from uuid import NAMESPACE_OID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from helsefellesskap.richtext import plain
from plans.compare import Counts, Line, Run, compare
from plans.compare.order import out_of_order
from plans.document import Goal, Measure, PlanDocument, Responsible, Section

from .documents import any_plan, plan_of_size, small_plan


def with_identity(document: PlanDocument) -> PlanDocument:
    """The same plan as a draft gives it: every row has a UUID of its own."""
    seen = iter(range(100_000))

    def key() -> str:
        return str(uuid5(NAMESPACE_OID, str(next(seen))))

    def section(part: Section) -> Section:
        return replace(
            part,
            key=key(),
            goals=tuple(
                replace(g, key=key(), measures=tuple(replace(m, key=key()) for m in g.measures))
                for g in part.goals
            ),
            sections=tuple(map(section, part.sections)),
        )

    return replace(document, sections=tuple(map(section, document.sections)))


def in_order(*texts: str, goal: str = "Mål", **facts: object) -> PlanDocument:
    """A plan of one section and one goal with these measures; no row has an identity."""
    measures = tuple(Measure(key="", text=t, html=t, **facts) for t in texts)
    return PlanDocument(
        sections=(
            Section(key="", heading="Område", goals=(Goal(key="", text=goal, html=goal, measures=measures),)),
        )
    )


def told(old: PlanDocument, new: PlanDocument) -> list[tuple[str, str]]:
    """(text, what is said of it) for every measure of which something is said."""
    rows = [row for row in compare(old, new).rows() if row.kind == "measure"]
    return [
        (row.part.text, "moved" if row.move and row.state == "same" else row.state)
        for row in rows
        if row.state != "same" or row.move
    ]


# --- what always holds ---


@given(any_plan)
@settings(max_examples=50, deadline=None)
def test_a_plan_does_not_differ_from_itself(document: PlanDocument) -> None:
    comparison = compare(document, document)
    assert comparison.empty
    assert {comparison.counts(kind) for kind in ("section", "goal", "measure")} == {Counts()}


@given(any_plan, any_plan)
@settings(max_examples=100, deadline=None)
def test_every_field_can_be_read_back_and_all_rows_are_there(old: PlanDocument, new: PlanDocument) -> None:
    comparison = compare(old, new)
    rows = [row for row in comparison.rows() if row.kind == "measure"]
    for side, document in (("old", old), ("new", new)):
        parts = [getattr(row, side) for row in rows if getattr(row, side)]
        assert sorted(map(id, parts)) == sorted(id(m) for _s, _g, m in document.walk_measures())
    for row in rows:
        if row.old and row.new and (field := row.field("html")):
            assert (field.old, field.new) == (plain(row.old.html), plain(row.new.html))
    if field := next((f for f in comparison.facts if f.name == "title"), None):
        assert (field.old, field.new) == (old.title, new.title)


# Few words, so that rows are alike, the same and in several places.
_phrase = st.lists(st.sampled_from(["lage", "felles", "rutine", "møte", "ny", "plan"]), max_size=4).map(
    " ".join
)
_few_words = st.recursive(
    st.just(()),
    lambda inner: st.lists(
        st.builds(
            Section,
            key=st.just(""),
            heading=_phrase,
            goals=st.lists(
                st.builds(
                    lambda text, measures: Goal(
                        key="", text=text, measures=tuple(Measure(key="", text=m) for m in measures)
                    ),
                    _phrase,
                    st.lists(_phrase, max_size=4),
                ),
                max_size=3,
            ).map(tuple),
            sections=inner,
        ),
        max_size=3,
    ).map(tuple),
    max_leaves=4,
).map(lambda sections: PlanDocument(sections=sections))


@given(_few_words, _few_words)
@settings(max_examples=200, deadline=None)
def test_new_is_removed_the_other_way(old: PlanDocument, new: PlanDocument) -> None:
    there, back = compare(old, new), compare(new, old)
    for kind in ("section", "goal", "measure"):
        counts = there.counts(kind)
        assert back.counts(kind) == replace(counts, new=counts.removed, removed=counts.new)


@given(any_plan.map(with_identity), st.data())
@settings(max_examples=100, deadline=None)
def test_one_row_put_elsewhere_among_its_neighbours_is_one_move(
    document: PlanDocument, data: st.DataObject
) -> None:
    goals = [g for _s, g in document.walk_goals() if len(g.measures) > 1]
    if not goals:
        return
    goal = data.draw(st.sampled_from(goals))
    rows = list(goal.measures)
    start, end = data.draw(st.permutations(range(len(rows))))[:2]
    rows.insert(end, rows.pop(start))
    moved = _with_goal(document, replace(goal, measures=tuple(rows)))
    assert compare(document, moved).counts("measure") == Counts(moved=1)


def _with_goal(document: PlanDocument, goal: Goal) -> PlanDocument:
    def section(part: Section) -> Section:
        return replace(
            part,
            goals=tuple(goal if g.key == goal.key else g for g in part.goals),
            sections=tuple(map(section, part.sections)),
        )

    return replace(document, sections=tuple(map(section, document.sections)))


@given(st.permutations(range(8)))
def test_what_is_not_moved_stands_in_order(places: list[int]) -> None:
    moved = out_of_order(places)
    stays = [place for place, out in zip(places, moved, strict=True) if not out]
    assert stays == sorted(stays)


# --- which row is which ---


def test_bold_alone_is_told_as_markup() -> None:
    old, new = in_order("Lage rutine"), in_order("Lage rutine")
    goal = replace(new.sections[0].goals[0], html="<strong>Mål</strong>")
    new = replace(new, sections=(replace(new.sections[0], goals=(goal,)),))
    (field,) = [f for row in compare(old, new).rows() for f in row.fields]
    assert (field.name, field.markup, field.lines) == ("html", True, (Line("equal", (Run("equal", "Mål"),)),))


def test_rows_without_identity_are_found_by_their_words() -> None:
    old = in_order("Lage felles rutine for utskriving", "Møtes hvert halvår", "Dele erfaringer")
    new = in_order("Lage felles rutine for innskriving", "Opplæring i verktøyet", "Møtes hvert halvår")
    assert told(old, new) == [
        ("Lage felles rutine for innskriving", "changed"),
        ("Opplæring i verktøyet", "new"),
        ("Dele erfaringer", "removed"),
    ]


def test_one_row_put_first_is_one_move_also_by_words_alone() -> None:
    assert told(in_order("Én", "To", "Tre", "Fire"), in_order("Fire", "Én", "To", "Tre")) == [
        ("Fire", "moved")
    ]


def test_a_removed_row_stands_after_the_one_it_followed() -> None:
    rows = compare(in_order("Én", "To", "Tre"), in_order("Én", "Tre")).sections[0].goals[0].measures
    assert [(row.part.text, row.state) for row in rows] == [
        ("Én", "same"),
        ("To", "removed"),
        ("Tre", "same"),
    ]


def test_short_keys_of_two_files_do_not_make_two_rows_one() -> None:
    old = PlanDocument(sections=(Section(key="s1", heading="Barn og unge"),))
    new = PlanDocument(
        sections=(Section(key="s1", heading="Psykisk helse"), Section(key="s2", heading="Barn og unge"))
    )
    assert [(r.part.heading, r.state) for r in compare(old, new).sections] == [
        ("Psykisk helse", "new"),
        ("Barn og unge", "same"),
    ]


def test_a_measure_in_another_goal_says_from_where() -> None:
    document = with_identity(small_plan())
    first, second = document.sections[1].sections[0].goals
    changed = _with_goal(document, replace(first, measures=first.measures[:1]))
    changed = _with_goal(changed, replace(second, measures=(*second.measures, first.measures[1])))
    comparison = compare(document, changed)
    (row,) = [row for row in comparison.rows() if row.move]
    assert row.move
    assert (row.move.across, row.move.old_parent, row.old) == (True, first, first.measures[1])
    assert comparison.counts("measure") == Counts(moved=1)


def test_a_renamed_goal_keeps_its_measures_in_place() -> None:
    texts = ("Lage felles rutine", "Møtes hvert halvår")
    comparison = compare(in_order(*texts, goal="Trygge overganger"), in_order(*texts, goal="Gode liv"))
    assert comparison.counts("goal") == Counts(changed=1)
    assert comparison.counts("measure") == Counts()


def test_letters_that_follow_from_a_new_neighbour_are_no_changes() -> None:
    old = in_order("Én", "To")
    new = in_order("Ny", "Én", "To")
    lettered = [
        replace(
            d,
            sections=(
                replace(
                    s,
                    goals=(
                        replace(
                            g,
                            measures=tuple(
                                replace(m, label=label) for m, label in zip(g.measures, "abc", strict=False)
                            ),
                        ),
                    ),
                ),
            ),
        )
        for d in (old, new)
        for s in d.sections
        for g in s.goals
    ]
    assert compare(*lettered).counts("measure") == Counts(new=1, relabelled=2)


def test_every_field_of_a_measure_is_compared() -> None:
    document = with_identity(small_plan())
    goal = document.sections[1].sections[0].goals[0]
    old = goal.measures[0]
    bare = Measure(key=old.key, text=old.text, html=old.html)
    other = replace(bare, struck=True, responsible=Responsible(text="SSU", parties=("SSU",)))
    changed = _with_goal(document, replace(goal, measures=(other, *goal.measures[1:])))
    (row,) = [row for row in compare(document, changed).rows() if row.fields]
    assert [(f.name, f.detail, f.old, f.new) for f in row.fields] == [
        ("label", "", "a", ""),
        ("struck", "", "", "struck"),
        ("responsible", "", "SEKR og SSU", "SSU"),
        ("deadline", "", "innen 1. juni 2026", ""),
        ("deadline_date", "", "2026-06-01", ""),
        ("status", "", "har startet", ""),
        ("status_value", "", "ongoing", ""),
        ("indicator", "", "Andel utskrivinger med plan", ""),
        ("patient_groups", "", "frail_elderly", ""),
        ("extra", "Kommentar", "Prøves ut i to kommuner", ""),
    ]


def test_a_plan_of_300_measures_in_which_one_word_differs() -> None:
    document = plan_of_size(300)
    section = document.sections[2]
    goal = section.goals[0]
    last = replace(goal.measures[-1], html="Tiltak 3.99 forsterkes", text="Tiltak 3.99 forsterkes")
    goal = replace(goal, measures=(*goal.measures[:-1], last))
    changed = replace(document, sections=(*document.sections[:2], replace(section, goals=(goal,))))
    assert told(document, changed) == [("Tiltak 3.99 forsterkes", "changed")]
