# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an answer does to its lead: values with their proof, and a note."""

from dataclasses import replace

from markupsafe import Markup

from odoo import models

from odoo.addons.gpt_core.engine.text.numbers import as_share

from ..engine.judgement import Judged, has_instructions, judge, share_proven


class GptLeadRun(models.Model):
    _inherit = "gpt.lead.run"

    def _gpt_apply(self, request):
        """Write what is proven and free to be written; keep the rest as suggestions."""
        if not self:  # of a chain that somebody ran on the lead in another way
            return
        self.ensure_one()
        lead = self.lead_id
        lead._gpt_lock()
        if self.state != "running":  # cancelled, or taken back meanwhile
            return
        lead.with_company(self.company_id)._gpt_fetch()
        lead = lead._gpt_as_reader()
        current = lead.env["gpt.lead.value"]._current(lead)
        sources, _messages = lead._gpt_sources(self.last_message_id, current)
        # sudo: gpt.chain.version - salespeople's leads run chains they cannot read
        wanted = lead._gpt_wanted(request.sudo().chain_version_id)
        rows = self._proposals(lead, request, wanted, sources, current)
        self.write(
            {"state": "done", "has_instructions": has_instructions(sources, wanted)}
        )
        written = rows.filtered(lambda row: row.state == "applied")
        if written:
            changed = written.filtered(lambda row: row.value != row._in_lead())
            lead._gpt_write({row.field_name: row._stored_value() for row in changed})
            changed._note_written()
            lead._gpt_refresh_missing()
            self._post_note(lead, changed)

    def _proposals(self, lead, request, wanted, sources, current):
        """Return a row for each value of the answer, with what becomes of it."""
        data = request.data or {}
        judged = judge(data, wanted, sources)
        before = (request.payload or {}).get("targets", {})
        may_write = not lead._gpt_unwanted()
        items = self._corrected(lead, wanted, judged, data)
        return current._propose(self, lead, items, before, may_write)

    def _corrected(self, lead, wanted, judged, data):
        """Return the judgements, with what we know better ourselves.

        The missing fields are those that are empty, whatever the model says: it only
        orders them. Its confidence is worth no more than what it could prove.
        """
        result = []
        for item in judged:
            if item.wanted.field == "x_confidence":
                item = replace(item, value=self._confidence(item.value, judged))
            if item.wanted.field != "x_missing_fields" and item.value:
                result.append(item)
        for item in wanted:
            if item.field == "x_missing_fields":
                named = data.get(item.name)
                names = lead._gpt_missing_names(
                    named if isinstance(named, list) else ()
                )
                result.append(Judged(item, ", ".join(names), "record"))
        return result

    def _confidence(self, value, judged):
        return round(min(as_share(value), share_proven(judged)), 2)

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
        # sudo: res.partner - the contact that speaks for Odoo itself
        author = lead.env["res.partner"].sudo().browse(_root_id(lead.env))
        author.fetch(["name", "email"])
        # Nor is one thing of a company, to which answers go, worth reading all of it.
        lead._gpt_company().fetch(["alias_domain_id"])
        lead._message_log(
            body=Markup("<p>%s</p><ul>%s</ul>") % (title, Markup("").join(lines)),
            author_id=author.id,
            email_from=author.email_formatted,
        )


def _root_id(env):
    return env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
