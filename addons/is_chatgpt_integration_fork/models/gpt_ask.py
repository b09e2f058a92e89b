# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gpt_core.engine.text.html_text import as_html

MODULE = "is_chatgpt_integration_fork"
CHANNEL = "root.gpt.interactive"
RUNNING = ("pending", "running")
# Written by the program only: they say whose question it is, and what it was answered.
OURS = ("user_id", "company_id", "request_id", "in_channel", "left_out", "seen_at")


class GptAsk(models.Model):
    """What somebody asked the AI about a record, and what it answered: theirs alone."""

    _name = "gpt.ask"
    _description = "Question to the AI"
    _inherit = ["gpt.link.mixin"]
    _order = "id desc"
    _rec_name = "record_name"

    user_id = fields.Many2one(
        "res.users",
        string="Asked By",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    res_model = fields.Char(string="Record Model", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, index=True
    )
    record_name = fields.Char(string="About", compute="_compute_record_name")
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Whom the record is about: what is erased of them is erased here, too.",
    )
    offered_ids = fields.Many2many("gpt.ask.action", compute="_compute_offered_ids")
    action_id = fields.Many2one(
        "gpt.ask.action",
        required=True,
        ondelete="cascade",
        domain="[('id', 'in', offered_ids)]",
        default=lambda self: self._default_action(),
    )
    needs_question = fields.Boolean(related="action_id.needs_question")
    takes_question = fields.Boolean(related="action_id.takes_question")
    needs_text = fields.Boolean(related="action_id.needs_text")
    needs_language = fields.Boolean(related="action_id.needs_language")
    question = fields.Text()
    text = fields.Text(help="The text to work on.")
    lang_id = fields.Many2one(
        "res.lang",
        string="Language",
        default=lambda self: self.env["res.lang"]._lang_get(self.env.lang or "en_US"),
        context={"active_test": False},
    )
    in_channel = fields.Boolean(
        readonly=True, help="Asked by a command: the answer is shown in the channel."
    )
    up_to = fields.Integer(readonly=True, help="The newest message that was read.")
    left_out = fields.Char(readonly=True)
    seen_at = fields.Datetime(readonly=True)
    request_id = fields.Many2one("gpt.request", readonly=True, ondelete="set null")
    state = fields.Selection(related="request_id.state", related_sudo=False)
    is_running = fields.Boolean(compute="_compute_is_running")
    answer = fields.Text(compute="_compute_answer")
    error_code = fields.Selection(related="request_id.error_code", related_sudo=False)
    error_advice = fields.Char(related="request_id.error_advice", related_sudo=False)

    @api.model
    def _default_action(self):
        model_name = self.env.context.get("default_res_model")
        offered = self.env["gpt.ask.action"]._offered(model_name)
        if self.env.context.get("default_text"):
            return offered.filtered("needs_text")[:1] or offered[:1]
        return offered[:1]

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for ask in self:
            record = ask._record()
            ask.record_name = record.display_name if record else False

    @api.depends("res_model")
    def _compute_offered_ids(self):
        for ask in self:
            ask.offered_ids = self.env["gpt.ask.action"]._offered(ask.res_model)

    @api.depends("request_id.state")
    def _compute_is_running(self):
        for ask in self:
            ask.is_running = ask.state in RUNNING

    @api.depends("request_id.state")
    def _compute_answer(self):
        for ask in self:
            ask.answer = ask.request_id._filtered_access("read").answer

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_ours(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_ours(vals)
        return super().write(vals)

    def _check_ours(self, vals):
        if not self.env.su and any(vals.get(name) for name in OURS):
            raise AccessError(self.env._("Press Ask."))

    # The record

    def _record(self):
        """Return the record if this user may read it, empty otherwise."""
        self.ensure_one()
        model = self.env.get(self.res_model or "")
        if model is None or not isinstance(model, self.env.registry["mail.thread"]):
            return self.browse()
        record = model.browse(self.res_id).exists()
        return record if record and record.has_access("read") else self.browse()

    def _checked_record(self):
        """Return the record.

        :raises UserError: when it is gone, or the user may not read it
        """
        record = self._record()
        if not record:
            raise UserError(
                self.env._(
                    "The record is gone, or you may not read it any more. Close this "
                    "window and open a record that you can read."
                )
            )
        return record

    def _gpt_names(self):
        """Return the names to mask: those of the people around the record."""
        model = self.env.get(self.res_model or "")
        record = model.browse(self.res_id).exists() if model is not None else None
        return self.env["gpt.masking"]._names_to_mask(record)

    # Asking

    @api.model
    def action_open(self, res_model, res_id, text=False):
        """Open the window on a record: at the answer that was not seen yet, if any."""
        self.check_access("create")
        mine = [
            ("user_id", "=", self.env.uid),
            ("res_model", "=", res_model),
            ("res_id", "=", res_id),
        ]
        last = self.search(mine, limit=1)
        if last and not text and (last.is_running or not last.seen_at):
            return last._window()
        context = {"default_res_model": res_model, "default_res_id": res_id}
        if text:
            context["default_text"] = text
        return self.with_context(**context)._window()

    def action_ask(self):
        """Ask the model, in a job; the window stays open."""
        self.ensure_one()
        self._ask()
        return self._window()

    def action_again(self):
        """Open a new question about the same record."""
        self.ensure_one()
        context = {"default_res_model": self.res_model, "default_res_id": self.res_id}
        return self.browse().with_context(**context)._window()

    def action_earlier(self):
        """List what the user asked about this record before."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Earlier Answers"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
            ],
            "target": "current",
        }

    def _window(self):
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }
        if self:
            # sudo: gpt.ask - that its owner was shown the answer
            self.filtered(lambda ask: ask.answer).sudo().seen_at = fields.Datetime.now()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask AI"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(f"{MODULE}.gpt_ask_view_form").id, "form")],
            "target": "new",
            "context": context,
        }

    def _ask(self, since=0):
        """Enqueue the request, with what this very user may read of the record.

        :param since: id of the oldest message to read
        """
        self.check_access("write")
        if self.is_running:
            raise UserError(self.env._("The AI is working on it already."))
        record = self._checked_record()
        action = self.action_id
        if action not in self.env["gpt.ask.action"]._offered(self.res_model):
            raise UserError(
                self.env._(
                    "“%(action)s” is not offered here. Choose another action.",
                    action=action.name,
                )
            )
        self._check_given()
        text = self.env["gpt.ask.reader"]._read(record, since)
        # sudo: gpt.ask.action - the chain that it runs, for users who may not read it
        chain, declared = action.sudo().chain_id, action.sudo()._inputs()
        values = self._values(text.text)
        # sudo: gpt.ask - see _check_ours; gpt.masking - whom the record is about
        mine = self.sudo()
        mine.partner_id = self.env["gpt.request.preparation"]._partner_of(record, None)
        mine.request_id = self.env["gpt.service"].delay_complete(
            chain,
            {name: value for name, value in values.items() if name in declared},
            record=self,
            channel=CHANNEL,
            priority=5,
            description=self.env._("Ask AI: %(action)s", action=action.name),
        )
        mine.write({"left_out": self._left_out_text(text), "seen_at": False})

    def _check_given(self):
        """Refuse a question without what its action needs."""
        needed = {"question": self.needs_question, "text": self.needs_text}
        for name, is_needed in needed.items():
            if is_needed and not (self[name] or "").strip():
                raise UserError(
                    self.env._(
                        "“%(field)s” is empty. Fill it in and press Ask.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _values(self, record_text):
        own = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return {
            "record": record_text,
            "question": self.question or "",
            "text": self.text or "",
            "language": ((self.needs_language and self.lang_id) or own).name
            or "English",
            "user": self.user_id.name,
            "company": self.env.company.name,
            "today": str(fields.Date.context_today(self)),
        }

    def _left_out_text(self, text):
        """Return what did not fit into the prompt, as the user reads it."""
        parts = []
        if text.messages_left_out:
            parts.append(
                self.env._("%s older messages were not read", text.messages_left_out)
            )
        if text.values_left_out:
            parts.append(self.env._("%s fields were not read", text.values_left_out))
        if text.shortened:
            parts.append(self.env._("%s long texts were shortened", text.shortened))
        return "; ".join(parts) or False

    # The answer

    def _gpt_apply(self, request):
        """Show the answer of a command in its channel; a window reads it itself."""
        self.ensure_one()
        if self.in_channel:
            self.env["gpt.ask.command"]._answered(self, request)

    def _gpt_failed(self, request):
        self.ensure_one()
        if self.in_channel:
            self.env["gpt.ask.command"]._failed(self, request)

    def _answer_html(self):
        self.ensure_one()
        if not self.answer:
            raise UserError(
                self.env._("There is no answer yet. Wait for it, or ask again.")
            )
        return as_html(self.answer)

    def action_insert(self):
        """Open the full composer with the answer in it; nothing is sent yet."""
        record = self._checked_record()
        suggested = record._message_get_suggested_recipients()
        partners = {item.get("partner_id") for item in suggested}
        partners -= {False, None, self.env.user.partner_id.id}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compose Email"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": record._name,
                "default_res_ids": record.ids,
                "default_composition_mode": "comment",
                "default_body": self._answer_html(),
                "default_partner_ids": sorted(partners),
                "default_subtype_xmlid": "mail.mt_comment",
            },
        }

    def action_note(self):
        """Log the answer as an internal note of the user's."""
        body = self._answer_html()
        self._checked_record().message_post(body=body, subtype_xmlid="mail.mt_note")
        return {"type": "ir.actions.act_window_close"}
