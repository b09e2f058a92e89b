# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.text.numbers import as_share

from ..engine.evidence_check import (
    GroundedValue,
    ground_values,
    grounded_share,
    has_prompt_injection,
)


class GptLeadWriter(models.AbstractModel):
    """What an answer does to its lead: values with their evidence, and a note."""

    _name = "gpt.lead.writer"
    _description = "Writer of Leads"

    @api.model
    def _apply(self, run, request):
        """Write the grounded values that may be written; suggest the rest."""
        lead = run.lead_id
        self._lock(lead)
        if run.state != "running":  # cancelled, or taken back meanwhile
            return
        lead = lead.with_company(run.company_id)
        self.env["gpt.lead.reader"]._fetch(lead)
        lead = lead._gpt_localized()
        env = lead.env
        current = env["gpt.lead.value"]._current(lead)
        sources, _messages = env["gpt.lead.reader"]._sources(
            lead, run.last_message_id, current
        )
        # sudo: gpt.chain.version - salespeople's leads run chains they cannot read
        version = request.sudo().chain_version_id
        wanted = env["gpt.lead.chain"]._wanted(version)
        data = request.data or {}
        today = fields.Date.context_today(lead, lead.create_date)
        grounded = ground_values(data, wanted, sources, today)
        if run.only_field:
            grounded = [g for g in grounded if g.wanted.field == run.only_field]
        else:
            grounded = self._corrected(lead, version, grounded, data)
        rows = env["gpt.lead.proposal"]._propose(
            run,
            lead,
            version,
            grounded,
            current,
            (request.payload or {}).get("targets", {}),
        )
        injected = has_prompt_injection(sources, wanted)
        run.write({"state": "done", "has_prompt_injection": injected})
        if run.only_field and not rows:
            self._note_nothing_new(lead, run)
        written = rows.filtered(lambda row: row.state == "applied")
        if written:
            changed = written.filtered(lambda row: row.value != row._in_lead())
            lead._gpt_write({row.field_name: row._stored_value() for row in changed})
            changed._note_written()
        if rows:
            self._list_missing(lead, (current | rows).filtered("is_current"))
        if written:
            self._post_note(lead, changed)

    @api.model
    def _lock(self, lead):
        """Hold a lead against other writers until the transaction ends.

        One that was written, merged or deleted since it began makes the transaction be
        repeated here, where nothing was done yet.
        """
        lead.flush_recordset()
        query = "SELECT id FROM crm_lead WHERE id = %s FOR UPDATE"
        self.env.cr.execute(query, lead._ids)
        lead.invalidate_recordset()

    @api.model
    def _corrected(self, lead, version, grounded, data):
        """Return the values, with what we know better ourselves.

        The missing fields are those that are empty, whatever the model says: it only
        orders them. Its confidence is at most the share of grounded values: of those
        that say something about the lead, not of those that are offered for its fields.
        """
        chain = lead.env["gpt.lead.chain"]
        wanted, offered = chain._wanted(version), chain._offered(version)
        said = [item for item in grounded if item.wanted.name not in offered]
        result = []
        for item in grounded:
            if item.wanted.field == "x_confidence":
                confidence = min(as_share(item.value), grounded_share(said))
                item = replace(item, value=round(confidence, 2))
            if item.wanted.field != "x_missing_fields" and item.value:
                result.append(item)
        for item in wanted:
            if item.field == "x_missing_fields":
                named = data.get(item.name)
                names = lead._gpt_missing_names(
                    named if isinstance(named, list) else ()
                )
                result.append(GroundedValue(item, ", ".join(names), "record"))
        return result

    @api.model
    def _post_note(self, lead, rows):
        """Say in the chatter what was there before, and what is there now."""
        if not rows:
            return
        lines = [
            Markup("<li><b>%(label)s</b>: %(before)s → %(after)s</li>")
            % {
                "label": row.label,
                "before": row.before_text or "—",
                "after": row.value_text or "—",
            }
            for row in rows
        ]
        title = lead.env._("Enriched with AI")
        body = Markup("<p>%s</p><ul>%s</ul>") % (title, Markup("").join(lines))
        self._log(lead, body)

    @api.model
    def _note_nothing_new(self, lead, run):
        """Tell who asked for one value again that there is no other."""
        label = lead._gpt_labels().get(run.only_field, run.only_field)
        self._log(
            lead, lead.env._("The model was asked again and has no other %s.", label)
        )

    @api.model
    def _log(self, lead, body):
        # sudo: res.partner - the contact that speaks for Odoo itself
        author = lead.env["res.partner"].sudo().browse(_root_id(lead.env))
        author.fetch(["name", "email"])
        lead._message_log(
            body=body,
            author_id=author.id,
            email_from=author.email_formatted,
        )

    @api.model
    def _refresh_missing(self, leads):
        """Take what is known by now off the list of missing data."""
        # sudo: crm.lead - the list is for employees; programs change leads, too
        for lead in leads.sudo().filtered("x_missing_fields"):
            listed = lead.x_missing_fields.split(", ")
            left = [name for name in listed if name in lead._fields and not lead[name]]
            if left != listed:
                self._replace_missing(lead, ", ".join(left))

    @api.model
    def _list_missing(self, leads, current=None):
        """List the missing data anew: what is offered only has to be accepted.

        :param current: the values of one lead of :meth:`~gpt.lead.value._current`
        """
        for lead in leads:
            listed = (lead.x_missing_fields or "").split(", ")
            offered = lead._gpt_offers(current).mapped("field_name")
            names = ", ".join(lead._gpt_missing_names(listed, offered))
            if names != (lead.x_missing_fields or ""):
                self._replace_missing(lead, names)

    @api.model
    def _replace_missing(self, lead, names):
        """Keep our own list true, without taking it over from a person's."""
        row = lead.env["gpt.lead.value"]._current(lead, "x_missing_fields")
        if row.state in ("applied", "accepted") and row.value == (
            lead.x_missing_fields or ""
        ):
            row.value = names
            lead._gpt_write({"x_missing_fields": names})

    @api.model
    def _erase(self, leads):
        """Erase what models were asked and said about leads; return how often.

        What people wrote or took over is theirs, and stays.
        """
        rows = leads.env["gpt.lead.value"].search([("lead_id", "in", leads.ids)])
        for row in rows.filtered(lambda row: row.is_current and row.state == "applied"):
            is_required = leads._fields[row.field_name].required
            if row._in_lead() == row.value and not is_required:
                row.lead_id._gpt_write({row.field_name: False})
        rows.unlink()
        leads.env["gpt.lead.history"].search([("lead_id", "in", leads.ids)]).unlink()
        requests = leads.env["gpt.request"].search(
            [("res_model", "=", leads._name), ("res_id", "in", leads.ids)]
        )
        return leads.env["gpt.request.retention"]._erase(requests)


def _root_id(env):
    return env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
