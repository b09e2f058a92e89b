# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class GptRequestRetention(models.AbstractModel):
    _inherit = "gpt.request.retention"

    @api.model
    def _purge_older(self, before):
        more = super()._purge_older(before)
        # sudo: gpt.ask - questions of all users, which are as old as what is purged
        questions = self.env["gpt.ask"].sudo()
        questions.search([("create_date", "<", before)]).unlink()
        # sudo: gpt.discuss.history - texts that are as old as what is purged
        histories = self.env["gpt.discuss.history"].sudo()
        histories.search([("write_date", "<", before)]).unlink()
        return more

    @api.model
    def _erase(self, requests):
        # sudo: gpt.ask - questions whose answers are erased
        questions = self.env["gpt.ask"].sudo()
        questions.search([("request_id", "in", requests.ids)]).unlink()
        return super()._erase(requests)
