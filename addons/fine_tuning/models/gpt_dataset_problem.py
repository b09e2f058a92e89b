# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

FILES = [("train.jsonl", "Training"), ("valid.jsonl", "Validation")]


class GptDatasetProblem(models.Model):
    """An example that was left out, or a line that breaks a rule of the format."""

    _name = "gpt.dataset.problem"
    _description = "Problem of a Data Set"
    _order = "kind desc, file, line, id"

    dataset_id = fields.Many2one(
        "gpt.dataset", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="dataset_id.company_id", store=True)
    kind = fields.Selection(
        selection=[
            ("left_out", "Left out"),
            ("violation", "Against the format"),
        ],
        required=True,
    )
    code = fields.Char(required=True)
    detail = fields.Char()
    file = fields.Selection(selection=FILES)
    line = fields.Integer(help="Counted from 1; 0 means the whole file.")
    example_id = fields.Many2one("gpt.example", ondelete="cascade", index=True)
    message = fields.Char(string="What Is Wrong", compute="_compute_message")

    @api.depends("kind", "code", "detail")
    @api.depends_context("lang")
    def _compute_message(self):
        for problem in self:
            texts = (
                self._reasons() if problem.kind == "left_out" else self._violations()
            )
            text = texts.get(problem.code, problem.code)
            problem.message = f"{text} ({problem.detail})" if problem.detail else text

    @api.depends("message")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = problem.message

    @api.model
    def _reasons(self):
        """Return why examples are left out, by their codes."""
        return {
            "no_answer": self.env._("It has no answer."),
            "no_question": self.env._("Nobody asks anything in it."),
            "unknown_message": self.env._(
                "A message is not of a user or an assistant."
            ),
            "disliked": self.env._("It had a thumb down: it shows how not to answer."),
            "no_pair": self.env._("It has no better and worse answer that differ."),
            "duplicate": self.env._("Another one says the same."),
            "too_long": self.env._("It is longer than the model takes."),
            "too_many": self.env._("The format takes no more examples."),
        }

    @api.model
    def _violations(self):
        """Return the rules of formats, by their codes."""
        return {
            "not_utf8": self.env._("The line is not UTF-8."),
            "blank_line": self.env._("The line is empty."),
            "not_json": self.env._("The line is not JSON."),
            "not_object": self.env._("An object is expected."),
            "missing_key": self.env._("A key is missing."),
            "unknown_key": self.env._("The format does not know this key."),
            "no_messages": self.env._("There are no messages."),
            "message_not_object": self.env._("A message is not an object."),
            "unknown_role": self.env._("A message has a role that nobody knows."),
            "no_content": self.env._("A message has no text."),
            "empty_assistant": self.env._("The assistant says nothing."),
            "empty_message": self.env._("A message is empty."),
            "last_not_assistant": self.env._(
                "The last message is not of the assistant."
            ),
            "last_not_user": self.env._(
                "The last message before the answer is not of a user."
            ),
            "system_not_first": self.env._("The system prompt does not come first."),
            "not_alternating": self.env._("User and assistant do not take turns."),
            "weight_not_allowed": self.env._("The format takes no weights."),
            "weight_not_assistant": self.env._(
                "Only the assistant's messages have a weight."
            ),
            "bad_weight": self.env._("A weight is 0 or 1."),
            "bad_flag": self.env._(
                "The mark of a turn is true or false, on the assistant's."
            ),
            "not_one_answer": self.env._("One answer is expected."),
            "answer_not_assistant": self.env._("The answer is not of the assistant."),
            "same_answers": self.env._("The better and the worse answer are the same."),
            "bad_label": self.env._("The label is true or false."),
            "mark": self.env._("The file begins with a byte order mark."),
            "no_mark": self.env._("The file lacks its byte order mark."),
            "too_few": self.env._(
                "The file has too few examples. Approve more of them."
            ),
            "too_many": self.env._("The file has too many examples."),
            "too_large": self.env._("The file is too large."),
            "line_too_long": self.env._("The line is too long."),
            "in_both_files": self.env._("The example is in both files."),
        }
