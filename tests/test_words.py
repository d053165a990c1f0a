"""docs/words.md is true: its names are the code's, and its bokmål is what pages say."""

import re
from pathlib import Path

from django.apps import apps

from plans.models import Measure

WORDS = Path(__file__).resolve().parent.parent / "docs/words.md"
ROWS = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", WORDS.read_text(encoding="utf-8"), re.MULTILINE)
MODELS = {
    m.__name__: m
    for app in ("partners", "committees", "plans")
    for m in apps.get_app_config(app).get_models()
}
# What nobody meets as a word of its own: made for machines, or part of another.
WITHOUT_A_WORD = {"Operation", "Presence", "Rendering", "RevisionFile", "RevisionItem", "RevisionMention"}


def label_of(name: str) -> str:
    """The bokmål label of `Model`, `Model.Choices.MEMBER` or `status_value.value`."""
    first, *rest = name.split(".")
    if first == "status_value":
        return str(dict(Measure._meta.get_field("status_value").choices)[rest[0]])
    thing = MODELS[first]
    if not rest:
        return str(thing._meta.verbose_name)
    return str(getattr(thing, rest[0])[rest[1]].label)


def test_every_word_is_the_label_of_its_name():
    assert [(name, word) for name, word in ROWS if not word.startswith(label_of(name))] == []


def test_every_model_and_every_state_has_a_word():
    named = {name for name, _word in ROWS}
    assert set(MODELS) - WITHOUT_A_WORD == {name for name in named if "." not in name and name in MODELS}
    states = {f"Plan.State.{name}" for name in MODELS["Plan"].State.names}
    statuses = {
        f"status_value.{value}" for value, _ in Measure._meta.get_field("status_value").choices if value
    }
    assert states | statuses <= named
