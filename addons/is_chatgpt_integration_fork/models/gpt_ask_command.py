# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.gpt_core.engine.text.html_text import as_html

MODULE = "is_chatgpt_integration_fork"


class GptAskCommand(models.AbstractModel):
    """The commands ``/ai`` and ``/summary`` of Discuss.

    What they answer is shown to whoever typed them, and to nobody else: it is stored as
    a ``gpt.ask`` of theirs, and no message of the channel.
    """

    _name = "gpt.ask.command"
    _description = "Ask AI Command"

    @api.model
    def _question(self, channel, body):
        """Ask what follows the command's name."""
        question = (body or "").partition(" ")[2].strip()
        if not question:
            self._tell(
                channel,
                self.env._(
                    "Write your question after the command, such as: "
                    "/ai What did we agree on?"
                ),
            )
            return
        self._run(channel, "ask_action_question", question=question)

    @api.model
    def _summary(self, channel):
        """Sum up what the user missed since they last read the channel."""
        member = self._member(channel)
        since = member._gpt_missed_since() if member else 0
        newest = self._newest_message(channel, since)
        if not newest:
            self._tell(
                channel,
                self.env._(
                    "You have read everything here. To ask about what was written "
                    "earlier, write /ai and your question."
                ),
            )
            return
        self._run(channel, "ask_action_channel", since=since, up_to=newest.id)

    @api.model
    def _run(self, channel, xml_id, since=0, up_to=0, **values):
        """Enqueue a question about the channel; tell the user what happens."""
        try:
            self.env["gpt.ask"].check_access("create")
            channel.check_access("read")
            action = self.env.ref(f"{MODULE}.{xml_id}", raise_if_not_found=False)
            if not action or not action.active:
                raise UserError(
                    self.env._(
                        "This command is switched off. An administrator can switch it "
                        "on: GPT / Configuration / Ask AI Actions."
                    )
                )
            ask = self.env["gpt.ask"].create(
                {
                    "res_model": channel._name,
                    "res_id": channel.id,
                    "action_id": action.id,
                    **values,
                }
            )
            # sudo: gpt.ask - where its answer goes is not for users to write
            ask.sudo().write({"in_channel": True, "up_to": up_to})
            ask._ask(since)
        except (AccessError, UserError) as error:
            self._tell(channel, str(error))
            return
        told = values.get("question") or self.env._("What did I miss?")
        waiting = self.env._("The AI is working on it. Only you will see the answer.")
        self._tell(channel, Markup("<b>%s</b><br/>%s") % (told, waiting))

    @api.model
    def _tell(self, channel, content):
        """Show something in the channel to this user only; it is gone on a reload."""
        self.env.user._bus_send_transient_message(channel, content)

    @api.model
    def _member(self, channel):
        return self.env["discuss.channel.member"].search(
            [
                ("channel_id", "=", channel.id),
                ("partner_id", "=", self.env.user.partner_id.id),
            ],
            limit=1,
        )

    @api.model
    def _newest_message(self, channel, since):
        """Return the newest message that others wrote since then."""
        return self.env["mail.message"].search(
            [
                ("model", "=", channel._name),
                ("res_id", "=", channel.id),
                ("message_type", "in", ("comment", "email")),
                ("id", ">=", since),
                ("author_id", "!=", self.env.user.partner_id.id),
            ],
            order="id desc",
            limit=1,
        )

    # When the answer comes, as superuser

    @api.model
    def _answered(self, ask, request):
        asker = self._as_asker(ask)
        answer = as_html(request.answer or "")
        if ask.left_out:
            answer += Markup("<p><i>%s.</i></p>") % ask.left_out
        asker._tell(asker._channel(ask), answer)
        if ask.up_to:
            member = asker._member(asker._channel(ask)).sudo()
            member.gpt_former_separator = ask.up_to + 1

    @api.model
    def _failed(self, ask, request):
        asker = self._as_asker(ask)
        request = request.with_context(lang=ask.user_id.lang)
        reason = request.env["gpt.request.error"]._label(request.error_code)
        advice = request.error_advice or ""
        text = asker.env._(
            "The AI gave no answer: %(reason)s %(advice)s",
            reason=reason,
            advice=advice,
        )
        asker._tell(asker._channel(ask), text)

    @api.model
    def _as_asker(self, ask):
        """Return the service of whoever asked: with their rights and language."""
        return self.with_user(ask.user_id).with_context(lang=ask.user_id.lang)

    @api.model
    def _channel(self, ask):
        return self.env["discuss.channel"].browse(ask.res_id)
