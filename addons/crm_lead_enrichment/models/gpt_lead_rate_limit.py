# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

# Runs that asked nothing do not count.
NOT_ASKED = ("unchanged", "cancelled", "dropped", "limited", "held")


class GptLeadRateLimit(models.AbstractModel):
    """How much is enriched without being asked for: strangers fill in forms."""

    _name = "gpt.lead.rate.limit"
    _description = "Rate Limit of Lead Enrichment"

    @api.model
    def _within_limits(self, leads):
        """Return those of ``leads`` that may be enriched automatically now.

        For each of the others there is a run that says why it waits.
        """
        allowed, refused = leads.browse(), []
        for company, own in leads.grouped(lambda lead: lead._gpt_company()).items():
            spent = self._spent_today(company, own)
            for lead in own:
                sender = self._sender(lead)
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
        """Return how many runs began automatically: of each sender, and in all."""
        since = fields.Datetime.now() - timedelta(days=1)
        domain = [
            ("company_id", "=", company.id),
            ("user_id", "=", False),
            ("batch_id", "=", False),
            ("state", "not in", NOT_ASKED),
            ("create_date", ">=", since),
        ]
        runs = self.env["gpt.lead.run"]
        spent = Counter({None: runs.search_count(domain)})
        for sender in {self._sender(lead) for lead in leads} - {False}:
            of_sender = [("lead_id", "in", self._leads_of(sender)._ids)]
            spent[sender] = runs.search_count(domain + of_sender)
        return spent

    @api.model
    def _sender(self, lead):
        """Return what tells senders apart: a domain, or an address at a provider."""
        return lead.email_domain_criterion or lead.email_normalized or False

    @api.model
    def _leads_of(self, sender):
        """Return the leads of a sender, archived ones, too."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        return leads.search(
            [
                "|",
                ("email_domain_criterion", "=", sender),
                ("email_normalized", "=", sender),
            ]
        )

    @api.model
    def _note_limited(self, refused):
        """Note why leads are not enriched, once for each of them."""
        runs = self.env["gpt.lead.run"]
        leads = self.env["crm.lead"].union(*(lead for lead, _code in refused))
        last = {
            lead: runs.search([("lead_id", "=", lead.id)], limit=1) for lead in leads
        }
        runs.create(
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

    @api.model
    def _labels(self):
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
