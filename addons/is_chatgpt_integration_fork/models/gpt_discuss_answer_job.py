# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
from contextlib import contextmanager
from functools import partial

from odoo import api, models

from odoo.addons.gpt_core.engine.conversation.transcript import (
    MAX_CHARS,
    MAX_TURNS,
    transcript,
)
from odoo.addons.gpt_core.engine.processes.repeating import at_deadline, repeating
from odoo.addons.gpt_core.engine.text.blank import is_blank

from .gpt_discuss_history import MIN_NEW

TYPING_SECONDS = 45
# Who waits longer reads what is done meanwhile.
STATUS_SECONDS = 6
# The newest messages, and those that may have fallen out since the last summary.
MAX_THREAD = MAX_TURNS + MIN_NEW
# 8,000 tokens of three characters, without the chain's own text and four passages.
MAX_PROMPT_CHARS = 15_000
MIN_ROOM = 2_500
# A room whose readers change while the model is asked: so often it is asked again.
MAX_TRIES = 2


class GptDiscussAnswerJob(models.AbstractModel):
    """The way of a question: a job, a call of the model, an answer.

    ``_run`` is the job, ``_prepare`` says what the model is asked, ``_apply`` and
    ``_fail`` what comes of it.
    """

    _name = "gpt.discuss.answer.job"
    _description = "GPT Discuss: Answering"

    # The job

    @api.model
    def _run(self, question):
        if question._in_own_transaction("_begin"):
            self.env["gpt.discuss.history"]._catch_up(question)
            question._gpt_run_job("_prepare_answer")

    @api.model
    def _begin(self, question):
        """Show that an answer is under way; tell whether it is still wanted."""
        wanted = self._is_wanted(question)
        if wanted:
            self.env["gpt.discuss.posting"]._set_typing(question, True)
        elif question.state == "waiting":
            question.state = "dropped"
        return wanted

    @api.model
    def _is_wanted(self, question):
        membership = question.membership_id
        return (
            question.state == "waiting"
            and membership.answers != "never"
            and membership.agent_id.active
            and bool(membership.member_id)
            and question.message_id._gpt_has_content()
        )

    @contextmanager
    def _while_asking(self, question):
        """Keep the sign of life alive, and say what takes so long.

        Browsers forget after 60 s that somebody types.
        """
        alone = question._in_own_transaction
        with (
            repeating(partial(alone, "_begin"), TYPING_SECONDS),
            at_deadline(STATUS_SECONDS, partial(alone, "_show_status")),
        ):
            yield

    @api.model
    def _show_status(self, question):
        """Tell who asked, and nobody else, what is being done."""
        version = question.membership_id.agent_id.chain_id.published_version_id
        steps = version._spec().steps if version else ()
        if not self._is_wanted(question) or all(step.asks_model for step in steps):
            return
        question = self._localized(question)
        text = question.env._("I am looking into the documents…")
        whom = question.asker_id or question.guest_id
        whom._bus_send_transient_message(question.membership_id.channel_id, text)

    @api.model
    def _localized(self, question):
        lang = question.asker_id.lang or self.env.lang
        return question.with_company(question.company_id).with_context(lang=lang)

    # What the model is asked

    @api.model
    def _prepare(self, question):
        """Return what to ask for; ``None`` when there is nothing to ask."""
        if not self._is_wanted(question):
            if question.state == "waiting":
                question.state = "dropped"
            self.env["gpt.discuss.posting"]._set_typing(question, False)
            return None
        newer = self._siblings(question, [("state", "=", "waiting")]).filtered(
            lambda other: other.id > question.id
        )
        if newer and not question.private_of_id:
            question.state = "merged"  # its own job answers this one as well
            return None
        membership = question.membership_id
        return {
            "chain": membership.agent_id.chain_id,
            "values": self._declared(membership.agent_id.chain_id, question),
            "conversation": self._conversation(membership, question),
            "payload": {
                "epoch": membership.epoch,
                "asked": self._fingerprint(question),
                "readers": question._gpt_readers().ids,
            },
        }

    @api.model
    def _siblings(self, question, domain):
        """Return the other questions of the same person in the same place."""
        return question.search(
            [
                ("membership_id", "=", question.membership_id.id),
                ("asker_id", "=", question.asker_id.id),
                ("guest_id", "=", question.guest_id.id),
                ("private_of_id", "=", False),
                ("id", "!=", question.id),
                *domain,
            ],
            order="id",
        )

    @api.model
    def _merged(self, question):
        if question.private_of_id:
            return question.browse()
        return self._siblings(
            question, [("state", "=", "merged"), ("id", "<", question.id)]
        )

    @api.model
    def _asked(self, question):
        messages = (self._merged(question) | question).message_id.sorted("id")
        return "\n".join(message._gpt_text() for message in messages)

    @api.model
    def _fingerprint(self, question):
        """Return what to know the question by, as long as nobody edits it."""
        asked = self._asked(question).encode("utf-8", "surrogatepass")
        return hashlib.sha256(asked).hexdigest()[:16]

    @api.model
    def _thread(self, question):
        """Return the messages before the question, oldest first, and their summary.

        A private answer knows what was said in private only, and has no summary.
        """
        histories = self.env["gpt.discuss.history"]
        membership = question.membership_id
        domain = histories._comments(membership)
        history = histories
        if not question.private_of_id:
            history = histories._of(membership)
            domain += [
                ("id", "<=", question.message_id.id),
                ("id", ">", history.last_message_id),
            ]
        messages = self.env["mail.message"].search(
            domain, order="id desc", limit=MAX_THREAD
        )
        said = messages.sorted("id").filtered(lambda m: m._gpt_has_content())
        return said, history.text or ""

    @api.model
    def _declared(self, chain, question):
        """Return the values that the chain has inputs for."""
        membership = question.membership_id
        asked = (self._merged(question) | question).message_id
        messages, summary = self._thread(question)
        histories = self.env["gpt.discuss.history"]
        turns = [histories._turn(membership, m) for m in messages - asked]
        values = {
            "question": self._asked(question),
            "conversation": "",
            "summary": summary,
            "facts": membership.agent_id.knowledge or "",
            "agent": membership.agent_id.name,
            "company": question.company_id.name,
        }
        taken = sum(len(value or "") for value in values.values())
        room = min(MAX_CHARS, max(MAX_PROMPT_CHARS - taken, MIN_ROOM))
        values["conversation"] = transcript(turns, MAX_THREAD, room)
        version = chain.published_version_id
        names = {item.name for item in version._spec().inputs} if version else ()
        return {name: value for name, value in values.items() if name in names}

    @api.model
    def _conversation(self, membership, question):
        """Return the conversation that the requests of this place are grouped in."""
        if not membership.conversation_id:
            membership.conversation_id = self.env["gpt.conversation"].create(
                {
                    "name": membership.channel_id.name,
                    "company_id": question.company_id.id,
                    "user_id": False,
                }
            )
        return membership.conversation_id

    # What comes of it

    @api.model
    def _may_offer(self, question):
        """Tell whether a private answer may say more than one in the channel."""
        user = question.asker_id.user_ids[:1]
        agent = question.membership_id.agent_id
        return (
            question.membership_id.channel_id.channel_type != "chat"
            and user._is_internal()
            and agent._may_add(user)
        )

    @api.model
    def _apply(self, question, request):
        """Post the answer, if it is still wanted by the very people it is for."""
        self._lock(question)
        posting = self.env["gpt.discuss.posting"]
        payload = request.payload or {}
        is_current = (
            self._is_wanted(question)
            and payload.get("epoch") == question.membership_id.epoch
        )
        if not is_current:
            question.state = "dropped"
            posting._set_typing(question, False)
            return
        if self._is_outdated(question, payload):
            self._ask_again(question)
            return
        question = self._localized(question)
        data = request.data or {}
        offer = ""
        if data.get("action") in ("unknown", "handoff") and self._may_offer(question):
            offer = question.env._(
                "Perhaps I find more in what only you may read. Reply to this message "
                "with “private”, and I write to you directly."
            )
        text = posting._answer_text(question, request, offer)
        if is_blank(text):
            self._fail(question, "empty")
            return
        question.answer_id = posting._post(question, f"{text}\n{offer}".strip())
        question.state = "offered" if offer else "answered"
        self._merged(question).state = "answered"
        posting._set_typing(question, False)

    @api.model
    def _is_outdated(self, question, payload):
        """Tell whether others will read the answer, or another thing was asked."""
        known = set(payload.get("readers") or ())
        return not known.issuperset(question._gpt_readers().ids) or self._fingerprint(
            question
        ) != payload.get("asked")

    @api.model
    def _ask_again(self, question):
        if question.tries >= MAX_TRIES:
            self._fail(question, "internal")
            return
        question.tries += 1
        self.env["gpt.discuss.incoming"]._enqueue(question)

    @api.model
    def _fail(self, question, code):
        """Say that there will be no answer; silence is none."""
        if question.state != "waiting":
            return
        question = self._localized(question)
        if code == "budget":
            text = question.env._(
                "I cannot answer: the budget for today or this month is used up. An "
                "administrator can raise it in GPT / Budgets."
            )
        elif code == "no_source":
            text = question.env._("I found nothing about that in the documents.")
        else:
            text = question.env._(
                "I cannot answer right now. Please try again in a few minutes."
            )
        posting = self.env["gpt.discuss.posting"]
        if self._is_wanted(question):
            posting._post(question, text)
        question.state = "failed"
        self._merged(question).state = "failed"
        posting._set_typing(question, False)

    @api.model
    def _lock(self, question):
        question.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM gpt_discuss_question WHERE id = %s FOR NO KEY UPDATE",
            [question.id],
        )
        question.invalidate_recordset()
