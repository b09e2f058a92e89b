# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# Those that belong to a chain, or only report on it.
_NOT_USERS = ("gpt.chain", "gpt.request", "gpt.budget")


class GptPreflight(models.TransientModel):
    """Checks of the chains: their models, and whether they were published."""

    _inherit = "gpt.preflight"

    def _check_chain_models(self):
        title = self.env._("Models of the chains")
        retiring = self.env["gpt.chain"]
        warnings = []
        for chain in self.env["gpt.chain"].search([("active", "=", True)]):
            warning = chain.published_version_id._asked_models()._deprecation_warnings()
            if warning:
                retiring |= chain
                warnings.append(f"{chain.name}: {warning}")
        if not retiring:
            detail = self.env._("No published chain asks a model about to retire.")
            return [self._finding("ok", title, detail)]
        return [
            self._finding(
                "warning",
                title,
                "\n".join(warnings),
                self.env._(
                    "Choose another model, in the chain or in the settings, try the "
                    "chain, and publish it."
                ),
                action=self._open_all(title, retiring),
            )
        ]

    def _check_unpublished_chains(self):
        title = self.env._("Publication of the chains")
        used = self._used_chains()
        drafts = used.filtered(lambda chain: not chain.published_version_id)
        if drafts:
            return [
                self._finding(
                    "error",
                    title,
                    self.env._(
                        "These chains are used, but were never published: %(chains)s.",
                        chains=", ".join(drafts.mapped("name")),
                    ),
                    self.env._("Open the chain and press Publish."),
                    action=self._open_all(title, drafts),
                )
            ]
        changed = self.env["gpt.chain"].search([("active", "=", True)])
        changed = changed.filtered(lambda chain: chain.state == "changed")
        if changed:
            return [
                self._finding(
                    "info",
                    title,
                    self.env._(
                        "These chains were edited since they were published; the "
                        "published version is in use: %(chains)s.",
                        chains=", ".join(changed.mapped("name")),
                    ),
                    self.env._("Publish them when the draft is good."),
                    action=self._open_all(title, changed),
                )
            ]
        detail = self.env._("Every chain in use is published.")
        return [self._finding("ok", title, detail)]

    def _used_chains(self):
        """Return the chains that a record of any other model points to."""
        # sudo: whatever points to a chain, whoever looks
        chains = self.env["gpt.chain"].sudo()
        for name, cls in self.env.registry.models.items():
            if name.startswith(_NOT_USERS) or not cls._auto or cls._transient:
                continue
            model = self.env[name].sudo()
            for field in model._fields.values():
                if field.comodel_name == "gpt.chain" and field.type == "many2one":
                    if field.store:
                        users = model.search([(field.name, "!=", False)])
                        chains |= users.mapped(field.name)
        return chains.sudo(False)
