# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_gpt_erase(self):
        """Erase everything that GPT addons keep of these contacts."""
        if not self.env.user.has_group("gpt_core.group_gpt_manager"):
            raise AccessError(self.env._("Only GPT managers may erase this data."))
        contacts = self.with_context(active_test=False).search(
            [("id", "child_of", self.ids)]
        )
        count = contacts._gpt_erase()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s requests were erased.", count=count),
            },
        }

    def _gpt_erase(self):
        """Erase the data of these contacts; return the number of requests.

        An addon that keeps more of them erases it here, and calls ``super()``.
        """
        # sudo: gpt.request, gpt.conversation - whoever may erase, erases all of it
        conversations = (
            self.env["gpt.conversation"].sudo().search([("partner_id", "in", self.ids)])
        )
        requests = (
            self.env["gpt.request"]
            .sudo()
            .search(
                [
                    "|",
                    "|",
                    ("partner_id", "in", self.ids),
                    ("conversation_id", "in", conversations.ids),
                    "&",
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                ]
            )
        )
        # sudo: gpt.example - as above; those of the requests go with them
        self.env["gpt.example"].sudo().search(
            [
                "|",
                "|",
                ("partner_id", "in", self.ids),
                ("conversation_id", "in", conversations.ids),
                "&",
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        ).unlink()
        # sudo: gpt.stored.answer - as above
        self.env["gpt.stored.answer"].sudo().search(
            [
                "|",
                ("partner_id", "in", self.ids),
                ("conversation_id", "in", conversations.ids),
            ]
        ).unlink()
        count = requests.env["gpt.request.retention"]._erase(requests)
        conversations.unlink()
        return count
