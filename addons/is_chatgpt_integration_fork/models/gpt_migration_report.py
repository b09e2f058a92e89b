# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class GptMigrationReport(models.Model):
    """What one migration from the old app found, did, and leaves to people."""

    _name = "gpt.migration.report"
    _description = "Migration Report"
    _order = "id desc"

    create_date = fields.Datetime(string="Moved On", readonly=True)
    line_ids = fields.One2many("gpt.migration.report.line", "report_id", readonly=False)
    todo_count = fields.Integer(string="Left to Do", compute="_compute_todo_count")
    action_count = fields.Integer(compute="_compute_offers")
    leftover_count = fields.Integer(compute="_compute_offers")

    @api.depends("create_date")
    def _compute_display_name(self):
        for report in self:
            when = fields.Datetime.context_timestamp(
                report, report.create_date or fields.Datetime.now()
            )
            # Not written inside the call, where the export of terms would stumble.
            day = when.strftime("%Y-%m-%d %H:%M")
            report.display_name = self.env._("Migration of %(day)s", day=day)

    @api.depends("line_ids.kind", "line_ids.is_done")
    def _compute_todo_count(self):
        for report in self:
            report.todo_count = len(report.line_ids.filtered("is_open"))

    def _compute_offers(self):
        # Those of now, not of the day of the report.
        self.action_count = len(self.env["gpt.migration.action"]._actions())
        self.leftover_count = self.env["gpt.migration.leftover"]._count()

    @api.model
    def _report(self, lines, is_asked=False):
        """Keep what a migration tells; nothing when there was nothing to do.

        What is still to do stands in the report before, from its own migration.

        :param lines: tuples of kind, code and values
        :param is_asked: somebody pressed a button, and is told why something stays
        """
        is_news = is_asked or not self.search_count([], limit=1)
        if not any(kind == "done" or is_news for kind, _code, _values in lines):
            return self.browse()
        if not is_asked:  # but moved from the old app
            lines = self._with_old_app(lines)
        return self.create(
            {
                "line_ids": [
                    fields.Command.create({"kind": kind, "code": code, "data": values})
                    for kind, code, values in lines
                ]
            }
        )

    @api.model
    def _with_old_app(self, lines):
        if self.env["gpt.migration"]._is_old_app_loaded():
            return [("found", "installed", {}), *lines, ("todo", "uninstall", {})]
        return [("found", "leftovers", {}), *lines]

    def action_migrate(self):
        """Look at the database again; show what was done, or that nothing was."""
        self.check_access("write")
        return self._shown(self.env["gpt.migration"]._run())

    def action_move_actions(self):
        """Move the server actions of the other app to chains."""
        self.check_access("write")
        # sudo: chains and server actions, for whoever may migrate
        lines = self.env["gpt.migration.action"].sudo()._move()
        return self._shown(self.sudo()._report(lines, is_asked=True))

    def action_remove_leftovers(self):
        """Remove what the other app has left behind."""
        self.check_access("write")
        # sudo: parameters and a user, for whoever may migrate
        lines = self.env["gpt.migration.leftover"].sudo()._remove()
        return self._shown(self.sudo()._report(lines, is_asked=True))

    def _shown(self, report):
        if not report:
            message = self.env._("Nothing has changed: there is nothing to move.")
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "info", "message": message},
            }
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": report.id,
            "views": [[False, "form"]],
        }
