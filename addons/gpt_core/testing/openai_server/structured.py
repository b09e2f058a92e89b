# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An object that fits a JSON schema.

A :class:`Field` says what the property of some name should hold; that is made to fit
the schema, and where nothing is known a value that fits is taken.
"""

import json
import math
import re
from dataclasses import dataclass, replace
from typing import Any, Self

from .text import fold

#: What :meth:`Field.guess` returns when it knows nothing.
NOTHING = object()
_FORMATS = {
    "date": ("1970-01-01", re.compile(r"\d{4}-\d\d-\d\d")),
    "date-time": ("1970-01-01T00:00:00Z", re.compile(r"\d{4}-\d\d-\d\dT[\d:]{8}Z")),
    "time": ("00:00:00Z", re.compile(r"\d\d:\d\d:\d\dZ")),
    "duration": ("PT0S", re.compile(r"P[\dTHMSD]+")),
    "email": ("unknown@example.com", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    "hostname": ("example.com", re.compile(r"[a-z0-9.-]+")),
    "ipv4": ("127.0.0.1", re.compile(r"\d{1,3}(\.\d{1,3}){3}")),
    "ipv6": ("::1", re.compile(r"[0-9a-fA-F:]+")),
    "uuid": (
        "00000000-0000-0000-0000-000000000000",
        re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    ),
}
# Tried in turn against a pattern that the guess does not fit.
_SAMPLES = ("", "0", "a", "A", "00", "AA", "000", "aaa", "AAA", "0" * 10, "+" + "1" * 9)
# A schema may contain itself; below this depth only what is required is filled.
_DEEP = 8


@dataclass(frozen=True)
class Field:
    """A property to fill: its name, what it is for, and how deep it lies."""

    name: str = ""
    description: str = ""
    depth: int = 0

    def below(self, name: str, schema: dict[str, Any]) -> Self:
        """The field of a property of this object."""
        described = str(schema.get("description") or schema.get("title") or "")
        return replace(
            self, name=fold(name), description=described, depth=self.depth + 1
        )

    def guess(self, kind: type, schema: dict[str, Any] | None = None) -> Any:
        """A value of a kind (str, float, bool, list), or ``NOTHING``.

        ``schema`` gives the choices (of a list: those of its items) and the bounds.
        """
        return NOTHING


class StructuredAnswer:
    """Fills one schema; ``text()`` is the JSON."""

    def __init__(self, schema: dict[str, Any], field: Field) -> None:
        self._root = schema
        self._field = field

    def text(self) -> str:
        """The object as JSON, as a model would write it."""
        value = self._value(self._root, self._field)
        return json.dumps(value, ensure_ascii=False)

    def _value(self, schema: dict[str, Any], field: Field) -> Any:
        schema = self._resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "anyOf" in schema:
            return self._one_of(schema["anyOf"], field)
        if "enum" in schema:
            return self._choice(schema["enum"], field)
        kinds = _kinds(schema)
        if len(kinds) > 1:
            return self._one_of([{**schema, "type": kind} for kind in kinds], field)
        return self._of_kind(kinds[0] if kinds else "string", schema, field)

    def _of_kind(self, kind: str, schema: dict[str, Any], field: Field) -> Any:
        if kind == "object":
            return {
                name: self._value(below, field.below(name, below))
                for name, below in schema.get("properties", {}).items()
            }
        if kind == "array":
            return self._list(schema, field)
        if kind == "null":
            return None
        if kind == "boolean":
            return field.guess(bool) is True
        if kind in ("integer", "number"):
            return _number(field.guess(float, schema), kind, schema)
        return _string(field.guess(str, schema), schema)

    def _one_of(self, variants: list[dict[str, Any]], field: Field) -> Any:
        """The variant there is something to say for, else null if that is one."""
        resolved = [self._resolved(variant) for variant in variants]
        filled = [v for v in resolved if "null" not in _kinds(v)]
        has_null = len(filled) < len(resolved)
        if not filled:
            return None
        is_deep = field.depth > _DEEP
        if has_null and (is_deep or not self._has_guess(filled[0], field)):
            return None
        return self._value(filled[0], field)

    def _has_guess(self, schema: dict[str, Any], field: Field) -> bool:
        """Whether the text says anything for a nullable field."""
        if "const" in schema:
            return False
        if "enum" in schema:
            return field.guess(str, schema) is not NOTHING
        kind = next(iter(_kinds(schema)), "string")
        if kind == "object":
            return any(
                self._has_guess(self._resolved(below), field.below(name, below))
                for name, below in schema.get("properties", {}).items()
            )
        kinds: dict[str, type] = {"boolean": bool, "array": list}
        wanted = kinds.get(kind, float if kind in ("integer", "number") else str)
        return field.guess(wanted, schema) is not NOTHING

    def _choice(self, values: list[Any], field: Field) -> Any:
        found = field.guess(str, {"enum": values})
        if found in values:
            return found
        return None if None in values else values[0]

    def _list(self, schema: dict[str, Any], field: Field) -> list[Any]:
        items = self._resolved(schema.get("items", {"type": "string"}))
        least = schema.get("minItems", 0)
        most = schema.get("maxItems", 20)
        found = field.guess(list, items)
        values = self._fitting(found, items) if found is not NOTHING else []
        is_object = bool(items.get("properties")) and field.depth <= _DEEP
        if not values and is_object and self._has_guess(items, field):
            values = [self._value(items, field)]
        while len(values) < least:
            values.append(self._value(items, field))
        return values[:most]

    def _fitting(self, found: list[Any], items: dict[str, Any]) -> list[Any]:
        if "enum" in items:
            return [value for value in found if value in items["enum"]]
        if _kinds(items) == ["string"]:
            return [_string(value, items) for value in found]
        return []

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        reference = schema.get("$ref")
        if not reference:
            return schema
        target: Any = self._root
        for step in reference.removeprefix("#").strip("/").split("/"):
            target = target[step] if step else target
        return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}


def _kinds(schema: dict[str, Any]) -> list[str]:
    declared = schema.get("type", [])
    return [declared] if isinstance(declared, str) else list(declared)


def _number(value: Any, kind: str, schema: dict[str, Any]) -> int | float:
    """A number within the schema's bounds, the guess if there is one."""
    step = 1 if kind == "integer" else 0.001
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and "exclusiveMinimum" in schema:
        low = schema["exclusiveMinimum"] + step
    if high is None and "exclusiveMaximum" in schema:
        high = schema["exclusiveMaximum"] - step
    number = 0.0 if value is NOTHING else float(value)
    if low is not None:
        number = max(number, low)
    if high is not None:
        number = min(number, high)
    if multiple := schema.get("multipleOf"):
        upwards = math.ceil(number / multiple) * multiple
        fits = high is None or upwards <= high
        number = upwards if fits else math.floor(number / multiple) * multiple
    return round(number) if kind == "integer" else number


def _string(value: Any, schema: dict[str, Any]) -> str:
    """A string of the schema's length, format and pattern."""
    text = "" if value is NOTHING else str(value)
    if schema.get("format") in _FORMATS:
        default, shape = _FORMATS[schema["format"]]
        text = text if shape.fullmatch(text) else default
    if "pattern" in schema and not re.search(schema["pattern"], text):
        fitting = (s for s in _SAMPLES if re.search(schema["pattern"], s))
        text = next(fitting, text)
    text = text.ljust(schema.get("minLength", 0), ".")
    return text[: schema.get("maxLength", len(text))]
