# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import GptCommon


@tagged("post_install", "-at_install")
class TestRecovery(GptCommon):
    """What a killed server left behind is ended, and whoever waits is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.make_chain("brief")
        cls.contact = cls.env["res.partner"].create({"name": "Ana López"})
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Greet",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "state": "gpt_chain",
                "gpt_chain_id": cls.chain.id,
            }
        )

    def delay(self):
        request = self.env["gpt.service"].delay_complete(
            "brief", {"text": "Hola"}, record=self.contact
        )
        request.action_id = self.action
        return request

    def grow_old(self, request):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gpt_request SET write_date = write_date - INTERVAL '2 hours' "
            "WHERE id = %s",
            [request.id],
        )
        self.env.invalidate_all()

    def lose_job(self, request):
        self.env["queue.job"].search([("uuid", "=", request.job_uuid)]).unlink()

    def recover(self):
        self.env["gpt.request.recovery"]._cron_recover()

    def test_abandoned(self):
        for state in ("pending", "running"):
            with self.subTest(state):
                request = self.delay()
                request.state = state
                self.lose_job(request)
                self.grow_old(request)
                notes = len(self.contact.message_ids)
                self.recover()
                self.assertEqual(request.state, "failed")
                self.assertEqual(request.error_code, "interrupted")
                self.assertEqual(len(self.contact.message_ids), notes + 1)
                self.assertTrue(request.can_retry)

    def test_its_job_goes_on(self):
        request = self.delay()
        self.grow_old(request)
        self.recover()
        self.assertEqual(request.state, "pending")

    def test_it_has_just_begun(self):
        request = self.delay()
        self.lose_job(request)
        self.recover()
        self.assertEqual(request.state, "pending")

    def test_what_ended_is_left_alone(self):
        request = self.env["gpt.service"].complete("brief", {"text": "Hola"})
        self.grow_old(request)
        self.recover()
        self.assertEqual(request.state, "done")

    def test_advice_for_every_code(self):
        from ..engine.errors import ERROR_CODES

        self.assertEqual(set(self.env["gpt.request.error"]._advice()), set(ERROR_CODES))
