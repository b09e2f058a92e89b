# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..utils.old_records import parameters
from .gpt_migration_settings import KEY


class GptCheckOldApp(models.AbstractModel):
    """What the old app left can be signed in with, or read."""

    _name = "gpt.check.old.app"
    _inherit = "gpt.check"
    _description = "GPT Check: The Old App"
    _check_sequence = 20

    def _title(self):
        return self.env._("The app is_chatgpt_integration")

    def _findings(self):
        migration = self.env["gpt.migration"]
        # sudo: users and parameters, which managers of GPT cannot read
        found = [*self._dangers()]
        if not found and migration._is_old_app_loaded():
            found = [
                self._finding(
                    "warning",
                    self.env._("It is still installed. It does not answer any more."),
                    self.env._("Uninstall it, under Apps."),
                    action=self._open_page(),
                )
            ]
        return found or self._open_steps()

    def _dangers(self):
        fix = self.env._("Open the page, and press Look Again.")
        if self.env["gpt.migration.account"].sudo()._may_be_open():
            yield self._finding(
                "error",
                self.env._(
                    "Its user chatgpt can sign in; everybody knows the password."
                ),
                fix,
                action=self._open_page(),
            )
        if any(
            p.key == KEY and p.value
            for p in parameters(self.env, "is_chatgpt_integration")
        ):
            yield self._finding(
                "error",
                self.env._(
                    "Its API key stands in clear text in the system parameters."
                ),
                fix,
                action=self._open_page(),
            )

    def _open_steps(self):
        # sudo: gpt.migration.report - administrators' reports, counted
        report = self.env["gpt.migration.report"].sudo()
        open_ = report.line_ids.search_count(
            [("kind", "=", "todo"), ("is_done", "=", False)]
        )
        if open_:
            return [
                self._finding(
                    "warning",
                    self.env._("The move left %(count)s things to do.", count=open_),
                    self.env._("The report names them; tick each when it is done."),
                    action=self._open_page(),
                )
            ]
        return [self._finding("ok", self.env._("Nothing of it is left to be moved."))]

    def _open_page(self):
        """Return the action that opens the reports, for those who may read them."""
        if not self.env.user.has_group("base.group_system"):
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "is_chatgpt_integration_fork.gpt_migration_report_action"
        )
        return {
            name: action[name] for name in ("type", "res_model", "views", "context")
        }
