"""`manage.py demo`: filled by the actions, the same after a second run, never by accident in production."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from committees.models import Meeting
from partners.models import User
from partners.roles import roles_of
from plans.demo.load import SOURCES
from plans.demo.plans import PLANS
from plans.importers.interpret import interpret
from plans.importers.read_text import read
from plans.models import Correction, Import, Plan, Publication, Review, Revision, StatusRound, Translation
from plans.queries import lines_of, pictures, standings, to_translate
from plans.translating import count

# What must come out of each file: kind, way of reading, goals, measures.
SHAPES = {
    "troms-og-ofoten-2025.md": ("action_plan", "table", 4, 7),
    "troms-og-ofoten-2026.md": ("action_plan", "table", 9, 25),
    "troms-og-ofoten-2027.md": ("action_plan", "table", 7, 11),
    "finnmark-2026-2027.md": ("action_plan", "bullets", 6, 9),
    "lofoten-vesteralen-salten-sak-05-2026.txt": ("action_plan", "bullets", 5, 7),
    "vestfold-2026.md": ("action_plan", "numbered_areas", 11, 13),
    "st-olavs-strategi-2025-2028.md": ("strategy", "strategy", 0, 0),
    "forde-2026.md": ("action_plan", "table", 3, 6),
}


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by the model's name."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()
    }


@pytest.mark.parametrize("name", [plan.file for plan in PLANS])
def test_each_source_is_read_in_its_shape(name: str) -> None:
    document = interpret(read((SOURCES / name).read_bytes()))
    goals, measures = list(document.walk_goals()), list(document.walk_measures())
    shape = (document.kind, document.read_as, len(goals), len(measures))
    assert shape == SHAPES[name]


@pytest.mark.django_db
def test_the_demo_is_filled_once(settings: Any) -> None:
    settings.DEBUG = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    first = demo()
    filled = everything()
    # Files are asked for of each that is public; no mail.
    tasks = Counter(task["task_path"].rpartition(".")[2] for task in filled["DBTaskResult"])
    # A translation's are asked for once more: it was published after its plan.
    assert tasks == {"make_files": Publication.objects.count() + 1, "make_minutes": 1}
    assert Publication.objects.count() == 8  # a corrected one twice

    second = demo()
    assert everything() == filled
    accounts = [line.split(maxsplit=2) for line in second.splitlines() if "@" in line]
    assert [line.split(maxsplit=2) for line in first.splitlines() if "@" in line] == accounts
    assert {email for email, _password, _role in accounts} == set(
        User.objects.values_list("email", flat=True)
    )
    for email, password, _role in accounts:
        user = authenticate(None, email=email, password=password)
        assert user is not None
        assert user.is_superuser or roles_of(user)

    plans = {i.name: i.plan for i in Import.objects.select_related("plan")}
    found = standings(Revision.objects.filter(publication__isnull=False), timezone.localdate())
    assert {s.plan: (s.state, s.superseded_by) for s in found} == {
        plans["troms-og-ofoten-2025.md"]: ("superseded", plans["troms-og-ofoten-2026.md"]),
        plans["troms-og-ofoten-2026.md"]: ("in_force", None),
        plans["finnmark-2026-2027.md"]: ("received", None),
        plans["lofoten-vesteralen-salten-sak-05-2026.txt"]: ("provisional", None),
        plans["vestfold-2026.md"]: ("in_force", None),
        plans["st-olavs-strategi-2025-2028.md"]: ("in_force", None),
        plans["forde-2026.md"]: ("in_force", None),
    }
    assert plans["troms-og-ofoten-2027.md"].state == Plan.State.IN_REVIEW
    ssu = Review.objects.get(closed_at=None, committee__abbreviation="SSU")
    picture = pictures([ssu])[ssu.pk]  # every kind of answer is there to be shown
    assert [len(found) for found in (picture.on_the_whole, picture.to_talk_about, picture.stale)] == [1, 2, 1]
    # A meeting was held, a plan corrected, and a round of status is half answered.
    held = Meeting.objects.get(state=Meeting.State.MINUTES_APPROVED)
    assert (held.minutes.approvals.count(), held.follow_ups.count()) == (2, 1)
    assert Correction.objects.get().revision.plan == plans["troms-og-ofoten-2026.md"]
    # The plan in force is in English too: two texts are left, and the correction left one behind.
    english = Translation.objects.get()
    assert count(to_translate(english)) == {"translated": 108, "stale": 1, "missing": 2}
    lines = lines_of(plans["troms-og-ofoten-2026.md"], StatusRound.objects.get(closed_at=None))
    assert [sum(not line.waiting for line in lines), len(lines)] == [5, 164]
    # Whoever a plan makes responsible is somebody whom the community knows.
    said = [m.responsible for s in found for _, _, m in s.revision.load().walk_measures() if m.responsible]
    assert [r.text for r in said if len(r.bodies) != len(r.parties)] == []


@pytest.mark.django_db
def test_known_passwords_do_not_come_to_production_by_accident(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force"):
        demo()
    assert not User.objects.exists()
