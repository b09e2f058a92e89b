# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class GptKbUpload(models.TransientModel):
    """Files that were uploaded, until somebody says which collection they go to.

    The files are attached to this record: they go with it when nobody does.
    """

    _name = "gpt.kb.upload"
    _description = "Upload of Documents"
    _inherit = ["gpt.link.mixin"]

    collection_id = fields.Many2one("gpt.kb.collection", ondelete="cascade")
    audience = fields.Char(related="collection_id.audience", related_sudo=False)
    is_public = fields.Boolean(related="collection_id.is_public", related_sudo=False)
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files",
        domain=[("res_model", "=", "gpt.kb.upload")],
    )

    @api.model
    def default_get(self, fields_list):
        """Leave the collection empty, unless the files were dropped on one."""
        defaults = super().default_get(fields_list)
        if not self.env.context.get("default_collection_id"):
            defaults.pop("collection_id", None)
        return defaults

    def action_open(self):
        """Ask for the collection."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose the Collection"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_confirm(self):
        """Make a document of each file, and index it; say who can read them."""
        self.ensure_one()
        collection = self.collection_id
        documents = self._make_documents(self.attachment_ids, collection)
        message = self.env._(
            "%(count)s documents are being indexed in “%(collection)s”. %(audience)s",
            count=len(documents),
            collection=collection.name,
            audience=collection.audience,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if collection.is_public else "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _make_documents(self, attachments, collection):
        """Make a document of each of the user's own files, and index it.

        :raises UserError: when nobody has chosen a collection
        """
        Document = self.env["gpt.kb.document"]
        Document.check_access("create")
        if not collection:
            raise UserError(
                self.env._(
                    "Choose the collection that the documents go to: it says who can "
                    "read them."
                )
            )
        if any(attachment.create_uid != self.env.user for attachment in attachments):
            raise AccessError(self.env._("These are not your files."))
        documents = Document.create(
            [
                {
                    "name": attachment.name,
                    "filename": attachment.name,
                    "collection_id": collection.id,
                    "datas": attachment.datas,
                }
                for attachment in attachments
            ]
        )
        attachments.unlink()
        documents.action_index()
        return documents
