# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..utils.mask_example import masked_values

ROLES = ("system", "user", "assistant")
BATCH = 1000
_SHOWN_CHARS = 80


class GptExample(models.Model):
    """A question with the answer that is right, or with a right and a wrong one.

    Examples are proposed, and have no effect until a manager approves them: then
    chains may show them to the model, and data sets may hold them.
    """

    _name = "gpt.example"
    _description = "GPT Example"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"

    kind = fields.Selection(
        selection=[
            ("chat", "Text"),
            ("structured", "Fields"),
            ("preference", "Right and wrong answer"),
        ],
        default="chat",
        required=True,
    )
    state = fields.Selection(
        selection=[
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        default="proposed",
        required=True,
        index=True,
        group_expand=True,
        copy=False,
    )
    chain_id = fields.Many2one(
        "gpt.chain", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    messages = fields.Json(
        required=True, help="What was said, in order: a list of role and content."
    )
    question = fields.Text(
        compute="_compute_question", inverse="_inverse_question", help="The last one."
    )
    answer = fields.Text(compute="_compute_answer", inverse="_inverse_answer")
    preferred = fields.Text(string="Right Answer")
    rejected = fields.Text(string="Wrong Answer")
    source = fields.Selection(
        selection=[
            ("manual", "By hand"),
            ("ledger", "Chosen in the ledger"),
            ("corrected", "Corrected answer"),
        ],
        default="manual",
        required=True,
    )
    liked = fields.Selection(
        selection=[("up", "Good"), ("down", "Bad")], string="Thumb"
    )
    request_id = fields.Many2one(
        "gpt.request", ondelete="set null", index="btree_not_null"
    )
    conversation_id = fields.Many2one(
        "gpt.conversation", ondelete="cascade", index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", ondelete="set null", index="btree_not_null"
    )
    res_model = fields.Char(string="Record Model")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    duplicate_group = fields.Integer(
        string="Near-copies",
        readonly=True,
        copy=False,
        index=True,
        help="Examples that are nearly the same have the same number; 0: none is.",
    )
    reviewed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reviewed_on = fields.Datetime(readonly=True, copy=False)

    # One method each: what is written of one is not lost with the other.
    @api.depends("messages")
    def _compute_question(self):
        for example in self:
            example.question = example._last_said("user")

    @api.depends("messages")
    def _compute_answer(self):
        for example in self:
            example.answer = example._last_said("assistant")

    def _inverse_question(self):
        for example in self:
            example._say("user", example.question)

    def _inverse_answer(self):
        for example in self:
            example._say("assistant", example.answer)

    def _last_said(self, role):
        """Return what somebody said last."""
        said = [m["content"] for m in self.messages or [] if m["role"] == role]
        return said[-1] if said else False

    def _say(self, role, text):
        """Change what somebody said last."""
        messages = [dict(message) for message in self.messages or []]
        same = [message for message in messages if message["role"] == role]
        if same:
            same[-1]["content"] = text or ""
        elif text:
            messages.append({"role": role, "content": text})
        self.messages = messages

    @api.depends("messages", "chain_id")
    def _compute_display_name(self):
        from ..engine.examples.example import gist

        for example in self:
            asked = gist(example.question or "")
            text = " ".join(asked.split())[:_SHOWN_CHARS]
            number = f"#{example.id}" if example._origin else False
            example.display_name = text or number

    @api.constrains("kind", "messages", "preferred", "rejected")
    def _check_messages(self):
        for example in self:
            problem = example._problem()
            if problem:
                raise ValidationError(problem)

    def _problem(self):
        """Return why this is no example, empty if it is one."""
        self.ensure_one()
        if not _are_messages(self.messages):
            return self.env._("The messages must be a list of role and content.")
        last = self.messages[-1]["role"]
        if self.kind == "preference":
            if not (self.preferred or "").strip() or not (self.rejected or "").strip():
                return self.env._("Write both answers: the right and the wrong one.")
            if last != "user":
                return self.env._("The last message must be the user's question.")
        elif last != "assistant":
            return self.env._("The last message must be the answer.")
        elif self.kind == "structured" and not _is_object(self.messages[-1]["content"]):
            return self.env._("The answer must be fields, as JSON.")
        return ""

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        for vals in vals_list:
            if "messages" not in vals:  # as the form has them
                said = (("user", "question"), ("assistant", "answer"))
                vals["messages"] = [
                    {"role": role, "content": vals.pop(name)}
                    for role, name in said
                    if vals.get(name)
                ]
            if not vals["messages"]:  # the column would refuse it less kindly
                raise ValidationError(self.env._("Write a question and its answer."))
        vals_list = [masked_values(vals, self._names(vals)) for vals in vals_list]
        examples = super().create([self._with_reviewer(vals) for vals in vals_list])
        examples._forget_approved()
        return examples

    def write(self, vals):
        written = {"messages", "question", "answer", "preferred", "rejected"}
        if vals.keys() & written:
            vals = masked_values(vals, self._names(), self._texts())
        if vals.keys() != {"duplicate_group"}:  # nothing that a chain looks at
            self._forget_approved(vals.get("state"))
        return super().write(self._with_reviewer(vals))

    def _names(self, vals=None):
        """Return the names of the people whom an example is about, to be masked.

        :param vals: of an example that is to be created
        """
        vals = vals or {}
        # sudo: res.partner, gpt.conversation - names are masked, whoever writes
        known = self.sudo()
        contact, conversation = known.partner_id, known.conversation_id
        people = contact.browse(vals.get("partner_id")) | contact
        people |= conversation.browse(vals.get("conversation_id")).partner_id
        people |= conversation.partner_id
        people |= people.commercial_partner_id
        people -= self.env["gpt.masking"]._ourselves()
        return [name for name in people.mapped("name") if name]

    def _texts(self):
        """Return all that stands in these examples."""
        said = [m["content"] for example in self for m in example.messages or []]
        answers = self.mapped("preferred") + self.mapped("rejected")
        return [*said, *filter(None, answers)]

    def _forget_approved(self, state=None):
        """Let chains look anew where what was, or is to be, approved changes."""
        if "approved" in (*self.mapped("state"), state):
            self.env.registry.clear_cache()

    @api.model
    def _with_reviewer(self, vals):
        """Return values with who decided, where they decide."""
        if "state" not in vals:
            return vals
        is_decided = vals["state"] != "proposed"
        return vals | {
            "reviewed_by_id": self.env.uid if is_decided else False,
            "reviewed_on": fields.Datetime.now() if is_decided else False,
        }

    def action_approve(self):
        """Let chains and data sets use these examples."""
        self.write({"state": "approved"})
        return self._next_to_review()

    def action_reject(self):
        """Have nobody use these examples."""
        self.write({"state": "rejected"})
        return self._next_to_review()

    def _next_to_review(self):
        """Return the next proposal of the chain, or the board when none is left.

        Only the buttons of the form ask for it.
        """
        if not self.env.context.get("gpt_review_next") or len(self) != 1:
            return True
        waiting = [("state", "=", "proposed"), ("chain_id", "=", self.chain_id.id)]
        following = self.search([*waiting, ("id", "<", self.id)], limit=1)
        following = following or self.search(waiting, limit=1)
        if not following:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "gpt_core.gpt_example_action"
            )
            return action | {"target": "main"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Examples"),
            "res_model": self._name,
            "res_id": following.id,
            "views": [(False, "form")],
            # Else the way back would lead through all that was decided.
            "target": "main",
        }

    def action_near_copies(self):
        """Show the examples that are nearly the same as this one, and this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Near-copies"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("duplicate_group", "=", self.duplicate_group or -1)],
        }

    def action_propose(self):
        """Put these examples back on the board, to be decided about again."""
        self.write({"state": "proposed"})
        return True

    @api.model
    def _propose(self, vals_list):
        """Propose examples, on behalf of whoever made them; return them.

        :param vals_list: values whose texts are masked
        """
        # sudo: gpt.example - proposed for people who may not read them
        examples = self.sudo()
        return examples.create([vals | {"state": "proposed"} for vals in vals_list])

    @api.model
    def _purge(self, before, limit):
        """Delete what nobody approved in time; return whether there may be more."""
        old = self.search(
            [("create_date", "<", before), ("state", "!=", "approved")],
            order="id",
            limit=limit,
        )
        count = len(old)
        old.unlink()
        return count == limit


def _are_messages(messages):
    return (
        isinstance(messages, list)
        and bool(messages)
        and all(
            isinstance(message, dict)
            and message.get("role") in ROLES
            and isinstance(message.get("content"), str)
            for message in messages
        )
    )


def _is_object(text):
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
