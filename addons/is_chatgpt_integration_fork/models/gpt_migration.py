# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2

from odoo import api, models

from odoo.addons.gpt_core.utils.transaction import best_effort

from ..utils.old_records import OLD, is_loaded

_logger = logging.getLogger(__name__)


class GptMigration(models.AbstractModel):
    """Moves a database over from the old app, as often as there is something to move.

    It runs when this addon is installed, once a day, from the page of its reports, and
    whenever Odoo loads the database and the old app's user can sign in again.
    """

    _name = "gpt.migration"
    _description = "Migration from the Old App"

    @api.model
    def _steps(self):
        """Return the models and methods that each do one part, in their order.

        The key comes after the model: a provider with a key is in use already. The
        account comes last: archiving a user takes it out of its channels.
        """
        return (
            ("gpt.migration.settings", "_move_model"),
            ("gpt.migration.settings", "_move_key"),
            ("gpt.migration.settings", "_name_others"),
            ("gpt.migration.channel", "_move"),
            ("gpt.migration.account", "_move"),
        )

    @api.model
    def _run(self):
        """Move what is there to be moved.

        A part that fails leaves the others alone, and is named in the report.

        :return: the report of what was done, empty when there was nothing to do
        """
        lines = []
        for name, method in self._steps():
            # sudo: the settings, users and channels of the whole database
            step = self.env[name].sudo()
            with best_effort(self.env, f"{name}.{method}") as attempt:
                lines += getattr(step, method)()
            if attempt.error:
                values = {"step": step._description, "error": str(attempt.error)}
                lines.append(("todo", "failed", values))
        return self.env["gpt.migration.report"].sudo()._report(lines)

    @api.model
    def _cron_run(self):
        """Look once more: the old app may have been installed or updated since."""
        self._run()

    def _register_hook(self):
        """Close the old app's account as soon as an update of that app has opened it.

        This is one query whenever Odoo loads a database, unless something is found.
        """
        result = super()._register_hook()
        if self.env["gpt.migration.account"].sudo()._may_be_open():
            _logger.warning("the user of %s can sign in; it is disabled now", OLD)
            try:
                self._run()
            except psycopg2.OperationalError as error:
                # Another worker loads the database as well, and does the same.
                _logger.info("not disabled by this process: %s", error)
        return result

    @api.model
    def _is_old_app_loaded(self):
        return is_loaded(self.env, OLD)
