# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup, escape

from odoo import api, fields, models

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..compat import keep_note


class GptLivechatHandoffSummary(models.Model):
    """What the model tells the person who takes a chat over, and the visitor never.

    It is a request of its own, which nobody waits for: what needs no model (reason,
    contact, last question) is shown at once, see :meth:`_html`.
    """

    _name = "gpt.livechat.handoff.summary"
    _description = "GPT Live Chat Hand-Off Summary"
    _inherit = ["gpt.consumer.mixin"]
    _rec_name = "session_id"

    session_id = fields.Many2one(
        "gpt.livechat.session",
        string="Chat",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    summary = fields.Text()
    facts = fields.Text(string="Confirmed Facts")
    open_question = fields.Text()
    reply = fields.Text(string="Suggested Reply")
    sources = fields.Text(string="Sources Shown")

    # Asking the model

    @api.model
    def _enqueue(self, session):
        """Have the chat summed up, once for each time that it is handed over."""
        chain = session.agent_id.summary_chain_id
        if not chain or not self.env["gpt.livechat.history"]._last_question(session):
            return
        if not session.summary_id:
            session.summary_id = self.create({"session_id": session.id})
        delayed(
            clean_superuser(session.summary_id),
            identity_key=f"gpt-livechat-summary-{session.id}-{session.epoch}",
            description=session.env._("Sum up the chat %s", session.channel_id.name),
        )._summarize_job()

    def _summarize_job(self):
        """Sum the chat up for the person who takes it over."""
        self._gpt_run_job("_prepare_summary")

    def _prepare_summary(self):
        session = self.session_id._in_visitor_lang()
        chain = session.agent_id.summary_chain_id
        if not chain or session.state in ("bot", "closed"):
            return None
        values = {
            "conversation": session.transcript,
            "company": session.company_id.name,
            "language": self._language_of(session),
        }
        history = session.env["gpt.livechat.history"]
        return {
            "chain": chain,
            "values": history._declared(chain, values),
            "conversation": session._conversation(),
        }

    @api.model
    def _language_of(self, session):
        """Return the name of the language that whoever reads it reads best."""
        company_lang = session.company_id.partner_id.lang
        lang = session.operator_id.lang or company_lang or self.env.lang
        return self.env["res.lang"]._get_data(code=lang).name or "English"

    # A consumer of the model's answers: see gpt.consumer.mixin

    def _gpt_apply(self, request):
        session = self.session_id
        data = request.data or {"summary": request.answer}
        facts = data.get("facts") or []
        # That they greet and want a person is no news for whoever is called.
        substance = session.agent_id._reader().substance
        last_question = self.env["gpt.livechat.history"]._last_question(session)
        self.write(
            {
                "summary": substance(data.get("summary") or "") or False,
                "facts": "\n".join(facts) if isinstance(facts, list) else facts,
                "open_question": substance(data.get("open_question") or "")
                or last_question,
                "reply": data.get("reply"),
                "sources": self.env["gpt.livechat.posting"]._sources_text(session),
            }
        )
        if session.state in ("waiting", "human"):
            self._send(session, session.operator_id.partner_id)

    def _gpt_failed(self, request):
        """Leave it: whoever takes over has read what needs no model."""

    def _gpt_asker(self):
        return self.session_id._gpt_asker()

    def _gpt_names(self):
        return self.session_id._gpt_names()

    # Showing it

    @api.model
    def _show(self, session):
        """Show it to the person in the chat; have the model sum the chat up."""
        self._send(session, session.operator_id.partner_id)
        self._enqueue(session)

    @api.model
    def _send(self, session, partner):
        """Show it in a person's chat window.

        It is no message: those of the chat, notes too, reach the visitor's browser.
        """
        if not partner:
            return
        html = self._html(session.with_context(lang=partner.lang or session.env.lang))
        if not html:
            return
        partner._bus_send_transient_message(session.channel_id, html)
        keep_note(session.channel_id, html)

    @api.model
    def _html(self, session):
        """Return what to tell of a chat as HTML, empty when there is nothing to tell.

        Everything in it is text, whoever wrote it.
        """
        env, made = session.env, session.summary_id
        question = made.open_question
        question = question or env["gpt.livechat.history"]._last_question(session)
        contact = filter(None, [session.contact_email, session.contact_phone])
        rows = [
            (env._("Reason"), session._handoff_reason_label()),
            (env._("Summary"), made.summary),
            (env._("Confirmed"), made.facts),
            (env._("Open question"), question),
            (
                env._("Sources shown"),
                env["gpt.livechat.posting"]._sources_text(session),
            ),
            (env._("Contact"), ", ".join(contact)),
            (env._("Suggested reply"), made.reply),
        ]
        lines = [
            Markup("<b>%s:</b> %s") % (label, self._lines_html(text))
            for label, text in rows
            if text and text.strip()
        ]
        return Markup("<div>%s</div>") % Markup("<br/>").join(lines) if lines else ""

    @api.model
    def _lines_html(self, text):
        lines = [line.strip() for line in text.splitlines()]
        return Markup("<br/>").join(escape(line) for line in lines if line)
