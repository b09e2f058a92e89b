# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.gpt_core.engine.text.html_text import plain_text

from ..engine.quoted_reply import split_letter
from ..engine.repeated_words import EarlierWords
from ..engine.sources import Source


class GptLeadCorrespondence(models.AbstractModel):
    """What was written about a lead, and whose words it is.

    Only what customers wrote, and internal notes about them, is evidence. What our own
    people wrote to a customer is not, wherever it stands: in their own messages, or
    quoted in the customer's.
    """

    _name = "gpt.lead.correspondence"
    _description = "Correspondence of Leads"

    @api.model
    def _sources(self, lead, messages):
        """Return messages as :class:`Source`; their attachments are never read."""
        colleagues = self._colleagues(messages)
        earlier, sources = EarlierWords(), []
        for message in messages:
            sources += self._message_sources(lead, message, colleagues, earlier)
        return sources

    @api.model
    def _message_sources(self, lead, message, colleagues, earlier):
        """Return one message as its author's words, and those that they forward.

        :param colleagues: partners of our own people
        :param earlier: what our people wrote before; theirs is added
        """
        body = plain_text(message.body or "", mark_quotes=True)
        subject = (message.subject or "").strip()
        letter = split_letter(body, subject)
        kind, is_ours = self._kind(message), message.author_id in colleagues
        own = letter.own
        if kind == "note":
            is_ours = False
        elif is_ours or message.message_type == "email_outgoing":
            is_ours = True
            earlier.add(own)
        else:
            own = earlier.left_out_of(own)
        if own and subject and subject not in (lead.name, message.record_name):
            own = f"{subject}\n{own}"
        author = message.author_id.name or message.email_from or ""
        sources = [self._source(lead, message, kind, author, own, is_ours)]
        for part in letter.forwarded:
            by_us = self._is_our_address(lead, part.address)
            text = part.text if by_us else earlier.left_out_of(part.text)
            sender = lead.env._("forwarded from %s", part.sender or "?")
            sources.append(self._source(lead, message, kind, sender, text, by_us))
        return sources

    @api.model
    def _source(self, lead, message, kind, author, text, is_ours):
        day = fields.Date.to_string(message.date)
        label = " · ".join(filter(None, [self._kind_label(lead, kind), author, day]))
        return Source(
            kind,
            label,
            text,
            message.id,
            is_evidence=not is_ours,
            written_on=message.date.date(),
        )

    @api.model
    def _kind(self, message):
        if message.message_type == "email":
            return "email"
        return "note" if message.subtype_id.internal else "comment"

    @api.model
    def _kind_label(self, lead, kind):
        kinds = lead.env["gpt.lead.value"]._fields["source_kind"]
        return dict(kinds._description_selection(lead.env))[kind]

    @api.model
    def _colleagues(self, messages):
        """Return the authors who are our own people, also those who left."""
        # sudo: res.users - whether an author is an employee, whoever asks
        users = messages.env["res.users"].sudo().with_context(active_test=False)
        domain = [("partner_id", "in", messages.author_id.ids), ("share", "=", False)]
        return users.search_fetch(domain, ["partner_id"]).partner_id

    @api.model
    def _is_our_address(self, lead, address):
        """Tell whether an e-mail address is one of ours."""
        if not address:
            return False
        # sudo: res.users, res.company - whose address it is, whoever asks
        users = lead.env["res.users"].sudo().with_context(active_test=False)
        companies = lead.env["res.company"].sudo()
        return bool(
            users.search_count(
                [
                    ("partner_id.email_normalized", "=", address),
                    ("share", "=", False),
                ],
                limit=1,
            )
            or companies.search_count([("email", "=ilike", address)], limit=1)
        )
