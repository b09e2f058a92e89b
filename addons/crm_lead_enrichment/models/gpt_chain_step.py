# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine.judgement import QUOTE_SUFFIX


class GptChainStep(models.Model):
    _inherit = "gpt.chain.step"

    def _snapshot(self):
        """Add the quote of each value that needs one to what the model is asked for."""
        snapshot = super()._snapshot()
        if self.chain_id.quote_values:
            snapshot["outputs"] = [
                asked
                for output in snapshot["outputs"]
                for asked in (output, *_quote_of(output))
            ]
        return snapshot

    def _restored_values(self, snapshot):
        asked = [o for o in snapshot["outputs"] if not o.get("quote_of")]
        return super()._restored_values({**snapshot, "outputs": asked})


def _quote_of(output):
    if not (output["field_name"] and output.get("needs_quote", True)):
        return
    yield {
        "name": output["name"] + QUOTE_SUFFIX,
        "ttype": "text",
        "description": (
            f"The passage that {output['name']} rests on, copied letter by letter: one "
            "sentence at most. Null when there is none."
        ),
        "required": False,
        "choices": [],
        "field_name": "",
        "quote_of": output["name"],
    }
