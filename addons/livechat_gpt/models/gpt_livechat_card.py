# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the person who takes a chat over is told, and the visitor never is."""

from dataclasses import replace

from markupsafe import Markup, escape

from odoo import fields, models

from odoo.addons.gpt_core.engine.text.length import cut_at_sentence
from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..compat import keep_note
from ..engine.reading import MAX_EARLIER
from ..engine.transcript import MAX_TURNS, transcript

MAX_QUESTION_CHARS = 400


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    handoff_summary = fields.Text(string="Summary")
    handoff_facts = fields.Text(string="Confirmed Facts")
    handoff_question = fields.Text(string="Open Question")
    handoff_reply = fields.Text(string="Suggested Reply")
    handoff_sources = fields.Text(string="Sources Shown")
    transcript = fields.Text(compute="_compute_transcript")

    def _compute_transcript(self):
        names = self._speaker_names()
        for session in self:
            # sudo: mail.message - whoever may read the session may read the chat
            stored = session.sudo()
            said = [
                stored._turn(message) for message in stored._messages()[-MAX_TURNS:]
            ]
            session.transcript = transcript(
                [replace(turn, speaker=names[turn.speaker]) for turn in said]
            )

    def _speaker_names(self):
        """Return how those who speak in a transcript are called."""
        return {
            "Visitor": self.env._("Visitor"),
            "Assistant": self.env._("Assistant"),
            "Employee": self.env._("Employee"),
        }

    def _show_summary(self):
        """Show the summary to the person in the chat; ask the model for more."""
        self.ensure_one()
        self._send_summary(self.operator_id.partner_id)
        self._request_summary()

    def _send_summary(self, partner):
        """Show the summary in a person's chat window.

        It is no message: those of the chat, notes too, reach the visitor's browser.
        """
        if not partner:
            return
        summary = self.with_context(lang=partner.lang or self.env.lang)._summary_html()
        if not summary:
            return
        partner._bus_send_transient_message(self.channel_id, summary)
        keep_note(self.channel_id, summary)

    def _summary_html(self):
        """Return the summary as HTML, empty when there is nothing to tell.

        Everything in it is text, whoever wrote it.
        """
        labels = dict(self._fields["handoff_reason"]._description_selection(self.env))
        rows = [
            (self.env._("Reason"), labels.get(self.handoff_reason)),
            (self.env._("Summary"), self.handoff_summary),
            (self.env._("Confirmed"), self.handoff_facts),
            (
                self.env._("Open question"),
                self.handoff_question or self._last_question(),
            ),
            (self.env._("Sources shown"), self._sources_text()),
            (self.env._("Contact"), self._contact_text()),
            (self.env._("Suggested reply"), self.handoff_reply),
        ]
        lines = [
            Markup("<b>%s:</b> %s") % (label, self._lines_html(text))
            for label, text in rows
            if text and text.strip()
        ]
        return Markup("<div>%s</div>") % Markup("<br/>").join(lines) if lines else ""

    def _lines_html(self, text):
        lines = [line.strip() for line in text.splitlines()]
        return Markup("<br/>").join(escape(line) for line in lines if line)

    def _last_question(self):
        """Return what the visitor wants, in his own last words about it."""
        newest = reversed(self._visitor_messages()[-MAX_EARLIER:])
        return cut_at_sentence(next(self._questions(newest), ""), MAX_QUESTION_CHARS)

    def _questions(self, messages):
        """Yield what the visitor said in ``messages`` that has substance."""
        reader = self.agent_id._reader()
        for message in messages:
            text = self._message_text(message)
            if not self._is_contact(text):
                if said := reader.substance(reader.question(text)):
                    yield said

    def _is_contact(self, text):
        """Tell whether a text is where the visitor left the contact that we keep."""
        if "?" in text:
            return False
        found = self.agent_id._reader().contact(text)
        kept = {self.contact_email, self.contact_phone}
        return any(given and given in kept for given in (found.email, found.phone))

    def _contact_text(self):
        return ", ".join(filter(None, [self.contact_email, self.contact_phone]))

    def _sources_text(self):
        """Return the names of the documents that answers named as their sources."""
        found = [
            self._source_name(source)
            for request in self.answer_ids.request_id
            for source in request._cited_sources().values()
        ]
        return "\n".join(dict.fromkeys(found))

    # Summing up is a request of its own: nobody waits for it.

    def _request_summary(self):
        if self.agent_id.summary_chain_id and self._last_question():
            delayed(
                clean_superuser(self),
                identity_key=f"gpt-livechat-summary-{self.id}-{self.epoch}",
                description=self.env._("Sum up the chat %s", self.channel_id.name),
            )._summary_job()

    def _summary_job(self):
        """Sum the chat up for the person who takes it over."""
        self._gpt_run_job("_prepare_summary")

    def _prepare_summary(self):
        session = self._in_visitor_lang()
        chain = session.agent_id.summary_chain_id
        if not chain or session.state in ("bot", "closed"):
            return None
        values = {
            "conversation": session.transcript,
            "company": session.company_id.name,
            "language": session._summary_language(),
        }
        return {
            "chain": chain,
            "values": session._declared(chain, values),
            "conversation": session._conversation(),
            "payload": {"summary": True, "epoch": session.epoch},
        }

    def _summary_language(self):
        """Return the name of the language that whoever reads the summary reads best."""
        lang = self.operator_id.lang or self.company_id.partner_id.lang or self.env.lang
        return self.env["res.lang"]._get_data(code=lang).name or "English"

    def _is_summary(self, request):
        return bool((request.payload or {}).get("summary"))

    def _apply_summary(self, request):
        data = request.data or {"summary": request.answer}
        facts = data.get("facts") or []
        # That he greets and wants a person is no news for whoever is called.
        substance = self.agent_id._reader().substance
        self.write(
            {
                "handoff_summary": substance(data.get("summary") or "") or False,
                "handoff_facts": "\n".join(facts) if isinstance(facts, list) else facts,
                "handoff_question": substance(data.get("open_question") or "")
                or self._last_question(),
                "handoff_reply": data.get("reply"),
                "handoff_sources": self._sources_text(),
            }
        )
        if self.state in ("waiting", "human"):
            self._send_summary(self.operator_id.partner_id)
