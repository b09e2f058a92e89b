# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The error table in words: what went wrong, and what an administrator can do."""

from odoo import api, models

# As the selection of ``error_code``.
ERROR_LABELS = [
    ("rate_limit", "Too many requests; the provider asks to wait."),
    ("quota", "The account at the provider has no credit left."),
    ("server_error", "The provider has a fault."),
    ("timeout", "The provider took too long."),
    ("connection", "The provider cannot be reached."),
    ("unknown_host", "The provider's address is not known."),
    ("certificate", "The provider's certificate is not trusted."),
    ("wrong_scheme", "The address wants http where https was used, or the reverse."),
    ("web_page", "A web page came instead of an answer."),
    ("bad_reply", "The provider's reply has no answer."),
    ("cut_stream", "The connection broke in the middle of the answer."),
    ("truncated", "The answer did not fit into the token limit."),
    ("invalid_output", "The answer does not have the wanted form."),
    ("refusal", "The model refused to answer."),
    ("empty_answer", "The answer was empty."),
    ("content_filter", "The provider's content filter stopped the answer."),
    ("wrong_key", "The provider does not accept the API key."),
    ("permission", "The API key may not use this model."),
    ("unknown_model", "The provider does not know this model."),
    ("context_length", "The question is too long for this model."),
    ("invalid_request", "The provider did not understand the request."),
    ("check_failed", "A check of the chain was not passed."),
    ("no_source", "No document answers the question."),
    ("budget", "The budget is used up."),
    ("not_configured", "No provider with an API key, or no model, is set up."),
    ("not_applied", "The answer could not be written to the record."),
    ("loop", "GPT actions set each other off."),
    ("interrupted", "The server was stopped while it was asked."),
    ("internal", "An error in this program; see the log."),
]


class GptRequestError(models.AbstractModel):
    """What an error means, and what can be done about it."""

    _name = "gpt.request.error"
    _description = "GPT Error Advice"

    @api.model
    def _label(self, code):
        """Return what a code of the error table means, in the user's language."""
        field = self.env["gpt.request"]._fields["error_code"]
        return dict(field._description_selection(self.env))[code]

    @api.model
    def _advice(self):
        """Return what can be done about each code of the error table."""
        later = self.env._(
            "Try again later; what can be tried again by itself already was."
        )
        account = self.env._(
            "Check the key and the rights of its project at the provider."
        )
        shorten = self.env._("Raise the chain's longest answer, or ask for less.")
        return {
            "rate_limit": self.env._(
                "Let fewer jobs run at once, or ask the provider for more."
            ),
            "quota": self.env._(
                "Add credit to the account at the provider, then press Retry."
            ),
            "server_error": later,
            "timeout": self.env._(
                "Raise the provider's timeout, or choose a faster model."
            ),
            "connection": self.env._(
                "Check the provider's base URL and the server's network."
            ),
            "unknown_host": self.env._(
                "Check the name of the server in the base URL, and the server's DNS."
            ),
            "certificate": self.env._(
                "Enter the certificate of your own authority in the provider's form, "
                "or renew the server's certificate."
            ),
            "wrong_scheme": self.env._(
                "Write http:// instead of https:// in the base URL, or the reverse."
            ),
            "web_page": self.env._(
                "Check the base URL; a proxy or a firewall may stand in between."
            ),
            "bad_reply": later,
            "cut_stream": later,
            "truncated": shorten,
            "invalid_output": self.env._(
                "Press Test Connection in the provider's form, or choose a model that "
                "knows structured output."
            ),
            "refusal": self.env._("Change the prompt, or let a person answer."),
            "empty_answer": self.env._("Change the prompt, or choose another model."),
            "content_filter": self.env._("Change the prompt, or let a person answer."),
            "wrong_key": self.env._("Enter a valid key in the provider's form."),
            "permission": account,
            "unknown_model": self.env._(
                "Choose a model that the provider serves; see Fetch Models."
            ),
            "context_length": self.env._(
                "Shorten the inputs, or choose a larger model."
            ),
            "invalid_request": self.env._(
                "See the details; often a model lacks an option."
            ),
            "check_failed": self.env._("Read the check's reason in the details."),
            "no_source": self.env._(
                "Add a document that answers it, or let the chain answer without one."
            ),
            "budget": self.env._("Raise the budget, or wait for its next period."),
            "not_configured": self.env._(
                "Set up a provider, its key and the default model."
            ),
            "not_applied": self.env._(
                "Check the rights of whoever asked, and the fields that the chain "
                "fills; see the details."
            ),
            "loop": self.env._(
                "Change the automation rules, so that no action changes what sets off "
                "another."
            ),
            "interrupted": self.env._("Press Retry."),
            "internal": self.env._(
                "Send the details and the server's log to your maintainer."
            ),
        }
