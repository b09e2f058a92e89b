# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from dataclasses import replace

from odoo import api, models

from odoo.addons.gpt_core.engine.conversation.transcript import (
    MAX_TURNS,
    Turn,
    transcript,
)
from odoo.addons.gpt_core.engine.text.length import cut_at_sentence

from ..compat import visitor_name
from ..engine.reading import MAX_EARLIER

MAX_QUESTION_CHARS = 400


class GptLivechatHistory(models.AbstractModel):
    """What was said in a chat, as models and colleagues get to read it."""

    _name = "gpt.livechat.history"
    _description = "GPT Live Chat: History for Models and Colleagues"

    def _chain_values(self, session):
        """Return the values of the chain's inputs; other addons add theirs.

        An administrator's own chain may declare fewer of them.
        """
        values = self._values(session, session._pending_messages())
        return self._declared(session.agent_id.chain_id, values)

    def _values(self, session, asked):
        """Return what a chain is handed in about a chat, by input.

        :param asked: the visitor's messages that are to be answered
        """
        messages = session.channel_id._gpt_messages()
        earlier = messages.filtered(lambda m: m not in asked)[-MAX_TURNS:]
        agent = session.agent_id
        greeting = [Turn("Assistant", agent.greeting)] if agent.greeting else []
        said = [self._turn(session, message) for message in earlier]
        return {
            "question": "\n".join(self._asked(session, m) for m in asked),
            "conversation": transcript([*greeting, *said]),
            "facts": agent.knowledge,
            "agent": agent.name,
            "company": session.company_id.name,
        }

    def _offered_values(self, session):
        """Return what a chain would be handed in now; the last question where none
        waits.
        """
        visitors = session.channel_id._gpt_visitor_messages()
        asked = session._pending_messages() or visitors[-1:]
        messages = session.channel_id._gpt_messages()
        # What came after the question was said in answer to it.
        later = messages.filtered(lambda m: asked and m.id > asked[-1:].id)
        values = self._values(session, asked | later)
        values["question"] = "\n".join(self._asked(session, m) for m in asked)
        summary = session.env["gpt.livechat.handoff.summary"]
        return values | {"language": summary._language_of(session)}

    @api.model
    def _declared(self, chain, values):
        """Return those of ``values`` that a chain has inputs for."""
        # sudo: gpt.chain - the session's chain, whoever looks at it
        version = chain.sudo().published_version_id
        names = {item.name for item in version._spec().inputs} if version else ()
        return {name: value for name, value in values.items() if name in names}

    def _asked(self, session, message):
        """Return what a visitor's message asks."""
        text = session.agent_id._reader().question(message._gpt_text())
        files = ", ".join(message.attachment_ids.mapped("name"))
        return f"{text} [file: {files}]" if files else text

    def _transcript(self, session):
        """Return the chat as people read it, in the language of the context."""
        names = self._speaker_names()
        messages = session.channel_id._gpt_messages()[-MAX_TURNS:]
        turns = [self._turn(session, message) for message in messages]
        return transcript([replace(t, speaker=names[t.speaker]) for t in turns])

    def _turn(self, session, message):
        """Return a message as a turn of the transcript."""
        if session.channel_id._gpt_is_visitors(message):
            speaker = "Visitor"
        elif message.author_id == session.agent_id.partner_id:
            speaker = "Assistant"
        else:
            speaker = "Employee"
        return Turn(speaker, message._gpt_text())

    @api.model
    def _speaker_names(self):
        """Return how those who speak in a transcript are called."""
        return {
            "Visitor": self.env._("Visitor"),
            "Assistant": self.env._("Assistant"),
            "Employee": self.env._("Employee"),
        }

    # Whether the messages are still what the model was asked

    def _fingerprints(self, session, messages):
        """Return what to know the visitor's messages by, as long as they stay so."""
        texts = {
            str(message.id): self._asked(session, message)
            for message in messages
            if message._gpt_has_content()
        }
        return {
            key: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
            for key, text in texts.items()
        }

    def _what_became_of(self, session, asked):
        """Return what became of the visitor's words meanwhile, as the engine has it.

        :param asked: what ``_fingerprints`` said when the model was asked
        """
        if asked is None:  # the job broke down before it asked
            return "same" if session._pending_messages() else "deleted"
        messages = self.env["mail.message"].browse(map(int, asked)).exists()
        now = self._fingerprints(session, messages)
        if not now:
            return "deleted"
        return "same" if now == asked else "changed"

    # What it is about

    def _last_question(self, session):
        """Return what the visitor wants, in their own last words about it."""
        newest = reversed(session.channel_id._gpt_visitor_messages()[-MAX_EARLIER:])
        found = next(self._questions(session, newest), "")
        return cut_at_sentence(found, MAX_QUESTION_CHARS)

    def _first_question(self, session):
        """Return what the visitor asked first."""
        first = session.channel_id._gpt_visitor_messages()[:MAX_EARLIER]
        return next(self._questions(session, first), "")

    def _questions(self, session, messages):
        """Yield what the visitor said in ``messages`` that has substance."""
        reader = session.agent_id._reader()
        for message in messages:
            text = message._gpt_text()
            if not self._is_contact(session, text):
                if said := reader.substance(reader.question(text)):
                    yield said

    def _is_contact(self, session, text):
        """Tell whether a text is where the visitor left the contact that we keep."""
        if "?" in text:
            return False
        found = session.agent_id._reader().contact(text)
        kept = {session.contact_email, session.contact_phone}
        return any(given and given in kept for given in (found.email, found.phone))

    # Whose names are masked

    def _names(self, session):
        """Return the names to mask: of who is in the chat, or wrote in it."""
        channel = session.channel_id
        members = channel.channel_member_ids
        messages = channel._gpt_messages()
        people = members.partner_id | messages.author_id
        people |= channel.livechat_visitor_id.partner_id
        guests = (members.guest_id | messages.author_guest_id).mapped("name")
        given = [
            name
            for name in (*guests, visitor_name(channel))
            if self._is_own_name(session, name)
        ]
        return [*(people - session._bot_partners()).mapped("name"), *given]

    def _is_own_name(self, session, name):
        """Tell whether a guest has a name, not "Visitor #5", which Odoo gives."""
        speaking = session.with_context(lang=session.lang or session.env.lang)
        unnamed = {"visitor", speaking.env._("Visitor").casefold()}
        word = (name or "").partition("#")[0].strip().casefold()
        return bool(word) and word not in unnamed
