# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import Command, api, fields, models

from odoo.addons.gpt_core.models.gpt_check import SEVERITIES
from odoo.addons.gpt_core.utils.transaction import own_transaction

from ..engine.probes import ask_all


class GptPreflight(models.TransientModel):
    """What stands between this database and an answer of a model, and what to do.

    The page runs the checks of the installed addons, see ``gpt.check``, and shows what
    they find.
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
        for check in self.env["gpt.check"]._get_checks():
            preflight._run_check(check)
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
        network = self.pool.descendants(["gpt.check.network"], "_inherit")
        waiting = set(running.mapped("check"))
        for check in self.env["gpt.check"]._get_checks():
            if check in waiting and check not in network:
                self._run_check(check)
        self._ask_network(sorted(waiting & set(network)))
        return self.is_running

    def _run_check(self, check):
        self._replace(check, self.env[check]._findings())

    def _replace(self, check, findings):
        """Have ``findings`` instead of what ``check`` found before."""
        earlier = self.finding_ids.filtered(lambda finding: finding.check == check)
        self.finding_ids = [
            *(Command.delete(finding.id) for finding in earlier),
            *(
                Command.create(
                    {
                        **values,
                        "check": check,
                        "rank": SEVERITIES.index(values["severity"]),
                    }
                )
                for values in findings
            ),
        ]

    def _ask_network(self, checks):
        """Ask the network as soon as the running transaction is over."""
        if checks:
            probes = {check: self.env[check]._probes() for check in checks}
            self.env.cr.postcommit.add(partial(self._ask_and_conclude, probes))

    def _ask_and_conclude(self, probes):
        """Ask, while no transaction is open; then write what came back in a new one."""
        checks = [check for check, group in probes.items() for _probe in group]
        answers = ask_all([probe for group in probes.values() for probe in group])
        replies = {
            check: [a for c, a in zip(checks, answers, strict=True) if c == check]
            for check in probes
        }
        self._conclude_all(replies, self.env.uid, self.env.context)

    @own_transaction
    def _conclude_all(self, replies, uid, context):
        # The page, its buttons included, is that of the user who looks at it.
        page = self.with_env(self.env(user=uid, su=False, context=context)).exists()
        if page:
            for check, answers in replies.items():
                page._replace(check, page.env[check]._conclude(answers))
