"""A document becomes rows and rows become a document, and nothing changes on the way."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from partners.models import HealthCommunity, User
from plans.document import Goal, Measure, PlanDocument, Section, canonical, load
from plans.labels import next_letter
from plans.models import Plan
from plans.snapshot import document_of, to_draft

from .conftest import make_draft
from .documents import any_plan, plan_of_size, small_plan


def without_identity(document: PlanDocument) -> PlanDocument:
    """The document with nothing that names rows or bodies."""

    def measure(m: Measure) -> Measure:
        return replace(m, key="", responsible=m.responsible and replace(m.responsible, bodies=()))

    def goal(g: Goal) -> Goal:
        return replace(g, key="", measures=tuple(measure(m) for m in g.measures))

    def section(s: Section) -> Section:
        return replace(
            s,
            key="",
            goals=tuple(goal(g) for g in s.goals),
            sections=tuple(section(c) for c in s.sections),
        )

    return replace(document, community="", sections=tuple(section(s) for s in document.sections))


def test_every_field_survives(community: HealthCommunity, kari: User) -> None:
    plan = make_draft(small_plan(), community, kari)
    assert without_identity(document_of(plan)) == without_identity(small_plan())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=any_plan)
def test_any_document_survives(community: HealthCommunity, kari: User, document: PlanDocument) -> None:
    with transaction.atomic():
        plan = to_draft(document, community=community, by=kari)
        assert without_identity(document_of(plan)) == without_identity(document)
        transaction.set_rollback(True)


@settings(max_examples=100, deadline=None)
@given(document=any_plan)
def test_canonical_text_loads_as_the_same_document(document: PlanDocument) -> None:
    assert load(canonical(document)) == document


def test_names_are_linked_to_bodies(community: HealthCommunity, draft: Plan) -> None:
    responsible = next(m for _s, _g, m in document_of(draft).walk_measures()).responsible
    assert responsible is not None
    assert [(b.kind, b.name) for b in responsible.bodies] == [
        ("role", "Sekretariatet"),
        ("committee", "Strategisk samarbeidsutvalg"),
    ]


def test_keys_name_the_same_item_every_time(draft: Plan) -> None:
    first, second = document_of(draft), document_of(draft)
    assert [m.key for _s, _g, m in first.walk_measures()] == [m.key for _s, _g, m in second.walk_measures()]


def test_queries_do_not_grow_with_the_plan(
    community: HealthCommunity, kari: User, django_assert_num_queries: object
) -> None:
    for size in (3, 300):
        plan = make_draft(plan_of_size(size), community, kari)
        with django_assert_num_queries(6):
            document_of(plan)


def test_a_measure_without_a_label_gets_the_next_letter_where_the_table_has_letters(
    draft: Plan,
) -> None:
    goal = draft.sections.get(heading="Overganger").goals.first()
    assert goal is not None
    last = goal.measures.last()
    assert last is not None
    last.label = ""
    last.save()
    assert [m.label for _s, _g, m in document_of(draft).walk_measures()] == ["a", "b", "c"]


def test_a_table_without_labels_stays_so(community: HealthCommunity, kari: User) -> None:
    plan = make_draft(plan_of_size(6), community, kari)
    assert {m.label for _s, _g, m in document_of(plan).walk_measures()} == {""}


@pytest.mark.parametrize(
    ("label", "following"),
    [("a", "b"), ("z", "aa"), ("az", "ba"), ("Z", "AA"), ("9", "10"), ("i-1", ""), ("å", "")],
)
def test_next_letter(label: str, following: str) -> None:
    assert next_letter(label) == following


def test_two_plans_of_one_title_get_two_addresses(community: HealthCommunity, kari: User) -> None:
    slugs = [make_draft(small_plan(), community, kari).slug for _ in range(3)]
    assert slugs == ["handlingsplan-2026", "handlingsplan-2026-2", "handlingsplan-2026-3"]


def test_control_signs_are_in_no_document(community: HealthCommunity, kari: User) -> None:
    """Of a text file or a paste: neither a PDF nor a Word file could be made of them."""
    (section,) = small_plan().sections[:1]
    sections = (replace(section, heading="Ett\x0bto", body="<p>Tre\x01</p>"),)
    plan = make_draft(replace(small_plan(), title="Plan\x1f", sections=sections), community, kari)
    document = document_of(plan)
    assert (document.title, document.sections[0].heading) == ("Plan ", "Ett to")
    assert document.sections[0].body == "<p>Tre </p>"
