# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

# What says which model is asked where no other is named.
DEFAULTS = ("gpt_core.model", "gpt_core.provider_id")


class GptTuningUse(models.AbstractModel):
    """Compares a tuned model with its base, puts it in use, and takes it back."""

    _name = "gpt.tuning.use"
    _description = "GPT Use of Tuned Models"

    @api.model
    def _check_done(self, job):
        job.check_access("write")
        if job.state != "done" or not job.model_id:
            raise UserError(
                self.env._(
                    "%(name)s has no tuned model yet. Wait until it is done.",
                    name=job.name,
                )
            )
        if job.needs_deployment and not job.served_as:
            raise UserError(
                self.env._(
                    "At this provider a tuned model answers only after it is deployed. "
                    "Deploy %(model)s there, then write the name of the deployment "
                    "into Deployed As.",
                    model=job.tuned_name,
                )
            )

    @api.model
    def _compare(self, job):
        """Run the cases on both models; return the window that shows them."""
        self._check_done(job)
        chain = job.chain_id
        if not chain.case_ids:
            raise UserError(
                self.env._(
                    "The chain has no cases to compare on. Open it and add some on its "
                    "tab Cases: questions with what you expect of the answer."
                )
            )
        versions = self.env["gpt.tuning.versions"]
        other = job.compare_model_id or self.env["gpt.tuning.model"]._base_to_compare(
            job
        )
        runs = self.env["gpt.chain.evaluation"].with_company(job.company_id)
        run = runs._start_pair(
            versions._with_model(chain, other),
            versions._with_model(chain, job.model_id),
            chain.case_ids,
        )
        # sudo: gpt.tuning.job - what came of it is written here only
        job.sudo().write({"compare_model_id": other.id, "evaluation_id": run.id})
        return run._open()

    @api.model
    def _use(self, job):
        """Put the tuned model in use.

        Where the chain has cases, they must have been compared first. Where there are
        none there is nothing to wait for: the form asks, and the job says so.
        """
        self._check_done(job)
        if job.is_used:
            raise UserError(self.env._("%(name)s is in use already.", name=job.name))
        if job.comparison in ("missing", "running"):
            raise UserError(
                self.env._(
                    "A tuned model must show first that it is better. Press Compare "
                    "With Base, wait until all cases ran, and look at the result: then "
                    "it can be used."
                )
            )
        if job.use_in == "chain":
            self._use_in_chain(job)
        else:
            self._use_as_default(job)
        text = self.env._("In use: %(model)s.", model=job.model_id.name)
        if job.comparison == "no_cases":
            text += " " + self.env._(
                "It was not compared: there are no cases to compare on."
            )
        elif job.comparison == "worse":
            text += " " + self.env._("Some cases had got worse.")
        if job.use_in == "default" and self._names_another(job):
            text += " " + self.env._(
                "%(chain)s names a model of its own, and still asks that one. Choose "
                "“Only in this chain” for it.",
                chain=job.chain_id.name,
            )
        # sudo: gpt.tuning.job - what came of it is written here only
        job.sudo().is_used = True
        self.env["gpt.tuning.follow"].sudo()._tell(job.sudo(), text)

    @api.model
    def _names_another(self, job):
        """Tell whether the chain does not ask the default model."""
        main = self.env["gpt.tuning.versions"]._main_model
        return bool(job.chain_id) and main(job.chain_id) != job.model_id

    @api.model
    def _restore(self, job):
        """Put back what was in use before the tuned model."""
        job.check_access("write")
        if not job.is_used:
            raise UserError(
                self.env._("%(name)s is not in use, so nothing changes.", name=job.name)
            )
        kept = False
        if job.switch_id:
            job.switch_id.action_undo()
            kept = job.switch_id.note
        elif job.former:
            kept = self._restore_default(job)
        # sudo: gpt.tuning.job - what came of it is written here only
        job.sudo().write({"is_used": False, "former": False, "switch_id": False})
        text = self.env._("Back to the former model.")
        text = f"{text} {kept}" if kept else text
        self.env["gpt.tuning.follow"].sudo()._tell(job.sudo(), text)

    @api.model
    def _params(self):
        """Return the settings, for those who may change them."""
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise UserError(
                self.env._(
                    "Only an administrator changes the default model. Choose “Only in "
                    "this chain”, or ask one to do it."
                )
            )
        return self.env["ir.config_parameter"]

    @api.model
    def _use_as_default(self, job):
        params = self._params()
        # What an unfinished use of another job put there is not the former model.
        former = {name: params.get_param(name) or False for name in DEFAULTS}
        params.set_param("gpt_core.model", job.model_id.name)
        params.set_param("gpt_core.provider_id", job.model_id.provider_id.id)
        # sudo: gpt.tuning.job - what came of it is written here only
        job.sudo().former = former

    @api.model
    def _restore_default(self, job):
        """Put the settings back; return what was left, because it was changed since."""
        params = self._params()
        if params.get_param("gpt_core.model") != job.model_id.name:
            return self.env._(
                "The default model was changed since, and is left as it is."
            )
        for name in DEFAULTS:
            params.set_param(name, job.former.get(name))
        return False

    @api.model
    def _use_in_chain(self, job):
        chain = job.chain_id
        if not chain:
            raise UserError(self.env._("Choose the chain that is to use the model."))
        before = self.env["gpt.tuning.versions"]._main_model(chain)
        if not before:
            raise UserError(
                self.env._("%(chain)s has no model to replace.", chain=chain.name)
            )
        # sudo: gpt.model.switch - it is made here, and done with the user's rights
        switch = (
            self.env["gpt.model.switch"]
            .sudo()
            .create(
                {
                    "model_id": before.id,
                    "successor_id": job.model_id.id,
                    "chain_ids": [(6, 0, chain.ids)],
                    "chains_only": True,
                }
            )
            .sudo(self.env.su)
        )
        switch.action_switch()
        # sudo: gpt.tuning.job - what came of it is written here only
        job.sudo().switch_id = switch
