# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chats become proposals of examples: by thumbs, and by what people answered."""

import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LivechatGptCase

RFC = "GODE561231GR8"


@tagged("post_install", "-at_install")
class TestExamples(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator(name="Ramona Uicab")

    def chat(self, *texts):
        channel = self.open_chat()
        for text in texts:
            self.visitor_writes(channel, text)
            self.run_jobs()
        return channel, channel.gpt_session_ids

    def react(self, message, content, action="add"):
        self.make_jsonrpc_request(
            "/mail/message/reaction",
            {"message_id": message.id, "content": content, "action": action},
        )
        self.env.invalidate_all()

    def proposing(self):
        """Return the jobs that would propose something."""
        return self.env["queue.job"].search(
            [("state", "=", "pending"), ("method_name", "=like", "_propose_%")]
        )

    def propose(self):
        for record in self.proposing():
            self.run_job(record)
        return self.env["gpt.example"].search(
            [("chain_id", "=", self.agent.chain_id.id)], order="id"
        )

    def leave(self, channel):
        session = channel.gpt_session_ids
        self.make_jsonrpc_request(
            "/im_livechat/visitor_leave_session", {"channel_id": channel.id}
        )
        self.env.invalidate_all()
        self.process_due()
        self.assertEqual(session.state, "closed")

    def handed_over(self, question=f"Mi RFC es {RFC}, ¿me mandan la factura de mayo?"):
        """Return a chat in which an operator has answered."""
        self.model_says("No sé.", action="handoff")
        channel, session = self.chat(question)
        self.assertEqual(session.operator_id, self.operator)
        self.operator_writes(
            self.operator,
            channel,
            f"Con gusto, la factura de {RFC} va a ana@example.com. Ramona Uicab",
        )
        return channel, session

    # Thumbs

    def test_a_thumb(self):
        self.model_says("Tu RFC [[RFC_1]] está bien, son 150 pesos.")
        _channel, session = self.chat(f"Mi RFC es {RFC}. ¿Cuánto cuesta el envío?")
        self.react(session.answer_ids.message_id, "👍")
        example = self.propose()
        self.assertEqual(example.source, "thumb")
        self.assertEqual(example.liked, "up")
        self.assertEqual(example.state, "proposed")
        self.assertEqual(example.kind, "structured")
        self.assertEqual(example.request_id, session.answer_ids.request_id)
        self.assertEqual(example.conversation_id, session.conversation_id)
        self.assertEqual(example.company_id, session.company_id)
        asked, answered = example.messages
        self.assertEqual((asked["role"], answered["role"]), ("user", "assistant"))
        self.assertIn("[[RFC_1]]. ¿Cuánto cuesta el envío?", asked["content"])
        self.assertEqual(
            json.loads(answered["content"])["answer"],
            "Tu RFC [[RFC_1]] está bien, son 150 pesos.",
        )
        self.assertNotIn(RFC, str(example.messages))

    def test_a_thumb_down_and_a_thumb_taken_back(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        message = session.answer_ids.message_id
        self.react(message, "👍")
        self.react(message, "👍", "remove")
        self.react(message, "👎")
        self.assertEqual(len(self.proposing()), 1, "one look at what it is by then")
        example = self.propose()
        self.assertEqual(example.liked, "down")
        self.react(message, "👎", "remove")
        self.assertFalse(self.propose())

    def test_a_decided_example_stays_when_the_thumb_goes(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        message = session.answer_ids.message_id
        self.react(message, "👍")
        example = self.propose()
        example.state = "approved"
        self.react(message, "👍", "remove")
        self.assertEqual(self.propose(), example)
        self.react(message, "👎")
        self.assertEqual(self.propose().liked, "up")

    def test_thumbs_of_others_propose_nothing(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        guest = self.env["mail.guest"].create({"name": "Stranger"})
        message = session.answer_ids.message_id
        message._message_reaction("👍", "add", self.env["res.partner"], guest)
        self.react(message, "❤️")
        self.assertFalse(self.proposing())

    def test_an_approved_thumb_is_shown_to_the_next_visitor(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío a Mérida?")
        self.react(session.answer_ids.message_id, "👍")
        example = self.propose()
        example.state = "approved"
        self.agent.chain_id.few_shot_count = 2
        self.agent.chain_id.action_publish()
        self.model_says("Son 150 pesos.")
        _channel, session = self.chat("¿Qué cuesta el envío?")
        request = session.answer_ids.request_id
        self.assertEqual(request.shown_example_ids, example)
        roles = [item["role"] for item in self.last_sent()["input"]]
        self.assertEqual(roles[-3:], ["user", "assistant", "user"])

    # What people answered

    def test_the_reply_of_an_operator(self):
        channel, session = self.handed_over()
        self.assertFalse(self.proposing())
        self.leave(channel)
        example = self.propose()
        self.assertEqual(example.source, "operator")
        self.assertEqual(example.kind, "chat")
        self.assertEqual(example.state, "proposed")
        self.assertEqual(example.conversation_id, session.conversation_id)
        asked, answered = (message["content"] for message in example.messages)
        self.assertEqual(asked, "Mi RFC es [[RFC_1]], ¿me mandan la factura de mayo?")
        self.assertIn("Con gusto, la factura de [[RFC_1]] va a [[EMAIL_1]]", answered)
        self.assertNotIn("Ramona", answered)
        # A second look proposes nothing twice.
        session._propose_examples_job()
        self.assertEqual(self.propose(), example)

    def test_an_approved_reply_is_shown_to_the_assistant(self):
        channel, _session = self.handed_over(
            "¿Me mandan la factura de mayo, por favor?"
        )
        self.leave(channel)
        example = self.propose()
        example.state = "approved"
        chain = self.agent.chain_id
        chain.few_shot_count = 1
        chain.action_publish()
        self.model_says("Va en camino.")
        _channel, session = self.chat("Quiero la factura de junio")
        self.assertEqual(session.answer_ids.request_id.shown_example_ids, example)
        (shown,) = (i for i in self.last_sent()["input"] if i["role"] == "assistant")
        text = shown["content"]
        text = text if isinstance(text, str) else text[0]["text"]
        self.assertEqual(json.loads(text)["action"], "answer")
        self.assertIn("Con gusto, la factura", json.loads(text)["answer"])
        # People cite nothing: where that is needed, they are no model to follow.
        self.agent.needs_source = True
        self.model_says("Va en camino.", cited=[1])
        _channel, session = self.chat("Quiero la factura de abril")
        requests = session.conversation_id.request_ids
        self.assertFalse(requests.sudo().shown_example_ids)

    def test_where_nobody_masks_it_is_masked(self):
        self.agent.chain_id.mask_pii = False
        self.agent.chain_id.action_publish()
        channel, _session = self.handed_over()
        self.leave(channel)
        example = self.propose()
        self.assertTrue(example)
        self.assertNotIn(RFC, str(example.messages))

    def test_a_chat_without_a_person_proposes_nothing(self):
        self.model_says("150 pesos.")
        channel, _session = self.chat("¿Cuánto cuesta el envío?")
        self.leave(channel)
        self.assertFalse(self.proposing())

    def test_a_person_who_says_nothing_of_use(self):
        self.model_says("No sé.", action="handoff")
        channel, _session = self.chat("¿Me mandan la factura de mayo?")
        self.operator_writes(self.operator, channel, "Hola, buenas tardes")
        self.leave(channel)
        self.assertFalse(self.propose())

    def test_a_chain_that_is_not_to_propose(self):
        self.agent.chain_id.proposes_examples = False
        channel, session = self.handed_over()
        self.leave(channel)
        self.assertFalse(self.proposing())
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        self.react(session.answer_ids.message_id, "👍")
        self.assertEqual(session.answer_ids.rating, "up")
        self.assertFalse(self.proposing())

    def test_a_fault_of_ours_takes_no_thumb_away(self):
        self.model_says("150 pesos.")
        _channel, session = self.chat("¿Cuánto cuesta el envío?")
        self.break_table("queue.job")
        with mute_logger("odoo.sql_db"), self.assertLogs("odoo.addons.gpt_core"):
            self.react(session.answer_ids.message_id, "👍")
        self.assertEqual(session.answer_ids.rating, "up")
