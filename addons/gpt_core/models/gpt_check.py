# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# The worst first.
SEVERITIES = ("error", "warning", "running", "info", "ok")


class GptCheck(models.AbstractModel):
    """Something that may stand between this database and an answer of a model.

    Each check is an abstract model that inherits this one, in the addon that it is
    about. It reads the database and the server's configuration only, and quickly. What
    has to ask the network inherits ``gpt.check.network``.
    """

    _name = "gpt.check"
    _description = "GPT Check"

    # Checks are run, and shown, in the order of these.
    _check_sequence = 100

    @api.model
    def _get_checks(self):
        """Return the names of the checks of the installed addons, in their order."""
        names = self.pool.descendants(["gpt.check"], "_inherit")
        checks = [self.env[name] for name in names]
        # Those without a title only help to write others.
        checks = [check for check in checks if check._title()]
        checks.sort(key=lambda check: (check._check_sequence, check._name))
        return [check._name for check in checks]

    @api.model
    def _title(self):
        """Return what is looked at, in a few words."""
        return ""

    @api.model
    def _findings(self):
        """Return what was found, each as made by :meth:`_finding`.

        A check that finds ``running`` is asked again until it finds something else.
        """
        return []

    @api.model
    def _finding(self, severity, detail="", fix="", command="", action=None, name=None):
        """Return one finding.

        :param severity: one of ``SEVERITIES``
        :param detail: what was found
        :param fix: what to do about it
        :param command: what to copy and paste for that
        :param action: the action of the button that leads there
        :param name: what was looked at, where the title of the check does not say it
        """
        return {
            "severity": severity,
            "name": name or self._title(),
            "detail": detail,
            "fix": fix,
            "command": command,
            "action": action,
        }

    @api.model
    def _open(self, record):
        """Return the action that opens one record."""
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _open_all(self, records):
        """Return the action that lists records; it opens the only one at once."""
        if len(records) == 1:
            return self._open(records)
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": records._name,
            "domain": [("id", "in", records.ids)],
            "views": [[False, "list"], [False, "form"]],
        }

    @api.model
    def _open_settings(self):
        """Return the action that opens the settings, for those who may."""
        if not self.env.user.has_group("base.group_system"):
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gpt_core.res_config_settings_action"
        )
        return {
            name: action[name] for name in ("type", "res_model", "views", "context")
        }
