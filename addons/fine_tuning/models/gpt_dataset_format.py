# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.gpt_core.utils.unique import add_unique_constraint

from ..engine.dataset.layout import Layout, LayoutError, check_layout
from ..engine.file_check.rules import Rules

_MEGABYTE = 1_000_000


class GptDatasetFormat(models.Model):
    """How a provider or a trainer wants its files: keys, limits, marks.

    Another one is another record, and needs no code.
    """

    _name = "gpt.dataset.format"
    _description = "Format of Data Sets"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="What data sets and scripts name it by.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=[
            ("chat", "Chats with the right answer"),
            ("preference", "A better and a worse answer"),
            ("thumbs", "Answers with a thumb up or down"),
        ],
        string="Examples",
        required=True,
        default="chat",
    )
    layout = fields.Text(
        string="Layout of a Line",
        required=True,
        default='{"messages": "$messages"}',
        help="JSON with names in place of values. Chats have $messages, or $prompt and "
        "$completion; better and worse answers have $prompt, $chosen and $rejected; "
        "thumbs have $prompt, $completion and $label.",
    )
    shape = fields.Selection(
        selection=[
            ("chat", "Messages, the last of the assistant"),
            ("openai_preference", "Preference as OpenAI has it"),
            ("trl_preference", "Preference as TRL has it"),
            ("kto", "Completion with a label (KTO)"),
        ],
        string="Check Files As",
        required=True,
        default="chat",
    )
    turn_flag = fields.Char(
        string="Key of Learnt Turns",
        help="Put on the assistant's messages: only the approved answer is learnt. "
        "“weight” is 1 or 0, any other key true or false. Empty: the trainer learns "
        "every turn, or decides itself.",
    )
    alternation = fields.Boolean(
        string="Strict Turns", help="User and assistant must take turns."
    )
    byte_order_mark = fields.Boolean(help="The files begin with one, as Azure asks.")
    min_examples = fields.Integer(string="Least Examples", default=1)
    max_examples = fields.Integer(string="Most Examples", help="0: no limit.")
    max_megabytes = fields.Integer(string="Largest File (MB)", help="0: no limit.")
    note = fields.Text(
        string="What to Do with the Files",
        translate=True,
    )

    def init(self):
        add_unique_constraint(self, "code")

    @api.constrains("code")
    def _check_code(self):
        for record in self:
            twins = self.with_context(active_test=False).search_count(
                [("code", "=", record.code), ("id", "!=", record.id)]
            )
            if twins:
                raise ValidationError(
                    self.env._("There is a format %(code)s already.", code=record.code)
                )

    @api.constrains("layout", "kind", "turn_flag")
    def _check_layout(self):
        for record in self:
            try:
                check_layout(record._layout())
            except LayoutError as error:
                raise ValidationError(
                    self.env._(
                        "The layout of %(format)s does not fit its examples. Look at "
                        "%(name)s: the help of the field says which names there are.",
                        format=record.name,
                        name=error.name,
                    )
                ) from error
            except (ValueError, TypeError) as error:
                raise ValidationError(
                    self.env._(
                        "The layout of %(format)s is not a JSON object.",
                        format=record.name,
                    )
                ) from error

    @api.constrains("min_examples", "max_examples", "max_megabytes")
    def _check_limits(self):
        if any(
            limit < 0
            for record in self
            for limit in (
                record.min_examples, record.max_examples, record.max_megabytes
            )
        ):  # fmt: skip
            raise ValidationError(self.env._("A limit is 0 or more."))

    def write(self, vals):
        if "code" in vals:
            self._refuse_in_use(vals["code"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._refuse_in_use(None)

    def _refuse_in_use(self, new_code):
        codes = [record.code for record in self if record.code != new_code]
        # sudo: gpt.dataset - of all companies, whoever edits formats
        used = self.env["gpt.dataset"].sudo().search([("format", "in", codes)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "Data sets are in the format %(code)s. Archive it instead, or "
                    "give them another format first.",
                    code=used.format,
                )
            )

    @api.model
    def _of(self, code):
        """Return the format with that code, empty if there is none."""
        return self.with_context(active_test=False).search(
            [("code", "=", code)], limit=1
        )

    def _layout(self):
        """Return the engine's :class:`~..engine.dataset.layout.Layout`."""
        self.ensure_one()
        template = json.loads(self.layout)
        if not isinstance(template, dict):
            raise TypeError
        is_weight = self.turn_flag == "weight"
        values = (1, 0) if is_weight else (True, False)
        return Layout(self.kind, template, self.turn_flag or "", values)

    def _rules(self):
        """Return the engine's :class:`~..engine.file_check.rules.Rules`."""
        self.ensure_one()
        flag = self.turn_flag or ""
        return Rules(
            shape=self.shape,
            weight_allowed=flag == "weight",
            flag="" if flag == "weight" else flag,
            alternation=self.alternation,
            byte_order_mark=self.byte_order_mark,
            min_examples=self.min_examples,
            max_examples=self.max_examples,
            max_bytes=self.max_megabytes * _MEGABYTE,
        )
