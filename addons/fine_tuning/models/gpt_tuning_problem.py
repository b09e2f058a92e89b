# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# As the selection of ``problem_code``: what happened.
PROBLEM_LABELS = [
    ("not_eligible", "The provider does not accept new tuning jobs from this account."),
    ("quota", "The account at the provider has no credit left, or a limit is reached."),
    ("bad_file", "The provider cannot use the file of examples."),
    ("too_few", "The file has too few examples for this provider."),
    ("too_large", "The file, or an example in it, is too large for this provider."),
    ("model_not_tunable", "The provider cannot tune this base model."),
    ("wrong_key", "The provider does not accept the API key."),
    ("permission", "The API key may not tune models."),
    ("no_tuning_api", "There is no tuning API at the provider's address."),
    ("job_gone", "The provider does not know the job any more."),
    ("file_gone", "The provider does not have the uploaded file any more."),
    ("invalid_request", "The provider did not accept the settings of the job."),
    ("content_filter", "The provider's checks of content stopped the job."),
    ("not_configured", "The provider has no API key."),
    ("lost", "The provider could not be reached for too long."),
    ("busy", "The provider had no time for us for too long."),
    ("server_error", "The provider had a fault for too long."),
    ("training_failed", "The training failed at the provider."),
    ("internal", "An error in this program; see the log."),
]


class GptTuningProblem(models.AbstractModel):
    """Why a tuning job ended without a model, in words, and what can be done."""

    _name = "gpt.tuning.problem"
    _description = "GPT Tuning Problem"

    @api.model
    def _text(self, code, detail=""):
        """Return what happened, what to do, and what the provider said."""
        field = self.env["gpt.tuning.job"]._fields["problem_code"]
        label = dict(field._description_selection(self.env))[code]
        parts = [label, self._advice().get(code, "")]
        if detail:
            parts.append(self.env._("The provider said: %(detail)s", detail=detail))
        return "\n".join(part for part in parts if part)

    @api.model
    def _advice(self):
        """Return what can be done, by code."""
        again = self.env._(
            "The job may still run at the provider. Check its address and the network, "
            "then press Follow Again; nothing is started twice."
        )
        return {
            "not_eligible": self.env._(
                "OpenAI, for one, ends tuning for new customers. The data set stays "
                "useful: choose another provider, or train with a program of your own "
                "and enter the server that serves the result as a provider."
            ),
            "quota": self.env._(
                "Add credit at the provider, or raise the limit of the project there. "
                "Then press Start Again: what was uploaded is not uploaded twice."
            ),
            "bad_file": self.env._(
                "Look up the example that the provider names, mend it, export the data "
                "set again in the format of this provider, and press Start Again."
            ),
            "too_few": self.env._(
                "Approve more examples, export the data set again, and press Start "
                "Again."
            ),
            "too_large": self.env._(
                "Leave out long examples, or split the data set, and press Start Again."
            ),
            "model_not_tunable": self.env._(
                "Choose a base model that the provider's manual lists for tuning; many "
                "want the dated name. Then press Start Again."
            ),
            "wrong_key": self.env._(
                "Have an administrator enter a valid key at the provider, then press "
                "Follow Again, or Start Again if nothing was started."
            ),
            "permission": self.env._(
                "Give the key, or its project, the right to tune models and to upload "
                "files; then press Follow Again, or Start Again if nothing was started."
            ),
            "no_tuning_api": self.env._(
                "Check the base URL of the provider: as a rule it ends in /v1. Servers "
                "that only answer, such as Ollama or vLLM, cannot tune."
            ),
            "job_gone": self.env._(
                "It was deleted there, or the key is of another account. Look at the "
                "provider's own page; to train anew, press Start Again."
            ),
            "file_gone": self.env._("Press Start Again: it is uploaded once more."),
            "invalid_request": self.env._(
                "Change the settings that the provider names, or the profile, then "
                "press Start Again."
            ),
            "content_filter": self.env._(
                "Look through the examples for what the provider does not allow, and "
                "press Start Again."
            ),
            "not_configured": self.env._(
                "Have an administrator enter the key of the provider, then press Start "
                "Again."
            ),
            "lost": again,
            "busy": again,
            "server_error": again,
            "training_failed": self.env._(
                "Look at the events below. Fewer epochs or a lower learning rate may "
                "help: change them and press Start Again."
            ),
        }

    @api.model
    def _before(self, problem):
        """Return what a provider would refuse, before anything is sent to it.

        :param problem: an engine's :class:`Problem`
        """
        value, limit = problem.value, problem.limit
        texts = {
            "no_model": self.env._("Name the base model that is to be tuned."),
            "method": self.env._(
                "This provider cannot train by preferences. Choose Supervised, with a "
                "data set of chats."
            ),
            "suffix_long": self.env._(
                "The suffix is longer than %(limit)s characters. Shorten it.",
                limit=limit,
            ),
            "suffix_character": self.env._(
                "A suffix of this provider must not have: %(limit)s", limit=limit
            ),
            "no_file": self.env._(
                "The data set has no training file yet. Open it and press Export."
            ),
            "few": self.env._(
                "The training file has %(value)s examples, and the provider wants "
                "%(limit)s or more. Approve more examples and export again.",
                value=value,
                limit=limit,
            ),
            "large": self.env._(
                "A file has %(value)s, and the provider takes %(limit)s at most. Leave "
                "examples out and export again.",
                value=value,
                limit=limit,
            ),
        }
        return texts[problem.code]
