# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import fields, models

from odoo.addons.gpt_core.utils.transaction import own_transaction


class GptDiscussQuestion(models.Model):
    """A message that an assistant is to answer, and what became of it."""

    _name = "gpt.discuss.question"
    _description = "GPT Question in Discuss"
    _inherit = ["gpt.consumer.mixin"]
    _order = "id desc"

    membership_id = fields.Many2one(
        "gpt.discuss.membership", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True)
    message_id = fields.Many2one(
        "mail.message", required=True, ondelete="cascade", index=True
    )
    asker_id = fields.Many2one("res.partner", index="btree_not_null")
    guest_id = fields.Many2one("mail.guest", ondelete="set null")
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting"),
            ("merged", "Answered With a Later One"),
            ("answered", "Answered"),
            ("offered", "A Private Answer Is Offered"),
            ("failed", "Failed"),
            ("dropped", "No Longer Wanted"),
        ],
        default="waiting",
        required=True,
        index=True,
    )
    answer_id = fields.Many2one(
        "mail.message", ondelete="set null", index="btree_not_null"
    )
    private_of_id = fields.Many2one(
        "gpt.discuss.question",
        ondelete="set null",
        help="The question in a channel that this one answers privately.",
    )
    tries = fields.Integer(help="How often it was asked again, as people came.")

    def _answer_job(self):
        """Answer the question, with those that the same person asked just before."""
        self.env["gpt.discuss.answer.job"]._run(self)

    @own_transaction
    def _in_own_transaction(self, method, *args):
        question = self.exists()
        service = self.env["gpt.discuss.answer.job"]
        return question and getattr(service, method)(question, *args)

    # A consumer of the model's answers: see gpt.consumer.mixin

    def _prepare_answer(self):
        return self.env["gpt.discuss.answer.job"]._prepare(self)

    @contextmanager
    def _gpt_while_asking(self):
        with super()._gpt_while_asking():
            with self.env["gpt.discuss.answer.job"]._while_asking(self):
                yield

    def _gpt_apply(self, request):
        self.env["gpt.discuss.answer.job"]._apply(self, request)

    def _gpt_failed(self, request):
        self.env["gpt.discuss.answer.job"]._fail(self, request.error_code)

    def _gpt_crashed(self):
        self.env["gpt.discuss.answer.job"]._fail(self, "internal")

    def _gpt_asker(self):
        """Return who asks; a guest, or somebody without an account, is a visitor."""
        user = self.asker_id.user_ids[:1]
        return user or self.env.ref("base.public_user")

    def _gpt_readers(self):
        channel = self.membership_id.channel_id
        readers = self.env["gpt.discuss.readers"]._readers(channel)
        return readers | self._gpt_asker()

    def _gpt_names(self):
        """Return the names to mask: of who wrote in the thread."""
        messages, _summary = self.env["gpt.discuss.answer.job"]._thread(self)
        bots = self.env["gpt.agent"]._discuss_bots()
        people = messages.author_id.filtered(lambda partner: partner.id not in bots)
        people -= self.env["gpt.masking"]._ourselves()
        return [*people.mapped("name"), *messages.author_guest_id.mapped("name")]
