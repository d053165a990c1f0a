"""Answers are dataclasses: here they become JSON values, and their types a JSON Schema.

A field's description stands in its type, `Annotated[str, "planens tittel"]`, so that the code, the
OpenAPI document and what is sent cannot say different things.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

type Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    NoneType: {"type": "null"},
}


def plain(value: Any) -> Any:
    """The value as JSON knows it: days as `2026-03-12`, moments in UTC as `2026-03-12T08:00:00Z`."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def moment(value: datetime) -> str:
    """To the second, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def schemas_of(*shapes: type) -> dict[str, Schema]:
    """Name → JSON Schema of these dataclasses and of all that they hold."""
    found: dict[str, Schema] = {}
    for shape in shapes:
        _add(shape, found)
    return dict(sorted(found.items()))


def _add(shape: type, found: dict[str, Schema]) -> None:
    if shape.__name__ in found:
        return
    found[shape.__name__] = {}  # so that a shape may hold its like
    hints = get_type_hints(shape, include_extras=True)
    found[shape.__name__] = {
        "type": "object",
        "description": (shape.__doc__ or "").strip(),
        "properties": {name: _schema(kind, found) for name, kind in hints.items()},
        "required": list(hints),
    }


def _schema(kind: Any, found: dict[str, Schema]) -> Schema:
    if isinstance(kind, TypeAliasType):
        return _schema(kind.__value__, found)
    origin = get_origin(kind)
    if origin is Annotated:
        inner, description = get_args(kind)
        return {**_schema(inner, found), "description": description}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(part, found) for part in get_args(kind)]}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], found)}
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if origin in (dict, Mapping):
        return {"type": "object"}
    if is_dataclass(kind):
        assert isinstance(kind, type)
        _add(kind, found)
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    return dict(_PLAIN[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Hva som var galt med forespørselen (RFC 9457)."""

    type: Annotated[str, "alltid «about:blank»: `status` og `title` sier hva slags feil det er"]
    title: Annotated[str, "feilen i få ord"]
    status: Annotated[int, "HTTP-statusen"]
    detail: Annotated[str, "hva som er galt, og hva du kan gjøre"]
