# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.gpt_core.engine.digest import digest
from odoo.addons.gpt_core.engine.text.html_text import plain_text

from ..engine.form_signs import form_signs, sameness
from ..engine.mail_signs import Sign, mail_signs

# The context key under which the signs of a mail reach the lead that it becomes. Who
# calls from outside can set it, but cannot make a :class:`Sign`.
SIGNS = "gpt_mail_signs"
# Of so many other senders, the same text is nobody's own.
OTHER_SENDERS = 2


class GptLeadScreening(models.AbstractModel):
    """Recognises what no customer wrote before it is paid for.

    It is held back, not thrown away: the lead says why, and a person can enrich it all
    the same.
    """

    _name = "gpt.lead.screening"
    _description = "Screening of Leads"

    # Mails

    @api.model
    def _with_signs(self, thread, mail):
        """Return ``thread`` with what the headers of ``mail`` say in its context."""
        signs = tuple(mail_signs(mail, self._own_domains()))
        return thread.with_context(**{SIGNS: signs}) if signs else thread

    @api.model
    def _own_domains(self):
        """Return the mail domains of this database, whose lists lead to it."""
        # sudo: mail.alias.domain - their names, for whichever mail server calls
        domains = self.env["mail.alias.domain"].sudo()
        return domains.search([("name", "!=", False)]).mapped("name")

    @api.model
    def _signs_of(self, env):
        """Return the signs of the mail that is being received, none outside one."""
        found = env.context.get(SIGNS)
        if not isinstance(found, tuple):
            return ()
        return tuple(sign for sign in found if isinstance(sign, Sign))

    # Leads

    @api.model
    def _admitted(self, leads, signs):
        """Return those of ``leads`` that a person wrote, or may have; hold the rest.

        :param signs: of the mails that leads came with, by the leads' ids
        :return: the leads, and the digest of the text of each that was typed into a
            form, by their ids
        """
        admitted, digests, held = leads.browse(), {}, []
        for lead in leads:
            if of_mail := signs.get(lead.id):
                names = dict.fromkeys(sign.header for sign in of_mail)
                held.append((lead, of_mail[0].kind, ", ".join(names), False))
                continue
            why, same = self._of_form(lead, digests)
            if why:
                held.append((lead, "form", why, same))
                continue
            admitted |= lead
            if same:
                digests[lead.id] = same
        self._hold(held)
        return admitted, digests

    @api.model
    def _of_form(self, lead, digests):
        """Return what tells that a lead is advertising, and the digest of its text.

        What our own people typed is theirs.
        """
        if lead.create_uid._is_internal() and lead.create_uid.active:
            return "", False
        text = plain_text(lead.description or "")
        names = [name for name in (lead.contact_name, lead.partner_name) if name]
        why = form_signs(text, names)
        same = sameness(text)
        same = digest(same) if same else False
        if same and self._is_sent_by_others(lead, same, digests):
            why.append("same text from several senders")
        return ", ".join(why), same

    @api.model
    def _is_sent_by_others(self, lead, same, digests):
        runs = self.env["gpt.lead.run"].search(
            [
                ("text_digest", "=", same),
                ("create_date", ">=", fields.Datetime.now() - timedelta(days=1)),
            ]
        )
        ids = [lead_id for lead_id, other in digests.items() if other == same]
        others = runs.lead_id | lead.browse(ids)
        senders = {self._sender(other) for other in others - lead}
        return len(senders - {self._sender(lead)}) >= OTHER_SENDERS

    @api.model
    def _sender(self, lead):
        return self.env["gpt.lead.rate.limit"]._sender(lead) or lead.id

    @api.model
    def _hold(self, held):
        """Note why leads are not enriched."""
        self.env["gpt.lead.run"].create(
            [
                {
                    "lead_id": lead.id,
                    "company_id": lead._gpt_company().id,
                    "trigger": "create",
                    "state": "held",
                    "error_code": code,
                    "signs": why,
                    "text_digest": same,
                }
                for lead, code, why, same in held
            ]
        )

    @api.model
    def _labels(self):
        """Return why a lead is held back, by the code that its run has."""
        return {
            "auto": self.env._("Not enriched: automatic reply or notification."),
            "bulk": self.env._("Not enriched: newsletter or mailing list."),
            "bounce": self.env._("Not enriched: a mail that could not be delivered."),
            "spam": self.env._("Not enriched: the mail server's filter says spam."),
            "form": self.env._("Not enriched: it looks like advertising."),
        }
