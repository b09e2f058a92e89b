# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models, tools

from odoo.addons.gpt_core.engine.digest import digest
from odoo.addons.gpt_core.utils.record_values import as_plain, is_fillable

from ..engine.evidence_check import QUOTE_SUFFIX, Wanted

CHAIN_CODE = "lead_enrichment"


class GptLeadChain(models.AbstractModel):
    """The chain that enriches leads, and the fields of a lead that it fills.

    Which chain it is depends on the company of the environment.
    """

    _name = "gpt.lead.chain"
    _description = "Chain That Enriches Leads"

    @api.model
    def _chain(self):
        """Return the chain that enriches leads, of the current company first."""
        # sudo: gpt.chain - salespeople run it without reading its prompts
        return self.env["gpt.chain"].sudo().browse(self._chain_ids()[0])

    @api.model
    def _version(self):
        """Return the published version of :meth:`_chain`, empty without one."""
        # sudo: gpt.chain.version - as the chain
        versions = self.env["gpt.chain.version"].sudo()
        return versions.browse(self._chain_ids()[1])

    @api.model
    @tools.ormcache("self.env.company.id")
    def _chain_ids(self):
        """Return the ids of the chain and of its published version, or empty tuples.

        Every lead that is saved asks for them.
        """
        # sudo: gpt.chain - as in _chain()
        chain = (
            self.env["gpt.chain"]
            .sudo()
            .search(
                [
                    ("code", "=", CHAIN_CODE),
                    ("company_id", "in", [False, self.env.company.id]),
                ]
            )
        )
        return chain._ids, chain.published_version_id._ids

    @api.model
    def _is_ready(self):
        """Tell whether there is a published chain and a provider to ask."""
        if not self._version():
            return False
        model = self._chain().model_id or self.env["gpt.model"]._get_default()
        # sudo: gpt.provider - whether it can be asked
        return bool(model.sudo().provider_id.is_ready)

    @api.model
    @tools.ormcache("version.id", "self.env.lang")
    def _wanted(self, version):
        """Return the :class:`Wanted` values of a chain's version that fill a field.

        A version never changes, so it is read once for each language.
        """
        if not version:
            return ()
        from ..engine.settings import is_offer, needs_evidence

        leads, spec = self.env["crm.lead"], version._spec()
        return tuple(
            Wanted(
                output.name,
                output.field_name,
                needs_evidence(spec, output),
                leads._fields[output.field_name].type in ("char", "text", "html"),
                # "Phone" and "City" are words of customers, too.
                () if is_offer(output) else (leads._gpt_labels()[output.field_name],),
                leads._fields[output.field_name].type,
                tuple(output.choices or ()),
            )
            for output in spec.outputs
            if is_fillable(leads._fields.get(output.field_name))
            and version._may_fill(leads, output.field_name)
        )

    @api.model
    @tools.ormcache("version.id")
    def _offered(self, version):
        """Return the names of the outputs that are only offered for an empty field."""
        if not version:
            return frozenset()
        from ..engine.settings import is_offer

        return frozenset(o.name for o in version._spec().outputs if is_offer(o))

    @api.model
    def _output_names(self, version, field_name):
        """Return the names of the outputs that fill a field, with their quotes."""
        filling = [w.name for w in self._wanted(version) if w.field == field_name]
        return [name + end for name in filling for end in ("", QUOTE_SUFFIX)]

    @api.model
    def _target_names(self):
        """Return the names of the fields that the published chain fills."""
        return tuple(wanted.field for wanted in self._wanted(self._version()))

    @api.model
    def _target_digests(self, lead):
        """Return a digest of each field that may be filled, to see it change later."""
        return {name: self._digest(lead, name) for name in self._target_names()}

    @api.model
    def _digest(self, lead, name):
        return digest(as_plain(lead, name))[:16]
