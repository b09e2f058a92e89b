# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When leads are enriched by themselves."""

import psycopg2

from odoo import api, models

from odoo.addons.gpt_core.utils.transaction import best_effort, clean_superuser

# More leads at once are left to one job, which leaves the others: an import does not
# wait for ten thousand rows of the queue.
MANY = 20
# Where a transaction notes its leads.
WAITING = "gpt.lead.run"
# Not read by the model as such, but what it reads changes with them.
ALSO_RELEVANT = ("active", "partner_id")


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._gpt_enrich_later("create")
        return leads

    def write(self, vals):
        result = super().write(vals)
        if not self.env.context.get("gpt_own_write") and self._gpt_concerns(vals):
            with best_effort(self.env, "A change of leads"):
                self._gpt_after_write(vals.keys())
        return result

    @api.model
    def _gpt_concerns(self, names):
        """Tell whether one of these fields is read or filled by the model, or wanted.

        When even that cannot be told, it is left to whoever looks closer.
        """
        try:
            inputs = self.env["gpt.lead.input"]
            return not {
                *self._gpt_target_names(),
                *inputs._wanted_names(),
                *inputs._field_names(),
                *ALSO_RELEVANT,
            }.isdisjoint(names)
        except psycopg2.Error:
            raise
        except Exception:
            return True

    def _gpt_after_write(self, names):
        """React to what a person, or another program, changed."""
        if names & set(self._gpt_target_names()):
            # sudo: gpt.lead.value - marked for people who may only read them
            values = self.env["gpt.lead.value"].sudo()
            values._current(self).filtered(
                lambda row: row.field_name in names
            )._note_edits()
        if names & set(self.env["gpt.lead.input"]._wanted_names()):
            self._gpt_refresh_missing()
        if names & {*self.env["gpt.lead.input"]._field_names(), *ALSO_RELEVANT}:
            self._gpt_enrich_later("change")

    def _gpt_refresh_missing(self):
        """Take what is known by now off the list of missing data."""
        # sudo: crm.lead - the list is for employees; programs change leads, too
        for lead in self.sudo().filtered("x_missing_fields"):
            listed = lead.x_missing_fields.split(", ")
            left = [name for name in listed if name in lead._fields and not lead[name]]
            if left != listed:
                lead._gpt_replace_missing(", ".join(left))

    def _gpt_replace_missing(self, names):
        """Keep our own list true, without taking it over from a person's."""
        row = self.env["gpt.lead.value"]._current(self, "x_missing_fields")
        if row.state in ("applied", "accepted") and row.value == self.x_missing_fields:
            row.value = names
            self._gpt_write({"x_missing_fields": names})

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        with best_effort(self.env, "A message of a lead"):
            if self.sudo()._gpt_reads(message):  # sudo: crm.lead - visitors post, too
                self._gpt_enrich_later("message")
        return result

    def _gpt_enrich_later(self, trigger):
        """Have these leads enriched by themselves, once this transaction is committed.

        Whatever else happens to them in it is part of the same run: a form that creates
        a lead and posts a message, or an import that changes thousands one by one.
        """
        if self.env.context.get("gpt_own_write") or not self.ids:
            return
        hooks = self.env.cr.precommit
        if WAITING not in hooks.data:
            hooks.data[WAITING] = {}
            # sudo: crm.lead - visitors and mail servers create leads, too
            hooks.add(clean_superuser(self.browse())._gpt_enrich_waiting)
        for lead_id in self.ids:
            hooks.data[WAITING].setdefault(lead_id, trigger)

    @api.model
    def _gpt_enrich_waiting(self):
        """Leave the jobs of what :meth:`_gpt_enrich_later` noted."""
        waiting = self.env.cr.precommit.data.pop(WAITING, {})
        with best_effort(self.env, "Enrichment of leads"):
            self._gpt_enrich_now(waiting)

    @api.model
    def _gpt_enrich_now(self, waiting):
        """Leave the jobs of leads; ``waiting`` has the trigger of each id."""
        leads = (
            self.browse(waiting)
            .exists()
            .filtered(
                lambda lead: (
                    lead._gpt_company().gpt_lead_auto and not lead._gpt_unwanted()
                )
            )
        )
        if not leads or not leads._gpt_is_set_up():
            return
        runs = self.env["gpt.lead.run"]
        for trigger, some in leads.grouped(lambda lead: waiting[lead.id]).items():
            if len(some) > MANY:
                runs._queue_later(some, trigger)
                continue
            for company, own in some.grouped(lambda lead: lead._gpt_company()).items():
                runs._queue(own, trigger, delay=company.gpt_lead_delay)

    def _gpt_is_set_up(self):
        """Tell whether somebody could be asked at all."""
        if not self._gpt_version():
            return False
        model = self._gpt_chain().model_id or self.env["gpt.model"]._get_default()
        # sudo: gpt.provider - whether it can be asked
        return bool(model.sudo().provider_id.is_ready)
