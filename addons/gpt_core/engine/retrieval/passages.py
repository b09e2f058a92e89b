# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Passages of documents that a chain answers from."""

from collections.abc import Sequence
from typing import TypedDict


class Passage(TypedDict, total=False):
    """A piece of a source.

    ``text`` is always there; ``document_id``, ``source`` (its name), ``page`` and
    ``score`` (higher is better) when they are known.
    """

    text: str
    document_id: int
    source: str
    page: int
    score: float


def passages_block(passages: Sequence[Passage], first: int = 1) -> str:
    """Return passages as a prompt shows them: numbered, each with its source.

    :param first: the number of the first one; no two of a run have the same
    """
    return "\n\n".join(
        f"{_heading(number, passage)}\n{passage['text']}"
        for number, passage in enumerate(passages, first)
    )


def _heading(number: int, passage: Passage) -> str:
    page = passage.get("page")
    parts = [passage.get("source") or "", f"p. {page}" if page else ""]
    return f"[{number}] {', '.join(part for part in parts if part)}".rstrip()
