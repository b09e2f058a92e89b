# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Checks of request parameters that both text endpoints share."""

from collections.abc import Collection, Mapping
from typing import Any

from .errors import ApiError, bad_request
from .prompts import REASONING_TOKENS

_TYPE_NAMES = {
    bool: "a boolean",
    int: "an integer",
    float: "a decimal",
    str: "a string",
    list: "an array",
    dict: "an object",
    type(None): "null",
}


def refuse_unknown(
    body: Mapping[str, Any], known: Collection[str], moved: Mapping[str, str]
) -> None:
    """Raise a 400 for a parameter that does not exist or is called otherwise."""
    for name in body:
        if name in known:
            continue
        if name in moved:
            raise bad_request(
                f"Unsupported parameter: '{name}'. In the Responses API, this "
                f"parameter has moved to '{moved[name]}'. Try again with the new "
                "parameter.",
                None,
                "unsupported_parameter",
            )
        raise bad_request(f"Unknown parameter: '{name}'.", name, "unknown_parameter")


def typed(body: Mapping[str, Any], name: str, kind: type, param: str = "") -> Any:
    """The value of a parameter, ``None`` if not given; a 400 for another type."""
    value = body.get(name)
    accepted = (int, float) if kind is float else (kind,)
    is_misplaced_flag = isinstance(value, bool) and kind is not bool
    if value is None or (isinstance(value, accepted) and not is_misplaced_flag):
        return value
    param = param or name
    raise bad_request(
        f"Invalid type for '{param}': expected {_TYPE_NAMES[kind]}, but got "
        f"{_TYPE_NAMES[type(value)]} instead.",
        param,
        "invalid_type",
    )


def number(
    body: Mapping[str, Any],
    name: str,
    kind: type,
    low: float | None = None,
    high: float | None = None,
) -> Any:
    """A number within its bounds, ``None`` if not given; a 400 otherwise."""
    value = typed(body, name, kind)
    if value is None:
        return None
    word = "integer" if kind is int else "decimal"
    if low is not None and value < low:
        raise _out_of_range(name, word, "below minimum", ">=", low, value)
    if high is not None and value > high:
        raise _out_of_range(name, word, "above maximum", "<=", high, value)
    return value


def _out_of_range(
    name: str, word: str, side: str, sign: str, bound: float, value: float
) -> ApiError:
    return bad_request(
        f"Invalid '{name}': {word} {side} value. Expected a value {sign} {bound:g}, "
        f"but got {value} instead.",
        name,
        f"{word}_{side.replace(' ', '_').removesuffix('imum')}_value",
    )


def one_of(value: Any, choices: Collection[str], param: str) -> None:
    """Raise a 400 when a value is given that is none of the choices."""
    if value is None or value in choices:
        return
    supported = ", ".join(f"'{choice}'" for choice in sorted(choices))
    raise bad_request(
        f"Invalid value: '{value}'. Supported values are: {supported}.",
        param,
        "invalid_value",
    )


def check_metadata(body: Mapping[str, Any]) -> None:
    """At most 16 pairs, names up to 64 and texts up to 512 characters."""
    metadata = typed(body, "metadata", dict) or {}
    if len(metadata) > 16:
        raise bad_request(
            "Invalid 'metadata': too many properties. Expected an object with at most "
            f"16 properties, but got an object with {len(metadata)} instead.",
            "metadata",
            "object_above_max_properties",
        )
    for name in metadata:
        value = typed(metadata, name, str, f"metadata.{name}") or ""
        if len(name) > 64 or len(value) > 512:
            raise bad_request(
                f"Invalid 'metadata.{name[:64]}': string too long. Expected a string "
                f"with maximum length 512, but got a string with length {len(value)} "
                "instead.",
                f"metadata.{name[:64]}",
                "string_above_max_length",
            )


def check_sampling(body: Mapping[str, Any]) -> None:
    """``temperature`` within 0..2 and ``top_p`` within 0..1."""
    number(body, "temperature", float, 0, 2)
    number(body, "top_p", float, 0, 1)


def check_effort(effort: Any, *, reasoning: bool, param: str) -> None:
    """A known effort, and only for models that reason."""
    if effort is None:
        return
    if not reasoning:
        raise unsupported_parameter(param)
    one_of(effort, REASONING_TOKENS, param)


def check_temperature(
    body: Mapping[str, Any], *, reasoning: bool, effort: str | None
) -> None:
    """Models that reason take no temperature (or top_p) other than 1."""
    if not reasoning or effort == "none":
        return
    for name in ("temperature", "top_p"):
        if body.get(name) not in (None, 1):
            raise unsupported_parameter(name)


def unsupported_parameter(name: str) -> ApiError:
    """A 400 for a parameter that this model does not take."""
    return bad_request(
        f"Unsupported parameter: '{name}' is not supported with this model.",
        name,
        "unsupported_parameter",
    )


def refuse_unserved(body: Mapping[str, Any], names: Collection[str]) -> None:
    """Say plainly that this local server lacks something the API has."""
    for name in names:
        if body.get(name):
            raise bad_request(
                f"'{name}' is not served by this local server.",
                name,
                "unsupported_parameter",
            )


def check_tool_choice(body: Mapping[str, Any]) -> None:
    """Tools are accepted and never called, so a call cannot be forced."""
    choice = body.get("tool_choice")
    if choice not in (None, "auto", "none"):
        raise bad_request(
            "A forced tool call is not served by this local server.",
            "tool_choice",
            "unsupported_value",
        )
