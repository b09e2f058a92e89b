# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.gpt_core.tests.committed import CommittedCase

from .tuning import BASE, JOBS, examples


class Killed(BaseException):
    """The process ends here."""


@tagged("post_install", "-at_install")
class TestTuningCommitted(CommittedCase):
    """What is between the transactions: the network, and the end of a process."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.transaction() as env:
            cls.dataset_id = (
                env["gpt.dataset"]
                .create(
                    {
                        "name": "Committed",
                        "chain_id": cls.chain_id,
                        "company_id": cls.company_id,
                        "format": "openai_chat",
                    }
                )
                .id
            )
            env["gpt.dataset"].browse(cls.dataset_id).train_file = examples()

    @classmethod
    def _remove(cls):
        with cls.transaction() as env:
            jobs = env["gpt.tuning.job"].search([("company_id", "=", cls.company_id)])
            env["queue.job"].search([("uuid", "in", jobs.mapped("job_uuid"))]).unlink()
            jobs.state = "cancelled"
            jobs.unlink()
            env["gpt.dataset"].browse(cls.dataset_id).unlink()
        return super()._remove()

    def start(self):
        with self.transaction() as env:
            job = env["gpt.tuning.job"].create(
                {
                    "name": "Committed",
                    "dataset_id": self.dataset_id,
                    "provider_id": self.provider_id,
                    "company_id": self.company_id,
                    "base_model": BASE,
                }
            )
            job.action_start()
            return job.id

    def follow(self, job_id):
        """Do what the queue's job does, on a cursor as the queue has it."""
        with self.transaction() as env:
            number = env["gpt.tuning.job"].browse(job_id).round
            env.cr.commit()
            env["gpt.tuning.job"].browse(job_id)._follow_job(number)

    def follow_to_the_end(self, job_id):
        for _look in range(10):
            if self.state(job_id) in ("done", "failed", "cancelled"):
                break
            self.follow(job_id)
        return self.state(job_id)

    def state(self, job_id):
        with self.transaction() as env:
            return env["gpt.tuning.job"].browse(job_id).state

    def while_asked(self, place, do):
        """Do something in the middle of each request of some kind."""
        owner, name = place
        before = getattr(owner, name)

        def instead(*args, **options):
            do()
            return before(*args, **options)

        setattr(owner, name, instead)
        self.addCleanup(setattr, owner, name, before)

    def test_no_transaction_is_open_while_the_provider_is_asked(self):
        seen = []

        def look():
            with self.registry.cursor() as cr:
                cr.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " AND xact_start IS NOT NULL"
                    " AND backend_type = 'client backend'"
                )
                seen.append(cr.fetchone()[0])

        job_id = self.start()
        state = self.server.state
        self.while_asked((state.files, "add"), look)
        self.while_asked((state.tuning, "add"), look)
        self.while_asked((state.tuning, "get"), look)
        self.assertEqual(self.follow_to_the_end(job_id), "done")
        self.assertGreater(len(seen), 5)
        self.assertEqual(set(seen), {0})

    @mute_logger("odoo.sql_db")
    def test_a_process_that_is_killed_anywhere(self):
        """After each answer of the provider, before it is kept."""
        model = self.registry["gpt.tuning.follow"]
        kept, kills = model._keep, []

        def killed(follow, job, kind, answer):
            if kind not in kills:
                kills.append(kind)
                raise Killed
            return kept(follow, job, kind, answer)

        model._keep = killed
        self.addCleanup(setattr, model, "_keep", kept)
        self.server.journal.clear()
        job_id = self.start()
        for _look in range(20):
            if self.state(job_id) == "done":
                break
            try:
                self.follow(job_id)
            except Killed:
                continue
        self.assertEqual(self.state(job_id), "done")
        self.assertEqual(kills, ["train", "start", "look"])
        for path in ("/v1/files", JOBS):
            posts = [
                entry
                for entry in self.server.journal.entries(path)
                if entry.method == "POST"
            ]
            self.assertEqual(len(posts), 1, path)
