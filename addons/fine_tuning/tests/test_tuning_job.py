# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import json

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.queue_job.job import Job

from ..engine.tuning.client import TuningApi
from .tuning import BASE, JOBS, TuningCase, asked, examples


@tagged("post_install", "-at_install")
class TestTuningJob(TuningCase):
    """From the files to a model, over real HTTP, one job of the queue after another."""

    def test_the_whole_life(self):
        self.server.tuning.looks_to_train = 3
        job = self.make_job(epochs=3, seed=7)
        self.assertEqual((job.method, job.profile_id.code), ("supervised", "local"))
        job.action_start()
        self.assertEqual(job.state, "uploading")
        states = []
        while job.is_running:
            self.step_queue(job)
            states.append((job.state, round(job.progress)))
        self.assertEqual(
            states,
            [
                ("queued", 5), ("queued", 5), ("running", 10), ("running", 38),
                ("running", 67), ("done", 100),
            ],
        )  # fmt: skip
        body = self.server.journal.entries(JOBS)[0].body
        self.assertEqual((body["suffix"], body["seed"]), ("cafe", 7))
        hyperparameters = body["method"]["supervised"]["hyperparameters"]
        self.assertEqual(hyperparameters, {"n_epochs": 3})
        self.assertTrue(job.tuned_name.startswith(f"ft:{BASE}:local:cafe"))
        self.assertEqual(job.model_id.name, job.tuned_name)
        self.assertEqual(job.model_id.provider_id, self.provider)
        self.assertTrue(job.trained_tokens)
        self.assertAlmostEqual(job.training_cost, job.trained_tokens * 3 / 1e6)
        self.assertEqual((job.step, job.total_steps), (3, 3))
        kinds = set(job.metric_ids.mapped("kind"))
        self.assertEqual(
            kinds, {"train_loss", "valid_loss", "train_accuracy", "valid_accuracy"}
        )
        self.assertEqual(len(job.metric_ids), 12)
        self.assertEqual(job.checkpoint_ids.mapped("step"), [3, 2, 1])
        messages = job.event_ids.mapped("message")
        self.assertEqual(len(messages), len(set(messages)), "none comes twice")
        self.assertIn("The job has successfully completed", messages)
        answer = job.model_id._get_chat_model().invoke(asked(3))
        self.assertEqual(answer.text, "Cuesta 3 pesos.")

    def test_nothing_is_made_twice_when_replies_are_lost(self):
        job = self.make_job()
        job.action_start()
        for path in ("/v1/files", JOBS):
            self.server.faults.order(self.Fault("lost_reply", path=path))
            self.step_queue(job)
            self.assertEqual(job.state, "uploading")
            self.assertTrue(job.asked, "it is known that it was asked")
        self.run_queue(job)
        self.assertEqual(job.state, "done")
        self.assertEqual((self.posts("/v1/files"), self.posts()), (2, 1))

    def test_a_server_killed_in_the_middle_goes_on(self):
        """The queue gives out once more what was begun by a process that is gone."""
        job = self.make_job()
        job.action_start()
        self.env.flush_all()
        follow = self.env["gpt.tuning.follow"]
        # As if it was killed between the provider's answer and its keeping.
        step = follow._begin(job, job.round)
        self.assertEqual(step.kind, "train")
        TuningApi(step.endpoint).upload(*step.arguments)
        self.run_queue(job)
        self.assertEqual(job.state, "done")
        self.assertEqual((self.posts("/v1/files"), self.posts()), (2, 1))

    def test_killed_right_after_the_job_was_created(self):
        job = self.make_job()
        job.action_start()
        self.env.flush_all()
        follow = self.env["gpt.tuning.follow"]
        for _file in range(2):
            follow._one_step(job, job.round)
        self.env.invalidate_all()
        step = follow._begin(job, job.round)
        self.assertEqual(step.kind, "start")
        made = TuningApi(step.endpoint).start(*step.arguments)
        self.run_queue(job)
        self.assertEqual((job.state, job.remote_id), ("done", made.job_id))
        self.assertEqual(self.posts(), 1)

    def test_an_older_job_of_the_queue_does_nothing(self):
        job = self.make_job()
        job.action_start()
        older = Job.load(self.env, job.job_uuid)
        job.action_follow()
        self.perform(older)
        self.assertFalse(self.posts("/v1/files"))

    def test_the_cron_job_goes_on(self):
        job = self.make_job()
        job.action_start()
        self.env["queue.job"].search([("uuid", "=", job.job_uuid)]).unlink()
        job.next_look = "2026-01-01 00:00:00"
        self.env["gpt.tuning.follow"]._cron_follow()
        self.run_queue(job)
        self.assertEqual(job.state, "done")

    def test_cancelled(self):
        job = self.make_job()
        job.action_start()
        self.step_queue(job, 2)
        self.assertEqual(job.state, "queued")
        job.action_cancel()
        self.run_queue(job)
        self.assertEqual((job.state, job.is_over_there), ("cancelled", True))
        (there,) = self.server.tuning.listing()[:1]
        self.assertEqual(there.status, "cancelled")
        self.assertFalse(job.model_id)
        self.assertEqual(job.event_ids[0].message, "Cancelled.")

    def test_cancelled_before_anything_was_sent(self):
        job = self.make_job()
        job.action_start()
        job.action_cancel()
        self.run_queue(job)
        self.assertEqual(job.state, "cancelled")
        self.assertFalse(self.server.journal.entries("/v1/files"))
        job.action_start()
        self.run_queue(job)
        self.assertEqual(job.state, "done")

    def test_cancelled_though_nobody_heard_that_it_was_created(self):
        job = self.make_job()
        job.action_start()
        self.server.faults.order(self.Fault("lost_reply", path=JOBS))
        self.step_queue(job)
        self.assertFalse(job.remote_id)
        job.action_cancel()
        self.run_queue(job)
        self.assertEqual(job.state, "cancelled")
        self.assertEqual(self.server.tuning.listing()[0].status, "cancelled")

    def test_pause_and_resume(self):
        self.server.tuning.looks_to_train = 3
        job = self.make_job(epochs=3)
        job.action_start()
        self.step_queue(job, 4)
        self.assertEqual((job.state, job.step), ("running", 1))
        job.action_pause()
        self.step_queue(job, 3)
        self.assertEqual((job.state, job.is_paused, job.step), ("running", True, 1))
        job.action_resume()
        self.step_queue(job)
        self.assertFalse(job.is_paused)
        self.run_queue(job)
        self.assertEqual(job.state, "done")

    def test_a_provider_that_cannot_pause(self):
        self.server.tuning.looks_to_train = 3
        job = self.make_job()
        job.action_start()
        self.step_queue(job, 3)
        self.server.faults.order(
            self.Fault("raw", path=f"{JOBS}/{job.remote_id}/pause", status=404)
        )
        job.action_pause()
        self.step_queue(job)
        self.assertEqual((job.state, job.is_paused), ("running", False))
        self.assertEqual(
            job.event_ids.filtered(lambda e: e.level == "warn").level, "warn"
        )
        self.run_queue(job)
        self.assertEqual(job.state, "done")

    def refused(self, fault, code):
        job = self.make_job()
        job.action_start()
        self.server.faults.order(fault)
        self.run_queue(job)
        self.assertEqual((job.state, job.problem_code), ("failed", code))
        self.assertTrue(job.ended_at)
        self.assertGreater(len(job.problem.splitlines()), 1, "it says what to do")
        self.assertEqual(job.event_ids[0].message, job.problem)
        self.assertNotIn("sk-test", job.problem)
        return job

    def test_refusals(self):
        faults = {
            "not_eligible": self.Fault("not_eligible", path=JOBS),
            "quota": self.Fault("insufficient_quota", path=JOBS),
            "wrong_key": self.Fault("wrong_key", path="/v1/files"),
            "permission": self.Fault("permission", path="/v1/files"),
            "no_tuning_api": self.Fault("raw", path="/v1/files", status=404, body="{}"),
        }
        for code, fault in faults.items():
            with self.subTest(code):
                self.refused(fault, code)

    def test_not_eligible_then_somewhere_else(self):
        job = self.refused(self.Fault("not_eligible", path=JOBS), "not_eligible")
        self.assertIn("another provider", job.problem)
        files = self.posts("/v1/files")
        job.action_start()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem), ("done", False))
        self.assertEqual(self.posts("/v1/files"), files, "they were there already")

    def test_a_model_that_cannot_be_tuned(self):
        job = self.make_job(base_model="gpt-6-luna")
        job.action_start()
        self.run_queue(job)
        self.assertEqual(job.problem_code, "model_not_tunable")
        self.assertNotIn("BadRequestError", job.problem)

    def test_a_bad_file(self):
        content = base64.b64decode(examples()) + b"\n{}\n"
        self.dataset.train_file = base64.b64encode(content)
        job = self.make_job()
        job.action_start()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem_code), ("failed", "bad_file"))
        self.assertIn("Example 13", job.problem)

    def test_a_failure_in_the_middle(self):
        self.server.tuning.failure = ("internal", "The training diverged.")
        job = self.make_job()
        job.action_start()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem_code), ("failed", "training_failed"))
        self.assertIn("The training diverged.", job.problem)
        self.assertTrue(job.metric_ids, "what was trained by then is kept")

    def test_the_server_is_gone_and_comes_back(self):
        self.server.tuning.looks_to_train = 3
        job = self.make_job()
        job.action_start()
        self.step_queue(job, 3)
        self.server.stop()
        self.addCleanup(self.start_again)
        self.step_queue(job, 3)
        self.assertEqual((job.state, job.tries), ("running", 3))
        self.assertEqual(len(job.event_ids.filtered(lambda e: e.level == "warn")), 1)
        self.start_again()
        self.run_queue(job)
        self.assertEqual((job.state, job.tries), ("done", 0))
        self.assertEqual(self.posts(), 1)

    def start_again(self):
        if self.server._server is None:
            self.server.start()

    def test_a_server_that_does_not_come_back(self):
        self.server.tuning.looks_to_train = 3
        job = self.make_job()
        job.action_start()
        self.step_queue(job, 3)
        self.server.stop()
        self.addCleanup(self.start_again)
        self.run_queue(job, most=60)
        self.assertEqual((job.state, job.problem_code), ("failed", "lost"))
        self.assertIn("Follow Again", job.problem)
        with self.assertRaisesRegex(UserError, "may still run"):
            job.action_start()
        self.start_again()
        job.action_follow()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem), ("done", False))
        self.assertEqual(self.posts(), 1)

    def test_the_files_are_deleted_when_asked(self):
        job = self.make_job()
        job.action_start()
        with self.assertRaises(UserError):
            job.action_delete_files()
        self.run_queue(job)
        job.action_delete_files()
        queued = self.env["queue.job"].search(
            [("identity_key", "=", f"gpt-tuning-files-{job.id}")]
        )
        self.perform(Job.load(self.env, queued.uuid))
        self.assertTrue(job.files_deleted)
        left = self.server.state.files.listing("fine-tune")
        self.assertFalse([f for f in left if f"-{job.id}-" in f.filename])

    def test_what_would_be_refused_is_said_at_once(self):
        for values, words in (
            ({"base_model": " "}, "base model"),
            ({"suffix": "a.b"}, "must not have"),
        ):
            job = self.make_job(**values)
            job.profile_id = self.env.ref("fine_tuning.profile_azure")
            with self.assertRaisesRegex(UserError, words):
                job.action_start()
            self.assertEqual(job.state, "draft")
        job = self.make_job()
        self.dataset.train_file = examples(9)
        with self.assertRaisesRegex(UserError, "10 or more"):
            job.action_start()
        self.dataset.train_file = False
        with self.assertRaisesRegex(UserError, "Export"):
            job.action_start()
        with self.assertRaises(ValidationError):
            self.make_job(epochs=-1)

    def test_it_is_not_started_twice(self):
        job = self.make_job()
        job.action_start()
        with self.assertRaisesRegex(UserError, "started already"):
            job.action_start()
        with self.assertRaises(UserError):
            job.unlink()

    def test_the_whole_life_with_preferences(self):
        lines = [
            json.dumps(
                {
                    "input": {"messages": [{"role": "user", "content": asked(number)}]},
                    "preferred_output": [
                        {"role": "assistant", "content": f"Cuesta {number} pesos."}
                    ],
                    "non_preferred_output": [
                        {"role": "assistant", "content": "No lo sé."}
                    ],
                }
            )
            for number in range(12)
        ]
        self.dataset.format = "openai_preference"
        content = base64.b64encode("\n".join(lines).encode())
        self.dataset.write({"train_file": content, "valid_file": False})
        job = self.make_job(beta=0.2, epochs=2)
        job.action_start()
        self.run_queue(job)
        self.assertEqual((job.state, job.problem), ("done", False))
        method = self.server.journal.entries(JOBS)[0].body["method"]
        self.assertEqual(
            method,
            {"type": "dpo", "dpo": {"hyperparameters": {"n_epochs": 2, "beta": 0.2}}},
        )
        answer = job.model_id._get_chat_model().invoke(asked(3))
        self.assertEqual(answer.text, "Cuesta 3 pesos.")

    def test_preferences_that_a_provider_cannot_train_by(self):
        self.dataset.format = "openai_preference"
        job = self.make_job(beta=0.2)
        self.assertEqual(job.method, "dpo")
        job.profile_id = self.env.ref("fine_tuning.profile_nebius")
        with self.assertRaisesRegex(UserError, "preferences"):
            job.action_start()

    def test_who_is_erased_was_sent_to_a_provider(self):
        partner, stranger = self.env["res.partner"].create(
            [{"name": "Ana"}, {"name": "Beto"}]
        )
        example = {
            "chain_id": self.chain.id,
            "state": "approved",
            "messages": [
                {"role": "user", "content": "Hola"},
                {"role": "assistant", "content": "Hola."},
            ],
        }
        self.dataset.example_ids = self.env["gpt.example"].create(
            [example | {"partner_id": partner.id}, example]
        )
        job, never_sent = self.make_job(), self.make_job(name="Never sent")
        job.action_start()
        self.run_queue(job)
        # What is exported later has other examples; the model learned these.
        self.dataset.example_ids = False
        action = stranger.action_gpt_erase()
        self.assertNotIn(job.name, action["params"]["message"])
        action = partner.action_gpt_erase()
        self.assertIn(job.name, action["params"]["message"])
        self.assertTrue(job.erased_at)
        self.assertFalse(never_sent.erased_at)
        self.assertIn("Delete Files There", job.event_ids[0].message)
