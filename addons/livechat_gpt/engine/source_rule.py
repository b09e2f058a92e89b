# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The assistant's rule about sources: what it states must rest on a passage.

It is the setting *Only With a Source*. The chain's own rule, *Answer from Documents
Only*, is in ``gpt_core/engine/retrieval/cited_passages.py``.
"""

from collections.abc import Mapping
from typing import Any

from odoo.addons.gpt_core.engine.retrieval.cited_passages import (
    KIND,
    UNSOURCED_KINDS,
    kind_of,
)


def must_hand_over(
    data: Mapping[str, Any] | None, cited: int, is_small_talk: bool = False
) -> bool:
    """Tell whether a person is called: an answer states something without a passage.

    :param data: the structured answer; empty for a chain that gives only text
    :param cited: how many of the passages the answer rests on
    :param is_small_talk: the visitor only greets or thanks; it decides for a chain that
        does not say of which kind its text is
    """
    if cited:
        return False
    if not (data or {}).get(KIND) and is_small_talk:
        return False
    return kind_of(data) not in UNSOURCED_KINDS
