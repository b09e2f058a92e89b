# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which examples are nearly the same, so that people decide about them at once."""

from odoo import api, models

from ..utils.enqueue import delayed
from ..utils.transaction import clean_superuser

BATCH = 1000


class GptExampleCopies(models.AbstractModel):
    """Gives near-copies among the examples of a chain the same number."""

    _name = "gpt.example.copies"
    _description = "Near-copies among GPT Examples"

    @api.model
    def _cron_group(self):
        """Enqueue a job for each chain that has examples."""
        # sudo: gpt.example - near-copies are the same for everybody
        counts = self.env["gpt.example"].sudo()._read_group([], ["chain_id"])
        for (chain,) in counts:
            self._enqueue(chain)

    @api.model
    def _enqueue(self, chain):
        """Enqueue the job that groups the examples of a chain."""
        job = delayed(
            clean_superuser(self),
            identity_key=f"gpt-example-copies-{chain.id}",
            description=self.env._("Group near-copies of examples"),
        )
        job._group_job(chain.id)

    @api.model
    def _group_job(self, chain_id):
        """Number the groups of near-copies in a chain, by the first example of each.

        Examples without a near-copy have the number 0. Companies do not see each
        other's examples, so no group goes beyond one of them.
        """
        # sudo: gpt.example - near-copies are the same for everybody
        examples = self.env["gpt.example"].sudo()
        companies = examples._read_group([("chain_id", "=", chain_id)], ["company_id"])
        for (company,) in companies:
            self._group([("chain_id", "=", chain_id), ("company_id", "=", company.id)])

    @api.model
    def _group(self, domain):
        from ..engine.examples.groups import Groups
        from ..engine.examples.near_copies import (
            ALIKE,
            loose_bands,
            signature,
            similar_pairs,
        )

        ids, before = [], []
        signatures = bytearray()
        # sudo: gpt.example - as above
        examples = self.env["gpt.example"].sudo()
        last = 0
        while some := examples.search(
            [*domain, ("id", ">", last)], order="id", limit=BATCH
        ):
            last = some[-1].id
            for example in some:
                signatures += signature(self._text(example))[0]
                ids.append(example.id)
                before.append(example.duplicate_group)
            some.invalidate_recordset()
        groups = Groups(len(ids))
        groups.join_pairs(
            similar_pairs(signatures, loose_bands(signatures), near=ALIKE)
        )
        roots = [groups.root(place) for place in range(len(ids))]
        shared = {root for place, root in enumerate(roots) if root != place}
        changed = {}
        for place, root in enumerate(roots):
            number = ids[root] if root in shared else 0
            if number != before[place]:
                changed.setdefault(number, []).append(ids[place])
        for number, members in changed.items():
            examples.browse(members).exists().write({"duplicate_group": number})

    @api.model
    def _text(self, example):
        """Return what people compare: what was asked, and the answers.

        The words of the prompt around it are the same in all examples of a chain.
        """
        from ..engine.examples.example import gist

        answers = (example.answer, example.preferred, example.rejected)
        return "\n".join([gist(example.question or ""), *filter(None, answers)])
