"""docs/plan-document.schema.json says exactly what plans/document.py holds."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest

from plans.document import (
    Body,
    Case,
    CaseField,
    CasePart,
    Deadline,
    Figure,
    Goal,
    Measure,
    Period,
    PlanDocument,
    Responsible,
    Section,
    Status,
    to_dict,
)
from plans.importers import read_text
from plans.importers.interpret import interpret

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "plan-document.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))


def described(kind: Any) -> dict[str, Any]:
    """The schema of a type, as this test understands dataclasses."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(k for k in get_args(kind) if k is not type(None))
        return {"anyOf": [described(inner), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": described(get_args(kind)[0])}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": described(get_args(kind)[1])}
    if is_dataclass(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {"type": {str: "string", bool: "boolean", int: "integer"}[kind]}


def without_words(node: Any) -> Any:
    """The schema without what is only said to people."""
    if isinstance(node, dict):
        return {k: without_words(v) for k, v in node.items() if k != "description" or isinstance(v, dict)}
    return [without_words(v) for v in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", sorted(SCHEMA["$defs"]))
def test_each_definition_is_its_dataclass(name: str) -> None:
    import plans.document as module

    kind = getattr(module, name)
    hints = get_type_hints(kind)
    expected = {f.name: described(hints[f.name]) for f in fields(kind)}
    if name == "PlanDocument":
        expected["schema_version"] = {"const": 1}
    definition = without_words(SCHEMA["$defs"][name])
    assert definition == {
        "type": "object",
        "additionalProperties": False,
        "required": [f.name for f in fields(kind)],
        "properties": expected,
    }


def test_every_dataclass_is_defined() -> None:
    import plans.document as module

    names = {name for name, kind in vars(module).items() if is_dataclass(kind)}
    assert set(SCHEMA["$defs"]) == names
    assert any(f.default is MISSING for f in fields(Goal))


def test_a_document_with_everything_in_it_is_valid() -> None:
    measure = Measure(
        key="m1",
        responsible=Responsible(
            text="SSU", parties=("SSU",), bodies=(Body(kind="committee", key="ssu", name="SSU"),)
        ),
        deadline=Deadline(text="1. mai 2023", date="2023-05-01"),
        status=Status(text="i rute"),
        extra={"Kostnad": "ingen"},
    )
    section = Section(
        key="s1",
        figures=(Figure(sha256="0" * 64, media_type="image/png"),),
        goals=(Goal(key="g1", measures=(measure,)),),
        sections=(Section(key="s1.1"),),
    )
    case = Case(
        fields=(CaseField(key="number", label="Sak", text="1-2023"),),
        parts=(CasePart(kind="other", heading="", body=""),),
    )
    document = PlanDocument(period=Period(start="2023-01-01"), sections=(section,), case=case)
    VALIDATOR.validate(to_dict(document))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_what_the_importers_make_is_valid(path: Path) -> None:
    VALIDATOR.validate(to_dict(interpret(read_text.read(path.read_bytes()))))


@pytest.mark.parametrize(
    "change",
    [{"unknown": 1}, {"kind": "wish_list"}, {"language": None}, {"schema_version": 2}, {"sections": [{}]}],
)
def test_what_is_not_a_document_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(to_dict(PlanDocument()) | change)
