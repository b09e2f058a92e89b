# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models

from .gpt_preflight_finding import SEVERITIES


class GptPreflight(models.TransientModel):
    """What stands between this database and an answer of a model, and what to do.

    A check is a method that returns findings. An addon adds its own by overriding
    :meth:`_get_checks`; a check that asks the network is a probe, see
    :meth:`_get_probes`.
    """

    _name = "gpt.preflight"
    _description = "GPT Pre-flight"

    finding_ids = fields.One2many("gpt.preflight.finding", "preflight_id")
    state = fields.Selection(
        selection=[
            ("running", "Checking …"),
            ("error", "Not ready: something must be mended"),
            ("warning", "Ready, but something should be looked at"),
            ("ok", "Ready"),
        ],
        compute="_compute_state",
    )
    is_running = fields.Boolean(compute="_compute_state")

    def _compute_display_name(self):
        for preflight in self:
            preflight.display_name = self.env._("Pre-flight")

    @api.depends("finding_ids.severity")
    def _compute_state(self):
        for preflight in self:
            found = set(preflight.finding_ids.mapped("severity"))
            preflight.is_running = "running" in found
            preflight.state = next(
                (state for state in ("running", "error", "warning") if state in found),
                "ok",
            )

    @api.model
    def action_open(self):
        """Check everything anew and show it."""
        preflight = self.create({})
        for check in preflight._get_checks():
            preflight._run_check(check)
        for probe in preflight._get_probes():
            preflight._replace(probe, [preflight._waiting(probe)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pre-flight"),
            "res_model": self._name,
            "res_id": preflight.id,
            "view_mode": "form",
            "views": [[False, "form"]],
            "target": "main",
        }

    def action_refresh(self):
        """Bring what is under way up to date; the page calls it while it is open."""
        self.ensure_one()
        running = self.finding_ids.filtered(lambda f: f.severity == "running")
        waiting = set(running.mapped("check"))
        for check in self._get_checks():
            if check in waiting:
                self._run_check(check)
        self._ask_network(sorted(waiting & set(self._get_probes())))
        return self.is_running

    def _get_checks(self):
        """Return the names of the checks, in their order; an addon adds its own.

        Each is a method without parameters that returns findings, as made by
        :meth:`_finding`. It reads the database only, and quickly. One that finds
        ``running`` is asked again until it finds something else.
        """
        return [
            "_check_job_runner",
            "_check_channels",
            "_check_workers",
            "_check_default_model",
            "_check_chain_models",
            "_check_unpublished_chains",
            "_check_prices",
            "_check_proxy",
            "_check_time_limits",
            "_check_vector",
            "_check_dependencies",
            "_check_retention",
        ]

    def _finding(self, severity, name, detail="", fix="", command="", action=None):
        """Return the values of one finding.

        :param severity: ``error``, ``warning``, ``info``, ``running`` or ``ok``
        :param name: what was looked at, in a few words
        :param detail: what was found
        :param fix: what to do about it
        :param command: what to copy and paste for that
        :param action: the action of the button that leads there
        """
        return {
            "severity": severity,
            "rank": SEVERITIES.index(severity),
            "name": name,
            "detail": detail,
            "fix": fix,
            "command": command,
            "action": action,
        }

    def _run_check(self, name):
        self._replace(name, getattr(self, name)())

    def _replace(self, check, findings):
        """Have ``findings`` instead of what ``check`` found before."""
        earlier = self.finding_ids.filtered(lambda finding: finding.check == check)
        self.finding_ids = [
            *(Command.delete(finding.id) for finding in earlier),
            *(Command.create({**values, "check": check}) for values in findings),
        ]

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
    def _open_all(self, name, records):
        """Return the action that lists records; it opens the only one at once."""
        if len(records) == 1:
            return self._open(records)
        return {
            "type": "ir.actions.act_window",
            "name": name,
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
