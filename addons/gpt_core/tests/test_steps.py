# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..engine.retrieval.retriever import Retrieval
from ..models.gpt_service import GptService
from .common import GptCommon


class Library:
    """Two passages, found by the last word of the query."""

    def retrieve(self, query, k, collection_ids=None, *, masker=None):
        passages = [
            {"text": "El envío cuesta 150 pesos.", "source": "Envíos", "page": 3},
            {"text": "Abrimos a las 9.", "source": "Horario"},
        ]
        return Retrieval([p for p in passages if query.split()[-1] in p["text"]][:k])


def library(self, read=None):
    """Stand for an addon that knows documents, which overrides this very hook."""
    return Library()


@tagged("post_install", "-at_install")
class TestSteps(GptCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["gpt.service"]

    def test_retrieve_without_documents(self):
        self.assertEqual(self.service.retrieve("envío"), [])
        self.make_chain("brief")
        request = self.service.retrieve_and_complete("brief", "¿Y el envío?")
        self.assertEqual(request.state, "done")
        content = self.last_sent()["input"][1]["content"]
        self.assertIn("<query>¿Y el envío?</query>", content)

    def test_retrieve_and_complete(self):
        self.make_chain("brief", user_prompt="{text}\nFuentes:\n{passages}")
        with patch.object(GptService, "_retriever", library):
            self.service.retrieve_and_complete("brief", "¿Cuánto es el envío", k=1)
        content = self.last_sent()["input"][1]["content"]
        self.assertIn(
            "<passages>\n[1] Envíos, p. 3\nEl envío cuesta 150 pesos.\n</passages>",
            content,
        )
        self.assertEqual(content.count("<passages>"), 1)

    def test_retrieve_step(self):
        chain = self.make_chain("looked_up", publish=False)
        chain.step_ids.sequence = 20
        chain.step_ids = [
            Command.create(
                {
                    "sequence": 10,
                    "name": "found",
                    "kind": "retrieve",
                    "user_prompt": "sobre {text}",
                }
            )
        ]
        answer = chain.step_ids.filtered(lambda step: step.name == "answer")
        answer.user_prompt = "{text} {found}"
        chain.action_publish()
        with patch.object(GptService, "_retriever", library):
            request = self.service.complete(chain, {"text": "envío"})
        self.assertEqual(request.state, "done")
        content = self.last_sent()["input"][1]["content"]
        self.assertIn("[1] Envíos, p. 3\nEl envío cuesta 150 pesos.", content)
        self.assertNotIn("Abrimos", content)

    def test_check_step(self):
        chain = self.make_chain("checked", publish=False)
        chain.step_ids = [
            Command.create(
                {
                    "sequence": 20,
                    "name": "polite",
                    "kind": "check",
                    "user_prompt": "Is this polite? {answer}",
                }
            )
        ]
        chain.action_publish()
        self.server.answer_with("Con gusto.")
        self.server.answer_with({"passed": True, "reason": "It is."})
        request = self.service.complete(chain, {"text": "Hola"})
        self.assertEqual(request.answer, "Con gusto.", "the answer, not the verdict")
        self.server.answer_with("Váyase.")
        self.server.answer_with({"passed": False, "reason": "It is rude."})
        request = self.service.complete(chain, {"text": "Hola"})
        self.assertEqual(request.error_code, "check_failed")
        self.assertIn("It is rude", request.error_message)
        self.assertFalse(request.answer)
        self.assertIn("Váyase", request.prompt)

    def test_fallback_model(self):
        second = self.env["gpt.model"].create(
            {"name": "gpt-4o", "provider_id": self.provider.id, "price_output": 10}
        )
        chain = self.make_chain("brief", publish=False)
        chain.fallback_model_id = second
        chain.action_publish()
        for fault in ("server_error", "refusal", "unknown_model"):
            self.server.reset()
            self.server.faults.order(self.Fault(fault))
            request = self.service.complete("brief", {"text": "Hola"})
            self.assertEqual(request.state, "done", fault)
            models = [entry.body["model"] for entry in self.server.journal.entries()]
            self.assertEqual(models, ["gpt-4o-mini", "gpt-4o"])
            self.assertEqual(request.model_id, second, "the one that answered")
            self.assertTrue(request.answered_model.startswith("gpt-4o"))
            self.assertNotIn("mini", request.answered_model)
            self.assertGreater(request.cost, 0)
        self.server.faults.order(self.Fault("server_error", times=2))
        request = self.service.complete("brief", {"text": "Hola"})
        self.assertEqual(request.error_code, "server_error")
