# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .tuning import TuningCase

MODELS = (
    "gpt.tuning.job", "gpt.tuning.event", "gpt.tuning.metric", "gpt.tuning.checkpoint",
    "gpt.tuning.profile",
)  # fmt: skip
KEY = "sk-never-to-be-shown-0815"


@tagged("post_install", "-at_install")
class TestTuningSecurity(TuningCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.api_key = KEY
        cls.other = cls.env["res.company"].create({"name": "Another company"})
        cls.users = {
            "portal": new_test_user(cls.env, "tuning portal", "base.group_portal"),
            "employee": new_test_user(cls.env, "tuning employee", "base.group_user"),
            "manager": new_test_user(
                cls.env, "tuning gpt", "base.group_user,gpt_core.group_gpt_manager"
            ),
            "stranger": new_test_user(
                cls.env,
                "tuning stranger",
                "base.group_user,gpt_core.group_gpt_manager",
                company_id=cls.other.id,
                company_ids=[(6, 0, cls.other.ids)],
            ),
        }

    def done_job(self):
        job = self.make_job()
        job.action_start()
        self.run_queue(job)
        self.assertEqual(job.state, "done")
        return job

    def test_who_reads_what(self):
        self.done_job()
        for model in MODELS:
            for name in ("portal", "employee"):
                with self.subTest(f"{name} {model}"), self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[name]).search([])
            found = self.env[model].with_user(self.users["manager"]).search([])
            self.assertTrue(found, model)
            if model != "gpt.tuning.profile":
                found = self.env[model].with_user(self.users["stranger"]).search([])
                self.assertFalse(found, model)

    def test_what_others_cannot_do(self):
        job = self.done_job()
        for name in ("portal", "employee", "stranger"):
            theirs = job.with_user(self.users[name])
            for method in (
                "action_start", "action_cancel", "action_pause", "action_resume",
                "action_follow", "action_delete_files", "action_compare",
                "action_use_model", "action_restore_model",
            ):  # fmt: skip
                with self.subTest(f"{name} {method}"), self.assertRaises(AccessError):
                    getattr(theirs, method)()
            with self.assertRaises(AccessError):
                job.checkpoint_ids[0].with_user(self.users[name]).action_take()
            with self.assertRaises(AccessError):
                job.checkpoint_ids[0].with_user(self.users[name]).action_add_model()

    def test_a_manager_does_all_of_it_without_the_key(self):
        job = (
            self.env["gpt.tuning.job"]
            .with_user(self.users["manager"])
            .create(
                {
                    "name": "Mine",
                    "dataset_id": self.dataset.id,
                    "provider_id": self.provider.id,
                    "base_model": "gpt-4o-mini",
                }
            )
        )
        job.action_start()
        self.run_queue(job)
        self.assertEqual(job.state, "done")
        self.assertTrue(job.model_id.name)
        for kind in MODELS[1:4]:
            with self.assertRaises(AccessError):
                self.env[kind].with_user(self.users["manager"]).create({})

    def test_what_a_job_became_is_not_made_up(self):
        jobs = self.env["gpt.tuning.job"].with_user(self.users["manager"])
        for values in ({"state": "done"}, {"model_id": self.model.id}, {"former": {}}):
            with self.assertRaises(AccessError):
                jobs.create(
                    {
                        "name": "Mine",
                        "dataset_id": self.dataset.id,
                        "provider_id": self.provider.id,
                        "base_model": "gpt-4o-mini",
                    }
                    | values
                )

    def test_the_key_is_never_shown(self):
        for path in ("/v1/files", "/v1/fine_tuning/jobs"):
            job = self.make_job()
            job.action_start()
            echo = '{"error": {"message": "no such key: {key}", "code": "x"}}'
            self.server.faults.order(
                self.Fault("raw", path=path, status=400, body=echo)
            )
            with self.assertLogs(level="DEBUG") as logs:
                self.run_queue(job)
            self.assertEqual(job.state, "failed")
            kept = job.read()[0] | {"events": job.event_ids.read()}
            self.assertNotIn(KEY, str(kept))
            self.assertNotIn(KEY, str(logs.output))
            queued = self.env["queue.job"].search([("uuid", "=", job.job_uuid)])
            self.assertNotIn(KEY, str(queued.read()))
