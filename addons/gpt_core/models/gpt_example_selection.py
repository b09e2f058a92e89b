# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models, tools

# The newest approved examples of a chain are chosen from; more are not kept in memory.
MAX_EXAMPLES = 500


class GptExampleSelection(models.AbstractModel):
    """Which approved examples a chain may show; the engine chooses among them."""

    _name = "gpt.example.selection"
    _description = "GPT Few-Shot Selection"

    @api.model
    def _few_shot(self, chain_id, spec, record=None, conversation=None, is_case=False):
        """Return the engine's ``FewShot`` of a run, ``None`` if it shows no examples.

        :param chain_id: of the ``gpt.chain``
        :param spec: of its version or draft
        :param record: what the run is about: examples made of it tell its answer
        :param is_case: so do, of a case that is judged, those that ask the same
        """
        if not spec.few_shot_count:
            return None
        from ..engine.examples.few_shot import FewShot

        index = self._index(chain_id, self.env.company.id)
        about = self._origins(record, conversation)
        return FewShot.of(spec, index, about, is_case)

    @api.model
    def _origins(self, record, conversation):
        """Return what examples and runs are known by to be about the same."""
        about = (record, conversation)
        return {f"{each._name},{each.id}" for each in about if each}

    @api.model
    @tools.ormcache("chain_id", "company_id")
    def _index(self, chain_id, company_id):
        """Return the :class:`~..engine.examples.index.ExampleIndex` of a chain.

        It is made anew when approved examples change: ``gpt.example`` says so.
        """
        from ..engine.examples.example import example_of
        from ..engine.examples.index import ExampleIndex

        # sudo: gpt.example - shown in the prompts of users who may not read them
        examples = self.env["gpt.example"].sudo()
        found = examples.search(
            self._domain(chain_id, company_id), order="id desc", limit=MAX_EXAMPLES
        )
        made = (
            example_of(
                example.id,
                self._messages(example),
                example.preferred or "",
                self._origins_of(example),
            )
            for example in found
        )
        return ExampleIndex(filter(None, made))

    @api.model
    def _messages(self, example):
        """Return the messages of an example as a prompt shows them.

        An addon whose examples are kept in another form brings them into this one.
        """
        return example.messages or []

    @api.model
    def _domain(self, chain_id, company_id):
        # A thumb down may be approved for training; it shows how not to answer.
        return [
            ("chain_id", "=", chain_id),
            ("company_id", "=", company_id),
            ("state", "=", "approved"),
            ("liked", "!=", "down"),
        ]

    @api.model
    def _origins_of(self, example):
        known = set()
        if example.conversation_id:
            known.add(f"{example.conversation_id._name},{example.conversation_id.id}")
        if example.res_model and example.res_id:
            known.add(f"{example.res_model},{example.res_id}")
        return known
