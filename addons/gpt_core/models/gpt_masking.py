# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is masked of a request: the values of a conversation, and people's names."""

from odoo import SUPERUSER_ID, api, models, tools

# Messages whose authors' names are masked: as many as any consumer reads.
AUTHORS = 500


class GptMasking(models.AbstractModel):
    """Makes the masker of a request, and knows the names around a record."""

    _name = "gpt.masking"
    _description = "GPT Masking"

    @api.model
    def _masker(self, spec, request, record, values=None):
        """Return the masker of the request's conversation, ``None`` if it is off.

        :param values: what will be sent; names beside addresses, and in the headers of
            mails, are masked wherever else they stand in it
        """
        if not spec.mask_pii:
            return None
        from ..engine.privacy.mail_names import mail_names
        from ..engine.privacy.masking import Masker

        known = request.conversation_id.placeholders or request.placeholders or {}
        names = [value for key, value in known.items() if key.startswith("NAME_")]
        names += self._names_to_mask(record)
        for text in (values or {}).values():
            names += mail_names(text) if isinstance(text, str) else []
        return Masker(known, names)

    @api.model
    def _names_to_mask(self, record):
        """Return the names of the people whom ``record`` is about.

        A record that knows more of them has a method ``_gpt_names``.
        """
        if not record:
            return []
        # sudo: the record - names are masked, whether or not the user may read them
        record = record.sudo()
        contacts, users = self._people_fields(record._name)
        users = self.env["res.users"].sudo().union(*(record[name] for name in users))
        users -= users.browse(SUPERUSER_ID)
        # One field of a user is not worth reading all of them.
        users.fetch(["partner_id"])
        people = users.partner_id.union(*(record[name] for name in contacts))
        if record._name == "res.partner":
            people |= record
        addresses = self._address_fields(record._name)
        # These few, not whatever else the record has.
        record.fetch(addresses)
        written = [record[name] or "" for name in addresses]
        if "message_ids" in record._fields:
            # sudo: mail.message - as the record
            messages = self._latest_messages(record)
            people |= messages.author_id
            written += messages.mapped("email_from")
        people -= self._ourselves()
        people.fetch(["name", "commercial_partner_id"])
        people |= people.commercial_partner_id - self._ourselves()
        people.fetch(["name"])
        own = record._gpt_names() if hasattr(record, "_gpt_names") else []
        return [*own, *people.mapped("name"), *_names_beside_addresses(written)]

    @api.model
    def _latest_messages(self, record):
        """Return what people wrote last about a record: their names stand in it."""
        messages = self.env["mail.message"].sudo()
        domain = [
            ("model", "=", record._name),
            ("res_id", "=", record.id),
            ("message_type", "in", ["email", "comment", "email_outgoing"]),
        ]
        found = messages.search_fetch(
            domain, ["author_id", "email_from"], limit=AUTHORS, order="id desc"
        )
        return found

    @api.model
    @tools.ormcache("model_name")
    def _people_fields(self, model_name):
        """Return the names of a model's fields that lead to contacts, and to users."""
        links = [
            field
            for field in self.env[model_name]._fields.values()
            if field.type in ("many2one", "many2many") and field.store
        ]
        return tuple(
            tuple(field.name for field in links if field.comodel_name == comodel)
            for comodel in ("res.partner", "res.users")
        )

    @api.model
    @tools.ormcache("model_name")
    def _address_fields(self, model_name):
        """Return the names of a model's fields that hold addresses, or may."""
        return tuple(
            field.name
            for field in self.env[model_name]._fields.values()
            if field.type == "char" and field.store and "email" in field.name
        )

    @api.model
    def _ourselves(self):
        """Return the contacts that stand for Odoo and for the company: no secret."""
        # sudo: res.company - its contact, for whoever asks
        company = self.env.company.sudo()
        root_id = self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")
        return company.partner_id | company.partner_id.browse(root_id)


def _names_beside_addresses(texts):
    """Return the names in texts such as ``María López <maria@example.com>``."""
    from ..engine.privacy.mail_names import mail_names

    return [name for text in filter(None, texts) for name in mail_names(text)]
