"""Lists ask rows for what measures name: the rows say the same as the frozen words, and go with them."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from plans import document as doc
from plans.actions import withdraw
from plans.mentions import mentions_in
from plans.models import Plan, Revision, RevisionMention
from plans.patient_groups import PATIENT_GROUPS
from plans.queries.open_data import for_group, naming, newest_revisions
from tests import make
from tests.people import Cast

KEYS = ["ssu", "tromso", "12"]
GROUPS = sorted(PATIENT_GROUPS)[:3]
# Words that look like keys name nobody.
bodies = st.builds(
    doc.Body,
    kind=st.sampled_from(["committee", "partner", "role"]),
    key=st.sampled_from(KEYS),
    name=st.sampled_from([*KEYS, *GROUPS]),
)
groups = st.lists(st.sampled_from(GROUPS), max_size=1).map(tuple)
measures = st.builds(
    doc.Measure,
    key=st.just(""),
    responsible=st.none()
    | st.builds(lambda *found: doc.Responsible(text="SSU", bodies=found), bodies, bodies),
    patient_groups=groups,
)
goals = st.builds(doc.Goal, key=st.just(""), measures=st.tuples(measures), patient_groups=groups)


@given(goals, goals)
def test_what_is_mentioned_is_what_the_frozen_words_hold(one: doc.Goal, below: doc.Goal) -> None:
    inner = doc.Section(key="", goals=(below,))
    document = doc.PlanDocument(sections=(doc.Section(key="", goals=(one,), sections=(inner,)),))
    content = doc.canonical(document)
    responsible = {("responsible", key) for key in KEYS if f'"key":"{key}"' in content}
    listed = "".join(part.partition("]")[0] for part in content.split('"patient_groups":[')[1:])
    assert mentions_in(document) == responsible | {
        ("patient_group", key) for key in GROUPS if f'"{key}"' in listed
    }
    fill = import_module("plans.migrations.0024_mentions")
    assert {found for section in doc.to_dict(document)["sections"] for found in fill._in(section)} == (
        mentions_in(document)
    )


@pytest.fixture
def plans(cast: Cast) -> list[Plan]:
    """For SSU and Tromsø; for frail elderly people; for nobody."""

    def section(**facts: object) -> tuple[doc.Section, ...]:
        measure = doc.Measure(key="m", text="Øve", html="Øve", **facts)  # type: ignore[arg-type]  # its fields
        return (
            doc.Section(key="s", goals=(doc.Goal(key="g", text="Mål", html="Mål", measures=(measure,)),)),
        )

    told = (
        {"responsible": doc.Responsible(text="SSU, Tromsø", parties=("SSU", "Tromsø"))},
        {"patient_groups": ("frail_elderly",)},
        {},
    )
    return [
        make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{n}", sections=section(**facts))
        for n, facts in enumerate(told)
    ]


def rows() -> set[tuple[int, str, str]]:
    return set(RevisionMention.objects.values_list("revision__plan", "what", "key"))


@pytest.mark.django_db
def test_a_version_is_found_by_what_it_mentions_until_it_is_withdrawn(cast: Cast, plans: list[Plan]) -> None:
    named, grouped, _bare = plans

    def found(revisions: object) -> list[str]:
        return [revision.plan.slug for revision in revisions]  # type: ignore[attr-defined]  # a queryset

    assert (
        found(naming(newest_revisions(), "ssu")) == found(naming(newest_revisions(), "tromso")) == ["plan-0"]
    )
    assert '"content"' not in str(naming(newest_revisions(), "ssu").values("pk").query)  # no words are read
    assert found(for_group(newest_revisions(), "frail_elderly")) == ["plan-1"]
    assert rows() == {
        (named.pk, "responsible", "ssu"),
        (named.pk, "responsible", "tromso"),
        (grouped.pk, "patient_group", "frail_elderly"),
    }
    withdraw(named, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    assert rows() == {(grouped.pk, "patient_group", "frail_elderly")}


@pytest.mark.django_db
def test_what_was_frozen_before_there_were_rows_is_read_once(plans: list[Plan]) -> None:
    frozen = rows()
    assert len(frozen) == 3
    RevisionMention.objects.all().delete()
    import_module("plans.migrations.0024_mentions").remember(apps, None)
    assert rows() == frozen
    assert Revision.objects.filter(mentions__isnull=True).count() == 1
