"""Lists ask rows for what measures name: the rows say the same as the frozen words, and go with them."""

from importlib import import_module
from itertools import product

import pytest
from django.apps import apps

from plans import document as doc
from plans.actions import withdraw
from plans.mentions import mentions_in
from plans.models import Plan, Revision, RevisionMention
from plans.queries.open_data import for_group, naming, newest_revisions
from tests import make
from tests.people import Cast

migration = import_module("plans.migrations.0024_mentions")
KEYS, GROUPS = ["ssu", "tromso"], ["frail_elderly", "children_young"]
ssu, tromso = (doc.Body(kind="committee", key=key, name="frail_elderly") for key in KEYS)


def goals() -> list[doc.Goal]:
    """One measure each: nobody's, one's or two's, with and without groups, its own and its goal's."""
    named = (None, *(doc.Responsible(text="ssu", bodies=bodies) for bodies in ((), (ssu,), (ssu, tromso))))
    return [
        doc.Goal(key="g", patient_groups=above, measures=(measure,))
        for who, own, above in product(named, ((), (GROUPS[0],)), ((), (GROUPS[1],), tuple(GROUPS)))
        for measure in [doc.Measure(key="m", text="tromso", responsible=who, patient_groups=own)]
    ]


def test_what_is_mentioned_is_what_the_frozen_words_hold() -> None:
    """As lists read it before there were rows, and as the migration does: chapters in chapters, too."""
    for one, below in product(goals(), goals()):
        inner = doc.Section(key="s2", goals=(below,))
        document = doc.PlanDocument(sections=(doc.Section(key="s1", goals=(one,), sections=(inner,)),))
        content = doc.canonical(document)
        listed = "".join(part.partition("]")[0] for part in content.split('"patient_groups":[')[1:])
        found = {("responsible", key) for key in KEYS if f'"key":"{key}"' in content}
        found |= {("patient_group", key) for key in GROUPS if f'"{key}"' in listed}
        assert mentions_in(document) == found
        sections = doc.to_dict(document)["sections"]
        assert {mention for section in sections for mention in migration._in(section)} == found


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
    migration.remember(apps, None)
    assert rows() == frozen
    assert Revision.objects.filter(mentions__isnull=True).count() == 1
