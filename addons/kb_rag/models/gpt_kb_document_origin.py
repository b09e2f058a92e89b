# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a document may be made of: nothing that its maker may not read."""

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError


class GptKbDocument(models.Model):
    # One subject a file. pylint: disable-next=consider-merging-classes-inherited
    _inherit = "gpt.kb.document"

    @api.constrains("kind", "attachment_id", "res_model", "res_id", "collection_id")
    def _check_origin(self):
        """Refuse a file or a record that whoever writes the document may not read.

        A job reads it as superuser, and everybody in the collection is answered from
        it.
        """
        # The user counts, not sudo(): 19.0 checks constraints with it.
        documents = self.with_user(self.env.uid)
        documents._check_attachments()
        if not documents.env.su and len(documents._readable_ids()) < len(documents):
            raise AccessError(
                self.env._("You may not read what this document is made of.")
            )

    def _check_attachments(self):
        # Searching respects the rights of attachments in each series of Odoo; checking
        # them does not.
        wanted = self.attachment_id.ids
        found = self.env["ir.attachment"].search([("id", "in", wanted)])
        if len(found) < len(wanted):
            raise AccessError(self.env._("You may not read this file."))
        for document in self:
            if document.attachment_id and not document._has_file_of_its_record():
                raise ValidationError(
                    self.env._(
                        "Only a file that is attached to the document's record can "
                        "be referred to. Upload other files."
                    )
                )

    def _has_file_of_its_record(self):
        """Tell whether the attachment has the rights of this document's record."""
        self.ensure_one()
        # sudo: ir.attachment - where it is attached, not what is in it
        attachment = self.sudo().attachment_id
        return bool(
            self.res_model
            and attachment.res_model == self.res_model
            and attachment.res_id == self.res_id
            and not attachment.res_field
        )
