# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The job that answers a visitor."""

import hashlib
from contextlib import contextmanager
from functools import partial

from odoo import models

from odoo.addons.gpt_core.engine.text.blank import is_blank
from odoo.addons.gpt_core.engine.text.numbers import as_share
from odoo.addons.gpt_core.engine.text.small_talk import is_small_talk
from odoo.addons.gpt_core.utils.transaction import in_own_transaction

from ..compat import is_open, visitor_name
from ..engine import chat
from ..engine.decision import decide
from ..engine.reading import MAX_EARLIER
from ..engine.repeating import at_deadline, repeating
from ..engine.reply_text import reply_text
from ..engine.transcript import MAX_TURNS, Turn, transcript

# No answer is longer, whatever a chain allows.
MAX_REPLY_CHARS = 900
TYPING_SECONDS = 45


class GptLivechatSession(models.Model):
    # One subject per file.
    _inherit = "gpt.livechat.session"  # pylint: disable=consider-merging-classes-inherited

    def _answer_job(self, message_id):
        """Answer the visitor's messages up to ``message_id``, unless a newer one came.

        Every message has its job, and the job of the last one answers all of a burst.
        """
        begun = in_own_transaction(self.env, self._begin, message_id)
        if begun:
            self.with_context(**begun)._gpt_run_job("_prepare_answer", message_id)

    def _catch_up_job(self):
        """Answer what was left while the chat was a person's, if anything was."""
        message_id = in_own_transaction(self.env, self._left_unanswered)
        if message_id:
            begun = in_own_transaction(self.env, self._show_begin, message_id)
            self.with_context(**begun)._gpt_run_job("_prepare_answer", message_id)

    def _begin(self, env, message_id):
        """Show that an answer is under way, or put it off, and return nothing then."""
        session = self.with_env(env).exists()
        if session and session._throttle(message_id):
            return None
        return self._show_begin(env, message_id)

    def _show_begin(self, env, message_id):
        """Show that an answer is under way; return the context to go on in.

        It is committed before anything is prepared, which takes a second in a worker
        that never asked a model before: the visitor should not wait for a sign of life.
        """
        self._show_typing(env, message_id)
        session = self.with_env(env).exists()
        return {"gpt_seconds_left": session and session._seconds_left()}

    @contextmanager
    def _gpt_while_asking(self, *args):
        """Keep the visitor's sign of life alive, and call a person when it takes long.

        Browsers forget after 60 s that somebody types.
        """
        if not args:  # it is a summary, for which nobody waits
            with super()._gpt_while_asking(*args):
                yield
            return
        show = partial(in_own_transaction, self.env, self._show_typing, *args)
        look = partial(in_own_transaction, self.env, self._look_at_clock)
        left = self.env.context.get("gpt_seconds_left")
        with super()._gpt_while_asking(*args):
            with repeating(show, TYPING_SECONDS), at_deadline(left, look):
                yield

    def _gpt_hand_over(self, request, retry_in):
        """Tell the visitor at once when the next try comes too late."""
        wait = super()._gpt_hand_over(request, retry_in)
        session = self.exists()
        if wait and session and not session._is_summary(request):
            session._look_at_clock(self.env, ahead=wait)
        return wait

    def _left_unanswered(self, env):
        session = self.with_env(env).exists()
        if not session or not is_open(session.channel_id):
            return 0
        newest = session._newest_message()
        return newest if session._chat_state().answered < newest else 0

    def _show_typing(self, env, message_id):
        session = self.with_env(env).exists()
        if session and session._is_wanted(message_id):
            session._set_typing(True)

    def _is_wanted(self, message_id):
        self.ensure_one()
        current = self._chat_state()
        return (
            chat.is_with_assistant(current)
            and current.answered < self._newest_message() <= message_id
            and is_open(self.channel_id)
        )

    def _prepare_answer(self, message_id):
        """Return what to ask for; ``None`` when there is nothing to ask."""
        self.ensure_one()
        if not is_open(self.channel_id):
            self._handle_event(chat.ChatClosed())
            return None
        if not self._pending_messages():
            # It was answered, or was not the visitor's, or is gone.
            self._set_typing(False)
            return None
        effects = self._handle_event(
            chat.AnswerDue(message_id, self._newest_message(), self._wish())
        )
        if chat.AskModel() not in effects:
            return None
        session = self._in_visitor_lang()
        return {
            "chain": session.agent_id.chain_id,
            "values": session._chain_values(),
            "conversation": session._conversation(),
            "cite": session.agent_id.needs_source,
            "payload": {
                "message_id": message_id,
                "epoch": session.epoch,
                "asked": session._asked_texts(session._pending_messages()),
            },
        }

    def _asked_texts(self, messages):
        """Return what to know the visitor's messages by, as long as they stay so."""
        texts = {str(m.id): self._asked(m) for m in messages if self._is_seen(m)}
        return {
            key: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
            for key, text in texts.items()
        }

    def _what_became_of(self, asked):
        """Return what became of the visitor's words meanwhile, as the engine has it.

        :param asked: what ``_asked_texts`` said when the model was asked
        """
        if asked is None:  # the job broke down before it asked
            return "same" if self._pending_messages() else "deleted"
        messages = self.env["mail.message"].browse(map(int, asked)).exists()
        now = self._asked_texts(messages)
        if not now:
            return "deleted"
        return "same" if now == asked else "changed"

    def _wish(self):
        """Return what the visitor's pending messages ask for."""
        pending = self._pending_messages()
        earlier = self._visitor_messages() - pending
        wish = self.agent_id._reader().wish(
            [self._message_text(message) for message in pending],
            [self._message_text(message) for message in earlier[-MAX_EARLIER:]],
            contact_wanted=self.contact_state in ("asked", "asked_again"),
            has_file=bool(pending.attachment_ids),
        )
        # What needs no model is heard all the same, such as the contact that was
        # asked for when the limit was reached.
        return "limit" if wish == "answer" and self._is_over_limit() else wish

    def _conversation(self):
        if not self.conversation_id:
            self.conversation_id = self.env["gpt.conversation"].create(
                {
                    "name": self.channel_id.name,
                    "company_id": self.company_id.id,
                    "user_id": False,
                    "partner_id": self._visitor_partner().id,
                }
            )
        return self.conversation_id

    def _chain_values(self):
        """Return the values of the chain's inputs; other addons add theirs.

        An administrator's own chain may declare fewer of them.
        """
        pending = self._pending_messages()
        earlier = self._messages().filtered(lambda m: m not in pending)[-MAX_TURNS:]
        agent = self.agent_id
        greeting = [Turn("Assistant", agent.greeting)] if agent.greeting else []
        values = {
            "question": "\n".join(self._asked(message) for message in pending),
            "conversation": transcript([*greeting, *map(self._turn, earlier)]),
            "facts": agent.knowledge,
            "agent": agent.name,
            "company": self.company_id.name,
        }
        return self._declared(agent.chain_id, values)

    def _declared(self, chain, values):
        """Return those of ``values`` that a chain has inputs for."""
        # sudo: gpt.chain - the session's chain, whoever looks at it
        version = chain.sudo().published_version_id
        names = {item.name for item in version._spec().inputs} if version else ()
        return {name: value for name, value in values.items() if name in names}

    def _asked(self, message):
        text = self.agent_id._reader().question(self._message_text(message))
        files = ", ".join(message.attachment_ids.mapped("name"))
        return f"{text} [file: {files}]" if files else text

    def _turn(self, message):
        if self._is_from_visitor(message):
            speaker = "Visitor"
        elif message.author_id == self.agent_id.partner_id:
            speaker = "Assistant"
        else:
            speaker = "Employee"
        return Turn(speaker, self._message_text(message))

    def _gpt_asker(self):
        opener = self.channel_id.create_uid
        return self.env.ref("base.public_user") if opener._is_public() else opener

    def _gpt_names(self):
        """Return the names to mask: of who is in the chat, or wrote in it."""
        members = self.channel_id.channel_member_ids
        messages = self._messages()
        people = members.partner_id | messages.author_id
        people |= self.channel_id.livechat_visitor_id.partner_id
        guests = (members.guest_id | messages.author_guest_id).mapped("name")
        given = filter(self._is_own_name, [*guests, visitor_name(self.channel_id)])
        return [*(people - self._bot_partners()).mapped("name"), *given]

    def _is_own_name(self, name):
        """Tell whether a guest has a name, not "Visitor #5", which Odoo gives."""
        speaking = self.with_context(lang=self.lang or self.env.lang)
        unnamed = {"visitor", speaking.env._("Visitor").casefold()}
        word = (name or "").partition("#")[0].strip().casefold()
        return bool(word) and word not in unnamed

    # What comes of it

    def _gpt_apply(self, request):
        if self._is_summary(request):
            self._apply_summary(request)
            return
        data = request.data or {}
        spoken = str(data.get("language") or "")[:2].lower()
        if spoken.isalpha() and spoken != self.spoken:
            self.spoken = spoken
        decision = decide(
            request.data,
            self.agent_id._rules(),
            questions=self.questions_asked,
            cited=len(request._cited_sources()),
            is_small_talk=self._is_small_talk(),
        )
        self._handle_decision(request.payload, decision, request)

    def _gpt_failed(self, request):
        if self._is_summary(request):
            return
        known = ("budget", "no_source")
        reason = request.error_code if request.error_code in known else "error"
        self._handle_decision(
            request.payload, chat.ModelDecision("handoff", reason), request
        )

    def _gpt_crashed(self, message_id=None):
        if message_id is None:
            return  # a chat that cannot be summed up leaves nobody waiting
        payload = {"message_id": message_id, "epoch": self.epoch}
        self._handle_decision(payload, chat.ModelDecision("handoff", "error"))

    def _handle_decision(self, payload, decision, request=None):
        self._lock()
        if not is_open(self.channel_id):
            self._handle_event(chat.ChatClosed())
            return
        if request and decision.action != "handoff" and self._is_empty(request):
            decision = chat.ModelDecision("handoff", "error")
        event = chat.ModelDecided(
            payload["message_id"],
            self._newest_message(),
            payload["epoch"],
            decision,
            self._what_became_of(payload.get("asked")),
        )
        self._handle_event(event, request)

    def _is_empty(self, request):
        """Tell whether the visitor would see nothing of an answer."""
        data = request.data
        text = str(data.get("answer") or "") if data else request.answer or ""
        return is_blank(text)

    def _reply_of(self, request, room_for=""):
        """Return the text to post of an answer: cut, with safe links and sources.

        :param room_for: what will be added to it
        """
        limit = min(request.max_chars or MAX_REPLY_CHARS, MAX_REPLY_CHARS)
        data = request.data
        return reply_text(
            str(data["answer"]) if data else request.answer or "",
            limit - (len(room_for) + 1 if room_for else 0),
            hosts=self.agent_id._hosts(),
            sources={
                number: self._source_name(source)
                for number, source in request._cited_sources().items()
            },
            heading=self.env._("Sources:"),
            removed=self.env._("[link removed]"),
        )

    def _source_name(self, source):
        name = source.get("source") or self.env._("document")
        page = source.get("page")
        return f"{name}, p. {page}" if page else name

    def _is_small_talk(self):
        """Tell whether what waits for an answer is nothing but greetings and thanks."""
        texts = [self._message_text(message) for message in self._pending_messages()]
        return bool(texts) and all(map(is_small_talk, texts))

    def _answer_values(self, request, message):
        """Return the row that keeps a posted answer."""
        data = request.data or {}
        return {
            "session_id": self.id,
            "message_id": message.id,
            "request_id": request.id,
            "confidence": as_share(data.get("confidence")),
            "is_question": data.get("action") == "ask",
        }
