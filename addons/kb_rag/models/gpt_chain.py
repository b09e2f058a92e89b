# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptChain(models.Model):
    _inherit = "gpt.chain"

    collection_ids = fields.Many2many(
        "gpt.kb.collection",
        string="Collections",
        gpt_setting=True,
        help="Where this chain looks for documents. Empty: in all that whoever asks "
        "may read.",
    )
    restrict_to_sources = fields.Boolean(
        string="Answer from Documents Only",
        gpt_setting=True,
        help="The model names the passages that its answer rests on. An answer that "
        "names none is not given: the request ends with “no source”, and a chat is "
        "handed over to a person.",
    )

    @api.model
    def _as_run(self, spec):
        from odoo.addons.gpt_core.engine.retrieval.cited_passages import citing

        from ..engine.settings import KnowledgeSettings, with_collections

        spec = super()._as_run(spec)
        settings = KnowledgeSettings.of(spec)
        spec = with_collections(spec, settings.collection_ids)
        if settings.restrict_to_sources:
            return citing(spec).model_copy(update={"needs_source": True})
        return spec
