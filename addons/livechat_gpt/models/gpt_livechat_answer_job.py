# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from functools import partial

from odoo import api, models

from odoo.addons.gpt_core.engine.processes.repeating import at_deadline, repeating
from odoo.addons.gpt_core.engine.text.blank import is_blank
from odoo.addons.gpt_core.engine.text.small_talk import is_small_talk
from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import best_effort, clean_superuser

from ..compat import is_open
from ..engine import chat
from ..engine.decision import decide
from ..engine.reading import MAX_EARLIER

TYPING_SECONDS = 45
# A post that saw a person in charge, and enqueued no job, is committed by then.
CATCH_UP_SECONDS = 3
# What a session must know of itself while its visitor posts.
POST_COLUMNS = [
    "state",
    "person_called",
    "agent_id",
    "company_id",
    "channel_id",
    "contact_state",
]
# What is done while the visitor posts: it needs no model, and so no job.
AT_ONCE = ("person", "contact", "bad_contact", "file")


class GptLivechatAnswerJob(models.AbstractModel):
    """The way of a visitor's message: a job, a question to the model, a decision.

    ``_on_message`` does what needs no model, or enqueues the job, ``_run`` is the job,
    ``_prepare`` says what the model is asked, and ``_apply`` or ``_fail`` what comes of
    it. What is posted then is made by ``gpt.livechat.posting``.
    """

    _name = "gpt.livechat.answer.job"
    _description = "GPT Live Chat: Answering of Visitors"

    # A message is posted

    @api.model
    def _on_message(self, channel, message):
        """React to a message that is being posted in a chat; called as superuser.

        A visitor's post waits for nothing but this, so it reads the few columns that
        it needs, and writes nothing but a job; unless the visitor asks for what needs
        no model, and does not wait behind those who do.
        """
        if not message._gpt_is_comment():
            return
        sessions = self.env["gpt.livechat.session"].search_fetch(
            [("channel_id", "=", channel.id), ("state", "!=", "closed")], POST_COLUMNS
        )
        for session in sessions:
            if channel._gpt_is_visitors_post(message):
                if is_open(channel) and not session._is_with_person():
                    if not self._answer_at_once(session, message):
                        self._enqueue(session, message)
            elif session.state != "human" and channel._gpt_is_employees(message):
                self.env["gpt.livechat.handoff"]._on_person_wrote(
                    session, message.author_id
                )

    def _answer_at_once(self, session, message):
        """Do what a message asks for, if no model is needed; tell if that was all."""
        if not self._may_need_no_model(session, message):
            return False
        clean = clean_superuser(session).with_company(session.company_id)
        effects = ()
        with best_effort(clean.env, "An answer without a model") as attempt:
            effects = self._handle_at_once(clean, message.id)
        if attempt.error:
            return False
        return bool(effects) and chat.AskModel() not in effects

    def _may_need_no_model(self, session, message):
        """Tell whether it is worth a closer look if a message needs a model."""
        text = message._gpt_text()
        if not text.strip() or session.contact_state in ("asked", "asked_again"):
            return True
        return session.agent_id._asks_for_person(text)

    def _handle_at_once(self, session, message_id):
        """Hand a message to the machine that needs no model; return the effects."""
        if session.env["gpt.livechat.rate.limit"]._is_too_fast(session, message_id):
            return ()  # its job says so
        wish = self._wish(session)
        if wish not in AT_ONCE:
            return ()
        return session._handle_event(self._due(session, message_id, wish))

    def _enqueue(self, session, message):
        # Without a key, which is a query: a message is posted once.
        eta = session.agent_id._debounce()
        self._delayed(session, eta)._answer_job(message.id)

    def _enqueue_catch_up(self, session, _effect=None, _request=None):
        delayed(
            clean_superuser(session),
            eta=session.agent_id.debounce_seconds + CATCH_UP_SECONDS,
            identity_key=f"gpt-livechat-catch-up-{session.id}-{session.epoch}",
            description=session.env._("Look for unanswered messages"),
        )._catch_up_job()

    def _delayed(self, session, eta=None, identity_key=None):
        """Return the session, to enqueue a job that answers its visitor."""
        # The company is the session's, and nobody looks up the superuser's; a new job
        # has no changes to be tracked.
        clean = clean_superuser(session).with_company(session.company_id)
        return delayed(
            clean.with_context(tracking_disable=True),
            eta=eta,
            identity_key=identity_key,
            description=session.env._("Answer in the chat %s", session.channel_id.name),
        )

    # The job

    def _run(self, session, message_id):
        """Answer the visitor's messages up to ``message_id``."""
        self._ask(session, message_id, "_begin")

    def _run_catch_up(self, session):
        """Answer what was left while a person had the chat, if anything was."""
        message_id = session._in_own_transaction(self._name, "_left_unanswered")
        if message_id:
            self._ask(session, message_id, "_show_begin")

    def _ask(self, session, message_id, begin):
        begun = session._in_own_transaction(self._name, begin, message_id)
        if begun:
            session.with_context(**begun)._gpt_run_job("_prepare_answer", message_id)

    def _begin(self, session, message_id):
        """Show that an answer is under way, or throttle it, and return nothing then."""
        if session.env["gpt.livechat.rate.limit"]._throttle(session, message_id):
            return None
        return self._show_begin(session, message_id)

    def _show_begin(self, session, message_id):
        """Show that an answer is under way; return the context to go on in.

        It is committed before anything is prepared, which takes a second in a worker
        that never asked a model before: the visitor should not wait for a sign of life.
        """
        self._show_typing(session, message_id)
        return {"gpt_seconds_left": self.env["gpt.livechat.clock"]._time_left(session)}

    def _left_unanswered(self, session):
        """Return the id of the newest message if it has no answer, else 0."""
        newest = session._newest_message() if is_open(session.channel_id) else 0
        return newest if session._chat_state().answered < newest else 0

    @contextmanager
    def _while_asking(self, session, message_id):
        """Keep the visitor's sign of life alive, and call a person when it takes long.

        Browsers forget after 60 s that somebody types.
        """
        alone = session._in_own_transaction
        show = partial(alone, self._name, "_show_typing", message_id)
        look = partial(alone, "gpt.livechat.clock", "_tick")
        left = session.env.context.get("gpt_seconds_left")
        with repeating(show, TYPING_SECONDS), at_deadline(left, look):
            yield

    def _show_typing(self, session, message_id):
        if self._is_wanted(session, message_id):
            self.env["gpt.livechat.posting"]._set_typing(session, True)

    def _is_wanted(self, session, message_id):
        current = session._chat_state()
        return (
            chat.is_with_assistant(current)
            and current.answered < session._newest_message() <= message_id
            and is_open(session.channel_id)
        )

    # What the model is asked

    def _prepare(self, session, message_id):
        """Return what to ask for; ``None`` when there is nothing to ask."""
        session.ensure_one()
        if not is_open(session.channel_id):
            session._handle_event(chat.ChatClosed())
            return None
        if not session._pending_messages():
            # It was answered, or was not the visitor's, or is gone.
            self.env["gpt.livechat.posting"]._set_typing(session, False)
            return None
        wish = self._wish(session)
        effects = session._handle_event(self._due(session, message_id, wish))
        if chat.AskModel() not in effects:
            return None
        session = session._in_visitor_lang()
        history = session.env["gpt.livechat.history"]
        return {
            "chain": session.agent_id.chain_id,
            "values": history._chain_values(session),
            "conversation": session._conversation(),
            "cite": session.agent_id.needs_source,
            "payload": {
                "message_id": message_id,
                "epoch": session.epoch,
                "asked": history._fingerprints(session, session._pending_messages()),
            },
        }

    def _due(self, session, message_id, wish):
        """Return the event that the visitor's pending messages are to be answered."""
        asks = False
        if wish == "contact":
            # The question that took too long has its own job.
            pending = session._pending_messages()
            pending = pending.filtered(lambda m: m.id > session.late_message_id)
            texts = [message._gpt_text() for message in pending]
            asks = session.agent_id._reader().asks_something(texts)
        return chat.AnswerDue(message_id, session._newest_message(), wish, asks)

    def _wish(self, session):
        """Return what the visitor's pending messages ask for."""
        pending = session._pending_messages()
        earlier = session.channel_id._gpt_visitor_messages() - pending
        wish = session.agent_id._reader().wish(
            [message._gpt_text() for message in pending],
            [message._gpt_text() for message in earlier[-MAX_EARLIER:]],
            contact_wanted=session.contact_state in ("asked", "asked_again"),
            has_file=bool(pending.attachment_ids),
        )
        # What needs no model is heard all the same, such as the contact that was
        # asked for when the limit was reached.
        limits = self.env["gpt.livechat.rate.limit"]
        is_over = wish == "answer" and limits._is_over_limit(session)
        return "limit" if is_over else wish

    # What comes of it

    def _apply(self, session, request):
        """Do what the model decided."""
        data = request.data or {}
        spoken = str(data.get("language") or "")[:2].lower()
        if spoken.isalpha() and spoken != session.spoken:
            session.spoken = spoken
        decision = decide(
            request.data,
            session.agent_id._rules(),
            questions=session.questions_asked,
            cited=len(request._cited_sources()),
            is_small_talk=self._is_small_talk(session),
        )
        if decision.action != "handoff" and self._is_empty(request):
            decision = chat.ModelDecision("handoff", "error")
        self._handle_decision(session, request.payload, decision, request)

    def _fail(self, session, request):
        """Call a person: there will be no answer."""
        known = ("budget", "no_source")
        reason = request.error_code if request.error_code in known else "error"
        decision = chat.ModelDecision("handoff", reason)
        self._handle_decision(session, request.payload, decision, request)

    def _crash(self, session, message_id):
        """Call a person: the job broke down."""
        payload = {"message_id": message_id, "epoch": session.epoch}
        decision = chat.ModelDecision("handoff", "error")
        self._handle_decision(session, payload, decision)

    def _handle_decision(self, session, payload, decision, request=None):
        session._lock()
        if not is_open(session.channel_id):
            session._handle_event(chat.ChatClosed())
            return
        event = chat.ModelDecided(
            payload["message_id"],
            session._newest_message(),
            payload["epoch"],
            decision,
            self.env["gpt.livechat.history"]._what_became_of(
                session, payload.get("asked")
            ),
        )
        session._handle_event(event, request)

    def _is_empty(self, request):
        """Tell whether the visitor would see nothing of an answer."""
        data = request.data
        text = str(data.get("answer") or "") if data else request.answer or ""
        return is_blank(text)

    def _is_small_talk(self, session):
        """Tell whether what waits for an answer is nothing but greetings and thanks."""
        texts = [message._gpt_text() for message in session._pending_messages()]
        return bool(texts) and all(map(is_small_talk, texts))
