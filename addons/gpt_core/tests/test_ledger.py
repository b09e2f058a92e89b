# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from uuid import uuid4

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestLedger(GptCommon):
    """What the ledger's pages offer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.service = cls.env["gpt.service"]
        groups = "base.group_user,gpt_core.group_gpt_manager"
        cls.manager = new_test_user(cls.env, "gpt_boss", groups=groups)

    def test_job_and_request_are_linked(self):
        request = self.service.delay_complete("brief", {"text": "Hola"})
        job = self.env["queue.job"].search([("uuid", "=", request.job_uuid)])
        self.assertTrue(request.has_job)
        self.assertEqual(request.action_open_job()["res_id"], job.id)
        self.assertEqual(job.gpt_request_count, 1)
        self.assertEqual(job.action_gpt_requests()["res_id"], request.id)
        job.unlink()
        request.invalidate_recordset()
        self.assertFalse(request.has_job, "done jobs are deleted in time")
        other = self.service.complete("brief", {"text": "Hola"})
        self.assertFalse(other.has_job)

    def test_the_requests_of_one_job(self):
        uuid = str(uuid4())
        service = self.service.with_context(job_uuid=uuid)
        service.complete("brief", {"text": "Hola"})
        service.complete("brief", {"text": "Adiós"})
        job = self.env["queue.job"].new({"uuid": uuid})
        self.assertEqual(job.gpt_request_count, 2)
        found = self.env["gpt.request"].search(job.action_gpt_requests()["domain"])
        self.assertEqual(len(found), 2)

    def test_jobs_are_for_those_who_may_see_jobs(self):
        request = self.service.delay_complete("brief", {"text": "Hola"})
        with self.assertRaises(AccessError):
            request.with_user(self.manager).action_open_job()
        arch = (
            self.env["gpt.request"]
            .with_user(self.manager)
            .get_views([(False, "form")])["views"]["form"]["arch"]
        )
        self.assertNotIn("action_open_job", arch)

    def test_views_of_each_kind(self):
        """Each view can be asked for what it shows, by a manager and an employee."""
        employee = new_test_user(self.env, "gpt_worker", groups="base.group_user")
        for user in (self.manager, employee):
            ledger = self.env["gpt.request"].with_user(user)
            self.service.with_user(user).complete("brief", {"text": "Hola"})
            for measure in ("cost:sum", "duration_ms:avg", "duration_p95:max"):
                for group in (
                    "create_date:day", "chain_id", "model_id", "company_id",
                    "error_code", "conversation_id", "user_id",
                ):  # fmt: skip
                    self.assertTrue(ledger._read_group([], [group], [measure]))

    def test_searching_answers(self):
        words = f"pedido {uuid4()}"
        self.server.answer_with(f"El {words} está en camino.")
        request = self.service.complete("brief", {"text": "Hola"})
        other = self.service.complete("brief", {"text": "Adiós"})
        Request = self.env["gpt.request"]
        self.assertEqual(Request.search([("answer", "ilike", words)]), request)
        self.assertIn(other, Request.search([("answer", "not ilike", words)]))

    def test_conversation_totals(self):
        conversation = self.env["gpt.conversation"].create({"name": "Chat"})
        requests = self.env["gpt.request"].union(
            *(
                self.service.complete("brief", {"text": t}, conversation=conversation)
                for t in ("Hola", "¿Cuánto cuesta?", "Gracias")
            )
        )
        self.assertEqual(conversation.request_count, 3)
        self.assertEqual(
            conversation.input_tokens, sum(requests.mapped("input_tokens"))
        )
        self.assertAlmostEqual(conversation.cost, sum(requests.mapped("cost")))
