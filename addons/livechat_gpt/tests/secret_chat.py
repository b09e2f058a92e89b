# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A chat with all that its visitor may not see, and those who try to."""

import json

from odoo.tests import JsonRpcException, new_test_user
from odoo.tools import mute_logger

from .common import LivechatGptCase

SUMMARY = "RESUMEN-INTERNO"
REPLY = "RESPUESTA-SUGERIDA"
SCORE = 0.123456


class SecretChatCase(LivechatGptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.make_operator()
        cls.portal = new_test_user(cls.env, "gpt_intruder", groups="base.group_portal")

    def has_summary(self, channel):
        """Give a chat all that its visitor may not see; return the session."""
        session = channel.gpt_session_ids
        self.summed_up(session, summary=SUMMARY, reply=REPLY)
        message = channel.message_ids[:1]
        session.answer_ids.create(
            {"session_id": session.id, "message_id": message.id, "confidence": SCORE}
        )
        session.operator_id = self.operator
        session.summary_id._send(session, self.operator.partner_id)
        self.env.flush_all()
        return session

    def assert_nothing_of_it(self, answer):
        text = json.dumps(answer, default=str)
        for secret in (SUMMARY, REPLY, str(SCORE), "150 pesos", "livechat_note"):
            self.assertNotIn(secret, text)

    def rpc(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assert_refused(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.rpc(model, method, *args, **kwargs)
