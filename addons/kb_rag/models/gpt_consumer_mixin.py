# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.gpt_core.utils.transaction import in_own_transaction

from ..utils.lookups import Lookups
from ..utils.search import Search
from .gpt_service import ask


class GptConsumerMixin(models.AbstractModel):
    _inherit = "gpt.consumer.mixin"

    def _gpt_retriever(self, company):
        """Return a ``Retrieve`` that embeds the question while no cursor is open."""
        self.ensure_one()
        asker_id, company_id, env = self._gpt_asker().id, company.id, self.env
        lookups = Lookups()

        def service(env, search):
            own = env["gpt.service"].with_user(asker_id)
            return own.with_context(
                allowed_company_ids=[company_id], kb_rag_search=search
            )

        def find(query, k, collections):
            question = str(query or "")
            masked = lookups.masked(question)
            search = Search(question, k, collections, masked=masked)
            embeddings = in_own_transaction(
                env,
                lambda env: (
                    service(env, search).env["gpt.kb.search"]._embeddings(search)
                ),
            )
            ask(search, embeddings)
            passages = in_own_transaction(
                env, lambda env: service(env, search)._retrieve(query, k, collections)
            )
            lookups.note(passages, search)
            return passages

        find.lookups = lookups
        return find
