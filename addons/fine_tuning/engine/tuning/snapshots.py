# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chain as it would be with another model."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

ASKING = ("prompt", "check")


def main_model(snapshot: Mapping[str, Any], default_id: int) -> int:
    """Return the id of the model that gives the answer, 0 when there is none.

    :param default_id: of the model that is asked where none is named
    """
    of_chain = snapshot.get("model_id") or default_id
    for step in reversed(snapshot.get("steps") or []):
        if step.get("kind") in ASKING:
            return int(step.get("model_id") or of_chain or 0)
    return int(of_chain or 0)


def with_model(
    snapshot: Mapping[str, Any], default_id: int, model_id: int
) -> dict[str, Any]:
    """Return a snapshot in which another model does the work of the main one.

    Steps that ask a model of their own, such as a cheap one for a check, keep it.
    """
    main_id = main_model(snapshot, default_id)
    changed = deepcopy(dict(snapshot))
    for step in changed.get("steps") or []:
        if step.get("model_id") == main_id:
            step["model_id"] = model_id
    if (snapshot.get("model_id") or default_id) == main_id:
        changed["model_id"] = model_id
    return changed
