# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.gpt_core.utils.transaction import best_effort, clean_superuser

# More leads at once are left to one job, which enqueues the others: an import does not
# wait for ten thousand rows of the queue.
MANY = 20
# Key in ``cr.precommit.data`` for the leads of this transaction.
WAITING = "gpt_leads_waiting"
# The context key that tells that leads are being imported.
IMPORTING = "gpt_lead_import"
# Not read by the model as such, but what it reads changes with them.
ALSO_RELEVANT = ("active", "partner_id")
# Fields that say something about all the other values.
OF_THE_WHOLE = ("x_missing_fields", "x_confidence")


class Arrival(NamedTuple):
    """How a lead came in, or changed.

    :param signs: what tells that no person wrote the mail that it is
    :param importer: the id of the user who imports it, 0 for any other way
    """

    trigger: str
    signs: tuple = ()
    importer: int = 0


class GptLeadTrigger(models.AbstractModel):
    """When leads are enriched: by the button, when new, and when they change."""

    _name = "gpt.lead.trigger"
    _description = "Start of Lead Enrichment"

    # By the button

    @api.model
    def _start(self, lead):
        """Enrich a lead for the user, unless it says nothing new; return a notice.

        :return: why nothing was asked, ``False`` when it is asked
        """
        lead.check_access("write")
        # sudo: crm.lead - notes and messages are read for whoever may change the lead
        own = lead.sudo()
        if reason := own._gpt_unwanted():
            raise UserError(self._unwanted_text(reason))
        own = own._gpt_localized()
        material = own.env["gpt.lead.reader"]._material(own)
        if not material.sources:
            raise UserError(
                self.env._("This lead is empty: there is nothing to read yet.")
            )
        runs = own.env["gpt.lead.run"]
        working = runs._open_runs(own, ["running"])
        if working.filtered(lambda run: run.fingerprint == material.fingerprint):
            return self.env._("The model is working on it already.")
        if runs._is_known(own, material.fingerprint):
            return self._unchanged_text(own)
        runs._queue(lead, "button", user=self.env.user)
        return False

    @api.model
    def _ask_again(self, lead, field_name):
        """Ask for the value of one field once more; return a notice as _start().

        :raises UserError: when it cannot be asked for, or a budget is used up
        """
        lead.check_access("write")
        # sudo: crm.lead - as in _start()
        own = lead.sudo()
        if reason := own._gpt_unwanted():
            raise UserError(self._unwanted_text(reason))
        own = own._gpt_localized()
        chain = own.env["gpt.lead.chain"]
        names = chain._output_names(chain._version(), field_name)
        if field_name in OF_THE_WHOLE or not names:
            raise UserError(self.env._("This value cannot be asked for by itself."))
        if own.env["gpt.lead.run"]._open_runs(own, ["queued", "running"]):
            return self.env._("The model is working on it already.")
        question = own.env["gpt.request"].new(
            {
                "company_id": own._gpt_company().id,
                "user_id": self.env.uid,
                "chain_version_id": chain._version().id,
            }
        )
        if own.env["gpt.budget"]._is_used_up(question):
            raise UserError(
                self.env._(
                    "The budget for AI requests is used up, so nothing was asked. Wait "
                    "for its next period, or ask an administrator to raise it."
                )
            )
        runs = own.env["gpt.lead.run"]
        runs._queue(lead, "button", user=self.env.user, only_field=field_name)
        return False

    @api.model
    def _unchanged_text(self, lead):
        """Say what can be done with a lead that says nothing new."""
        text = self.env._(
            "Nothing has changed since the last time, so nothing was asked. To have "
            "one value written anew, press Ask Again beside it in the tab AI Values. "
            "Or add what is new to the lead."
        )
        if not lead.gpt_suggestion_ids:
            return text
        waiting = self.env._(
            "Suggestions that wait for your decision: %s.", len(lead.gpt_suggestion_ids)
        )
        return f"{text} {waiting}"

    @api.model
    def _unwanted_text(self, reason):
        if reason == "won":
            return self.env._("This lead was won: there is nothing left to find out.")
        return self.env._("This lead is archived or lost. Restore it first.")

    # Automatically

    @api.model
    def _concerns(self, names):
        """Tell whether one of these fields is read or filled by the model, or wanted.

        When even that cannot be told, it is left to whoever looks closer.
        """
        try:
            inputs = self.env["gpt.lead.input"]
            return not {
                *self.env["gpt.lead.chain"]._target_names(),
                *inputs._wanted_names(),
                *inputs._field_names(),
                *ALSO_RELEVANT,
            }.isdisjoint(names)
        except psycopg2.Error:
            raise
        except Exception:
            return True

    @api.model
    def _after_write(self, leads, names):
        """React to what a person, or another program, changed."""
        if names & set(self.env["gpt.lead.chain"]._target_names()):
            # sudo: gpt.lead.value - marked for people who may only read them
            values = self.env["gpt.lead.value"].sudo()
            values._current(leads).filtered(
                lambda row: row.field_name in names
            )._note_edits()
        if names & set(self.env["gpt.lead.input"]._wanted_names()):
            self.env["gpt.lead.writer"]._refresh_missing(leads)
        if names & {*self.env["gpt.lead.input"]._field_names(), *ALSO_RELEVANT}:
            self._enrich_later(leads, "change")

    @api.model
    def _enrich_later(self, leads, trigger):
        """Enrich these leads once this transaction is committed.

        Whatever else happens to them in it is part of the same run: a form that creates
        a lead and posts a message, or an import that changes thousands one by one.
        """
        if leads.env.context.get("gpt_own_write") or not leads.ids:
            return
        hooks = self.env.cr.precommit
        if WAITING not in hooks.data:
            hooks.data[WAITING] = {}
            # sudo: crm.lead - visitors and mail servers create leads, too
            hooks.add(clean_superuser(self)._enrich_waiting)
        arrival = Arrival(
            trigger,
            self.env["gpt.lead.screening"]._signs_of(leads.env),
            leads.env.uid if leads.env.context.get(IMPORTING) else 0,
        )
        for lead_id in leads.ids:
            hooks.data[WAITING].setdefault(lead_id, arrival)

    @api.model
    def _enrich_waiting(self):
        """Enqueue the jobs of what :meth:`_enrich_later` noted."""
        waiting = self.env.cr.precommit.data.pop(WAITING, {})
        with best_effort(self.env, "Enrichment of leads"):
            self._enrich_now(waiting)

    @api.model
    def _enrich_now(self, waiting):
        """Enqueue the jobs of leads.

        :param waiting: the :class:`Arrival` of each id
        """
        leads = self.env["crm.lead"].browse(waiting).exists()
        leads = leads.filtered(
            lambda lead: lead._gpt_company().gpt_lead_auto and not lead._gpt_unwanted()
        )
        if not leads or not self.env["gpt.lead.chain"]._is_ready():
            return
        for importer, some in leads.grouped(lambda x: waiting[x.id].importer).items():
            if importer:
                self.env["gpt.lead.batch"]._hold_import(some, importer)
                leads -= some
        for trigger, some in leads.grouped(lambda x: waiting[x.id].trigger).items():
            self._enrich_some(some, trigger, waiting)

    @api.model
    def _enrich_some(self, leads, trigger, waiting):
        runs, digests = self.env["gpt.lead.run"], {}
        if trigger == "create":
            signs = {lead.id: waiting[lead.id].signs for lead in leads}
            leads, digests = self.env["gpt.lead.screening"]._admitted(leads, signs)
        if len(leads) > MANY:
            runs._queue_later(leads, trigger)
            return
        for company, own in leads.grouped(lambda lead: lead._gpt_company()).items():
            for run in runs._queue(own, trigger, delay=company.gpt_lead_delay):
                if run.lead_id.id in digests:
                    run.text_digest = digests[run.lead_id.id]
