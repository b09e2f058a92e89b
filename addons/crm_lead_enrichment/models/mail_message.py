# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    gpt_automatic = fields.Char(
        string="Sent Automatically",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="What a mail to a lead is, if no person wrote it: auto, bulk, bounce or "
        "spam. Its headers said so when it arrived.",
    )
