# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon adds to a chain."""

from odoo.addons.gpt_core.engine.chain.spec import AddonSettings, ChainSpec


class KnowledgeSettings(AddonSettings):
    """Where a chain looks for documents, and whether it answers from them only."""

    collection_ids: tuple[int, ...] = ()
    restrict_to_sources: bool = False


def with_collections(spec: ChainSpec, collection_ids: tuple[int, ...]) -> ChainSpec:
    """Return a chain whose steps look in these collections, unless they name others.

    Every step says where the chain looks, also one that is handed passages.
    """
    if not collection_ids:
        return spec
    steps = tuple(
        step
        if step.collection_ids
        else step.model_copy(update={"collection_ids": collection_ids})
        for step in spec.steps
    )
    return spec.model_copy(update={"steps": steps})
