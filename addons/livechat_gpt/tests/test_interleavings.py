# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The real session, with its jobs cut into pieces and run in any order.

The engine's own rules are tried by far more dice, without a database; here it is seen
that the model drives the engine as it should.
"""

import random

from odoo.tests import tagged

from ..engine import chat
from .common import LivechatGptCase

RUNS = 12
STEPS = 30
DECISIONS = (
    *({"action": "answer"},) * 6,
    {"action": "ask"},
    {"action": "handoff"},
    {"action": "answer", "confidence": 0.0},
)
QUESTIONS = ("¿Cuánto cuesta?", "¿Y el envío?", "Hola", "¿De verdad?", "Gracias")
TEXTS = (
    *QUESTIONS * 3,
    "/asesor",
    "ana@example.com",
    "55@@x",
)

ASKED = ("asked", "asked_again")


@tagged("post_install", "-at_install")
class TestInterleavings(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operators = [
            cls.make_operator(login, available=False)
            for login in ("gpt_operator", "gpt_colleague")
        ]
        # Otherwise most of what is tried would be a hand-off.
        cls.agent.write(
            {
                "summary_chain_id": False,
                "max_repeats": 0,
                "max_messages_minute": 0,
                "answer_timeout": 30,
            }
        )

    def start(self, seed):
        self.dice = random.Random(seed)
        self.env["queue.job"].search([]).unlink()
        self.server.reset()
        self.server.answer_with(self.decision, times=None, match="<question>")
        self.channel = self.open_chat()
        self.gpt_session = self.channel.gpt_session_ids
        self.guest = self.channel.channel_member_ids.guest_id
        # Jobs between their first phase and their last: (job, request, run).
        self.thinking = []

    def decision(self, _body):
        more = self.dice.choice(DECISIONS)
        return {
            "action": "answer",
            "kind": "answer",
            "cited": [],
            "confidence": 0.9,
            "missing": [],
            "language": "es",
            "answer": f"Respuesta {self.dice.random()}",
        } | more

    # What may happen

    def visitor(self):
        before = self.gpt_session.read()
        text = self.dice.choice(TEXTS)
        message = self.guest_posts(self.channel, text, self.guest)
        # Unless it asks for what needs no model, or may be the contact.
        if text in QUESTIONS and before[0]["contact_state"] not in ASKED:
            after = self.gpt_session.read()
            self.assertEqual(after, before, "a post writes no session")
        self.written_now(message)

    def job_begins(self):
        waiting = self.jobs() - self.env["queue.job"].union(
            *(job for job, _request, _run in self.thinking)
        )
        if not waiting:
            return
        job = self.dice.choice(waiting)
        if job.method_name != "_answer_job":
            self.run_job(job)
            return
        begun = self.begin(job)
        if begun:
            self.thinking.append((job, *begun))
        else:
            job.state = "done"

    def job_ends(self):
        if self.thinking:
            number = self.dice.randrange(len(self.thinking))
            job, request_id, run = self.thinking.pop(number)
            self.finish(job, request_id, run)
            if self.dice.random() < 0.2:  # killed before it was marked as done
                self.run_job(job)
            job.state = "done"

    def job_dies(self):
        if self.thinking:
            self.thinking.pop()  # it is run again from its beginning

    def model_fails(self):
        self.server.faults.order(self.Fault("wrong_key"))

    def somebody(self):
        return self.dice.choice(self.operators)

    def is_here(self, operator):
        return operator.partner_id in self.channel.channel_member_ids.partner_id

    def operator_comes_or_goes(self):
        self.set_available(self.somebody(), self.dice.random() < 0.5)

    def operator_says(self):
        operator = self.somebody()
        if self.is_here(operator):
            self.written_now(self.operator_writes(operator, self.channel))

    def operator_joins(self):
        self.channel._add_members(users=self.somebody())

    def operator_leaves(self):
        operator = self.somebody()
        if self.is_here(operator):
            self.channel._action_unfollow(operator.partner_id)

    def take_over(self):
        self.gpt_session.with_user(self.somebody()).action_take_over()

    def give_back(self):
        self.gpt_session.with_user(self.somebody()).action_give_back()

    def clock(self, *seconds):
        self.time_passes(self.channel, self.dice.choice(seconds or (20, 40, 100, 130)))
        self.process_due()

    def visitor_edits(self):
        newest = self.channel._gpt_visitor_messages()[-1:]
        if newest:
            newest.body = self.dice.choice((*TEXTS, ""))

    # What must hold

    def check_step(self, before):
        """Tell whether the assistant might do what it did since."""
        answers = self.gpt_session.answer_ids.sorted("id")
        if len(answers) > len(before["answers"]):
            new = answers[len(before["answers"]) :]
            self.assertEqual(len(new), 1, "one answer at a time")
            was = before["chat"]
            is_late = new.request_id.payload["message_id"] == was.late
            self.assertTrue(chat.is_with_assistant(was) or is_late, "two voices")
        answered = [
            (answer.request_id.payload or {})["message_id"] for answer in answers
        ]
        self.assertEqual(answered, sorted(set(answered)), "each message once, in order")

    def settle(self):
        for _round in range(60):
            if self.thinking:
                self.job_ends()
            elif self.jobs():
                self.job_begins()
            else:
                return
        self.fail("it never comes to rest")

    def check_at_rest(self):
        comments = self.channel._gpt_messages()
        mine = comments.filtered(self.channel._gpt_is_visitors)
        if not mine:
            return
        after = comments.filtered(lambda m: m.id > mine[-1].id)
        if chat.is_with_assistant(self.gpt_session._chat_state()):
            self.assertTrue(after, "silence")
        else:
            others = self.channel.message_ids.filtered(
                lambda m: not self.channel._gpt_is_visitors(m)
            )
            self.assertTrue(others, "the visitor knows nothing")

    def check_in_the_end(self):
        """Let nobody write any more: nobody is waited for in the end."""
        for _time in range(chat.MAX_CALLS + 2):
            self.clock(130)
            self.settle()
        self.assertFalse(self.gpt_session.person_called, "called for ever")
        self.check_at_rest()

    def test_any_order(self):
        likely = [self.visitor] * 6 + [self.job_begins] * 12 + [self.job_ends] * 12
        rare = [
            self.job_dies, self.model_fails, self.operator_comes_or_goes,
            self.operator_says, self.operator_joins, self.operator_leaves,
            self.take_over, *[self.give_back] * 4, *[self.clock] * 4,
            self.visitor_edits,
        ]  # fmt: skip
        answers = 0
        for seed in range(RUNS):
            answers += self.play(seed, [*likely, *rare])
        self.assertGreater(answers, RUNS // 2, "the dice let something happen")

    def play(self, seed, moves):
        """Play one chat to its end; return how many answers it had."""
        self.start(seed)
        trace = []
        try:
            for _step in range(STEPS):
                move = self.dice.choice(moves)
                trace.append(move.__name__)
                before = {
                    "answers": self.gpt_session.answer_ids,
                    "chat": self.gpt_session._chat_state(),
                }
                move()
                self.check_step(before)
            self.settle()
            self.check_at_rest()
            self.check_in_the_end()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {' '.join(trace)}") from error
        return len(self.gpt_session.answer_ids)
