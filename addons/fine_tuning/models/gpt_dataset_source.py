# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the engine needs to know of examples, read in batches."""

from odoo import SUPERUSER_ID, api, models

from odoo.addons.gpt_core.engine.chain.template import Value, render, template_names

from ..engine.dataset.source import SourceExample

BATCH = 500


class GptDatasetSource(models.AbstractModel):
    """Reads examples for an export, with the names to mask and the chain's prompt."""

    _name = "gpt.dataset.source"
    _description = "Reading Examples for Data Sets"

    @api.model
    def _batch(self, dataset, after_id):
        """Return the next examples after an id, as the engine takes them."""
        domain = [*dataset._example_domain(), ("id", ">", after_id)]
        # sudo: gpt.example - what was found with the rights of who exports
        examples = (
            self._readable(dataset).search(domain, order="id", limit=BATCH).sudo()
        )
        prompt = self._prompt(dataset)
        ourselves = self.env["gpt.masking"]._ourselves()
        return [self._source(example, prompt, ourselves) for example in examples]

    @api.model
    def _readable(self, dataset):
        """Return the examples as who exports may search them: filters are theirs."""
        user = dataset.exported_by_id or self.env.user
        return self.env["gpt.example"].with_user(user)

    @api.model
    def _prompt(self, dataset):
        """Return the answering step of the version whose prompt is exported."""
        spec = dataset.version_id._spec()
        trusted = {item.name for item in spec.inputs if item.trusted}
        return spec.answering_step, trusted

    @api.model
    def _source(self, example, prompt, ourselves):
        partner = example.partner_id
        return SourceExample(
            id=example.id,
            messages=example.messages or [],
            preferred=example.preferred or "",
            rejected=example.rejected or "",
            liked=example.liked or "",
            system=self._system(prompt, example.request_id),
            names=tuple(self._names(example, ourselves)),
            conversation=example.conversation_id.id or 0,
            partner=partner.commercial_partner_id.id or partner.id or 0,
            group=self._group(example),
        )

    @api.model
    def _group(self, example):
        """Return a number for the near-copies that were grouped before, 0 if none."""
        group = "duplicate_group" in example._fields and example.duplicate_group
        if isinstance(group, models.BaseModel):
            group = group.id
        if isinstance(group, str):
            # The same text is the same number, within one run.
            group = hash(group)
        return group or 0

    @api.model
    def _system(self, prompt, request):
        """Return the system prompt as the chain sends it.

        What administrators wrote stands in it; it is known of examples that come from
        the ledger. What customers wrote never does: a block's name is put there.
        """
        step, trusted = prompt
        known = (request.masked_values or {}) if trusted else {}
        values = {
            name: Value(str(known.get(name) or ""), trusted=name in trusted)
            for name in template_names(step.system_prompt)
        }
        return render(step.system_prompt, "", values)[0]

    @api.model
    def _names(self, example, ourselves):
        """Return the names of people in an example, to be masked."""
        partner = example.partner_id
        people = (partner | partner.commercial_partner_id) - ourselves
        conversation = example.conversation_id
        user = conversation.user_id
        if user and user.id != SUPERUSER_ID:
            people |= user.partner_id - ourselves
        known = conversation.placeholders or {}
        known |= example.request_id.placeholders or {}
        return [
            *people.mapped("name"),
            *(value for key, value in known.items() if key.startswith("NAME_")),
        ]
