# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts that the requests of both text endpoints have in common."""

from collections.abc import Collection, Mapping
from typing import Any

from .catalogue import ModelCard
from .errors import ApiError, bad_request, context_too_long
from .parameters import (
    check_effort,
    check_metadata,
    check_sampling,
    check_temperature,
    check_tool_choice,
    one_of,
    refuse_unserved,
    typed,
)
from .prompts import OutputFormat, Prompt
from .schema_rules import check_format

FORMATS = ("text", "json_object", "json_schema")


def check_shared_values(
    body: Mapping[str, Any],
    card: ModelCard,
    effort: str | None,
    *,
    effort_param: str,
    unserved: Collection[str],
) -> None:
    """Check the parameters that both endpoints have; raises ``ApiError``.

    :param effort_param: how the endpoint calls the effort
    :param unserved: what the API has there, and this server has not
    """
    check_effort(effort, reasoning=card.reasoning, param=effort_param)
    check_temperature(body, reasoning=card.reasoning, effort=effort)
    check_sampling(body)
    check_metadata(body)
    check_tool_choice(body)
    refuse_unserved(body, unserved)
    typed(body, "stream", bool)


def check_length(prompt: Prompt, param: str) -> None:
    """Raise a 400 for a prompt that the model has no room for."""
    if prompt.input_tokens > prompt.card.context:
        raise context_too_long(param)


def format_kind(wanted: Mapping[str, Any], param: str) -> Any:
    """Return which kind of format is wanted; a 400 when there is no such kind."""
    kind = wanted.get("type")
    one_of(kind or "", FORMATS, param)
    return kind


def schema_format(
    described: Mapping[str, Any], *, param: str, name_param: str
) -> OutputFormat:
    """Return the format that a schema describes; a 400 when it is not acceptable."""
    check_format(
        described.get("name"),
        described.get("schema"),
        strict=bool(described.get("strict")),
        param=param,
        name_param=name_param,
    )
    return OutputFormat("json_schema", described["name"], described["schema"])


def invalid_type(param: str, expected: str) -> ApiError:
    """A 400 for a value of another type."""
    return bad_request(
        f"Invalid type for '{param}': expected {expected}.", param, "invalid_type"
    )
