# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.job import Job

from .committed import CommittedCase
from .common import GptCommon

WITHOUT_JOBS = {"QUEUE_JOB__NO_DELAY": "1"}


@tagged("post_install", "-at_install")
class TestIdentity(GptCommon):
    """A key tells apart what one user asks, and stands in nobody else's way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_chain("brief")
        cls.make_chain("other")
        cls.users = [
            new_test_user(cls.env, f"identity_{number}", groups="base.group_user")
            for number in range(2)
        ]
        cls.contacts = cls.env["res.partner"].create([{"name": "A"}, {"name": "B"}])

    def delay(self, user=0, chain="brief", **kwargs):
        service = self.env["gpt.service"].with_user(self.users[user])
        request = service.delay_complete(
            chain, {"text": "Hola"}, **{"identity_key": "key"} | kwargs
        )
        self.assertEqual(request.user_id, self.users[user])
        return request

    def jobs(self, requests):
        return self.env["queue.job"].search(
            [("uuid", "in", requests.mapped("job_uuid"))]
        )

    def test_the_same_is_returned(self):
        first = self.delay()
        self.assertEqual(self.delay(), first)
        self.assertEqual(len(self.jobs(first)), 1)

    def test_each_request_has_its_job(self):
        """Whoever asks about something else, or is somebody else, has another one."""
        others = [
            self.delay(),
            self.delay(user=1),
            self.delay(chain="other"),
            self.delay(identity_key="another"),
            self.delay(record=self.contacts[0]),
            self.delay(record=self.contacts[1]),
            self.delay(identity_key=None),
        ]
        requests = self.env["gpt.request"].union(*others)
        self.assertEqual(len(requests), len(others))
        self.assertEqual(len(self.jobs(requests.sudo())), len(others))

    def test_a_job_of_somebody_else_with_this_key(self):
        """Keys of other programs' jobs cannot be taken, nor those of our own."""
        retention = self.env["gpt.request.retention"]
        job = retention.with_delay(identity_key="key")._cron_purge()
        self.assertNotEqual(self.delay().job_uuid, job.uuid)

    def test_after_it_has_begun_it_is_asked_again(self):
        first = self.delay()
        job = Job.load(self.env, first.job_uuid)
        job.set_started()
        job.store()
        second = self.delay()
        self.assertNotEqual(second, first)
        self.assertNotEqual(second.job_uuid, first.job_uuid)

    def test_a_request_that_was_deleted(self):
        first = self.delay()
        job = self.jobs(first)
        first.sudo().unlink()
        second = self.delay()
        self.assertNotEqual(second.job_uuid, job.uuid)
        self.assertEqual(job.state, "cancelled")

    def test_channels(self):
        self.assertEqual(
            self.jobs(self.delay(channel="root.gpt.interactive")).channel,
            "root.gpt.interactive",
        )
        for channel in ("root", "root.gpt", "root.other", "root.gpt.%", "", "nothing"):
            with self.subTest(channel), self.assertRaisesRegex(UserError, "root.gpt"):
                self.delay(identity_key=None, channel=channel)


@tagged("post_install", "-at_install")
class TestWithoutJobs(CommittedCase):
    """Where queue_job makes no jobs, what was asked is answered all the same."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ, WITHOUT_JOBS))
        self.logs = self.enterContext(
            self.assertLogs("odoo.addons.queue_job.utils", "WARNING")
        )

    def delay(self, env, **kwargs):
        service = env["gpt.service"].with_company(self.company_id)
        chain = env["gpt.chain"].browse(self.chain_id)
        return service.delay_complete(chain, {"text": "Hola"}, **kwargs)

    def states(self):
        with self.transaction() as env:
            return self.rows(env).mapped("state")

    def test_it_is_answered_once_it_is_committed(self):
        with self.transaction() as env:
            request = self.delay(env)
            self.assertEqual(request.state, "pending")
            self.assertFalse(self.asked(), "nobody waits for the model meanwhile")
        self.assertEqual((self.states(), self.asked()), (["done"], 1))

    def test_what_is_undone_is_not_asked(self):
        with self.assertRaises(ZeroDivisionError), self.transaction() as env:
            self.delay(env)
            raise ZeroDivisionError
        self.assertEqual((self.states(), self.asked()), ([], 0))

    def test_with_a_key(self):
        with self.transaction() as env:
            for _number in range(2):
                self.delay(env, identity_key="key")
        self.assertEqual(set(self.states()), {"done"})

    def test_a_fault_that_passes(self):
        self.server.faults.order(self.Fault("server_error"))
        with self.transaction() as env:
            self.delay(env)
        self.assertEqual((self.states(), self.asked()), (["done"], 2))

    def test_a_fault_that_stays(self):
        self.server.faults.order(self.Fault("server_error", times=None))
        with self.transaction() as env:
            self.delay(env)
        self.assertEqual(self.states(), ["failed"])

    def test_retry(self):
        self.server.faults.order(self.Fault("wrong_key"))
        with self.transaction() as env:
            self.delay(env)
        self.assertEqual(self.states(), ["failed"])
        with self.transaction() as env:
            self.rows(env).action_retry()
        self.assertEqual(self.states(), ["done"])
