# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much is enriched without being asked for: strangers fill in forms."""

from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

# Runs that asked nothing do not count.
NOT_ASKED = ("unchanged", "cancelled", "dropped", "limited")


class GptLeadRun(models.Model):
    _inherit = "gpt.lead.run"

    @api.model
    def _within_limits(self, leads):
        """Return those of ``leads`` that may be enriched by themselves now.

        For each of the others there is a line that says why it waits.
        """
        allowed, refused = leads.browse(), []
        for company, own in leads.grouped(lambda lead: lead._gpt_company()).items():
            spent = self._spent_today(company, own)
            for lead in own:
                sender = lead._gpt_sender()
                if 0 < company.gpt_lead_max_day <= spent[None]:
                    refused.append((lead, "company_limit"))
                elif sender and 0 < company.gpt_lead_max_sender_day <= spent[sender]:
                    refused.append((lead, "sender_limit"))
                else:
                    allowed |= lead
                    spent.update([None, sender] if sender else [None])
        self._note_limited(refused)
        return allowed

    @api.model
    def _spent_today(self, company, leads):
        """Return how many runs began by themselves: of each sender, and in all."""
        since = fields.Datetime.now() - timedelta(days=1)
        domain = [
            ("company_id", "=", company.id),
            ("user_id", "=", False),
            ("batch_id", "=", False),
            ("state", "not in", NOT_ASKED),
            ("create_date", ">=", since),
        ]
        spent = Counter({None: self.search_count(domain)})
        for sender in {lead._gpt_sender() for lead in leads} - {False}:
            of_sender = [("lead_id", "in", leads._gpt_leads_of(sender)._ids)]
            spent[sender] = self.search_count(domain + of_sender)
        return spent

    @api.model
    def _note_limited(self, refused):
        """Note why leads are not enriched, once for each of them."""
        leads = self.env["crm.lead"].union(*(lead for lead, _code in refused))
        last = {
            lead: self.search([("lead_id", "=", lead.id)], limit=1) for lead in leads
        }
        self.create(
            [
                {
                    "lead_id": lead.id,
                    "company_id": lead._gpt_company().id,
                    "trigger": "create" if not last[lead] else "change",
                    "state": "limited",
                    "error_code": code,
                }
                for lead, code in refused
                if last[lead].state != "limited"
            ]
        )

    def _limit_labels(self):
        """Return why a lead waits, by the code that its run has."""
        return {
            "company_limit": self.env._(
                "The day's limit of enrichments is reached. Press Enrich with AI, or "
                "raise the limit in the settings."
            ),
            "sender_limit": self.env._(
                "The day's limit of enrichments for this sender is reached. Press "
                "Enrich with AI, or raise the limit in the settings."
            ),
        }
