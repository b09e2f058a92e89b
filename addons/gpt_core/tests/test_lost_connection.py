# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL is started again while a model works: nothing is lost or paid twice."""

import threading
from contextlib import closing, suppress

import psycopg2

from odoo.sql_db import connection_info_for
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

from ..controllers.queue_job import GptRunJobController
from ..utils.transaction import in_own_transaction, run_alone
from .committed import CommittedCase

DOWN_SECONDS = 1.5
SILENT = ("odoo.sql_db", "odoo.addons.queue_job.controllers.main")


@tagged("post_install", "-at_install")
class TestLostConnection(CommittedCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.let_connect, True)

    def outside(self):
        """Return a connection that is not Odoo's, to another database."""
        _name, info = connection_info_for("postgres")
        connection = psycopg2.connect(**info)
        connection.autocommit = True
        return closing(connection)

    def let_connect(self, allowed):
        with self.outside() as connection, connection.cursor() as cursor:
            self._let_connect(cursor, allowed)

    def _let_connect(self, cursor, allowed):
        cursor.execute(
            f'ALTER DATABASE "{self.registry.db_name}" ALLOW_CONNECTIONS {allowed}'
        )

    def stop_database(self, seconds=DOWN_SECONDS):
        """End every connection, and refuse new ones for a while."""
        connection = self.enterContext(self.outside())
        with connection.cursor() as cursor:
            self._let_connect(cursor, False)
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s",
                [self.registry.db_name],
            )

        def start():
            with connection.cursor() as cursor:
                self._let_connect(cursor, True)

        timer = threading.Timer(seconds, start)
        timer.start()
        self.addCleanup(timer.join)

    def answer_after_a_restart(self, body):
        self.stop_database()
        return "Listo."

    @mute_logger(*SILENT)
    def test_work_is_done_again(self):
        runs = []

        def work(env):
            runs.append(env)
            env["gpt.provider"].browse(self.provider_id).sequence += 7
            env.flush_all()
            if len(runs) == 1:
                self.stop_database()
            env.cr.execute("SELECT 1")
            return "done"

        with self.transaction() as env:
            before = env["gpt.provider"].browse(self.provider_id).sequence
        self.assertEqual(in_own_transaction(env, work), "done")
        self.assertEqual(len(runs), 2)
        with self.transaction() as env:
            after = env["gpt.provider"].browse(self.provider_id).sequence
        self.assertEqual(after - before, 7)

    def test_other_errors_are_not_waited_for(self):
        def work(env):
            tries.append(1)
            env.cr.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")

        tries = []
        with self.transaction() as env, mute_logger("odoo.sql_db"):
            with self.assertRaises(psycopg2.errors.QueryCanceled):
                in_own_transaction(env, work)
        self.assertEqual(len(tries), 1)

    def run_job(self, uuid):
        """Do what the controller does for a job that the runner gives out."""
        with suppress(psycopg2.InterfaceError):  # of its own cursor, at the end
            with self.transaction() as env:
                job = Job.load(env, uuid)
                job.set_enqueued()
                job.store()
                env.cr.commit()
                job = GptRunJobController._acquire_job(env, uuid)
                GptRunJobController._runjob(env, job)

    def enqueue(self):
        with self.transaction() as env:
            service = env["gpt.service"].with_company(self.company_id)
            chain = env["gpt.chain"].browse(self.chain_id)
            request = service.delay_complete(chain, {"text": "Hola"})
            self.addCleanup(self.drop_job, request.job_uuid)
            return request.job_uuid

    def drop_job(self, uuid):
        with self.transaction() as env:
            env["queue.job"].search([("uuid", "=", uuid)]).unlink()

    @mute_logger(*SILENT)
    def test_a_job_keeps_its_answer(self):
        uuid = self.enqueue()
        self.server.answer_with(self.answer_after_a_restart)
        self.run_job(uuid)
        with self.transaction() as env:
            request = self.rows(env)
            self.assertEqual((request.state, request.answer), ("done", "Listo."))
            self.assertTrue(request.applied_at)
            job = env["queue.job"].search([("uuid", "=", uuid)])
            self.assertEqual(job.state, "pending", "to be run again, not failed")
        self.run_job(uuid)
        self.assertEqual(self.asked(), 1)
        with self.transaction() as env:
            self.assertEqual(self.rows(env).provider_calls, 1)

    def test_a_job_that_is_being_run_is_not_run_again(self):
        """The queue gives it out again once its lock, in the database, is gone."""
        uuid = self.enqueue()
        problems = []

        def second_run(body):
            try:
                Job.load(env, uuid).perform()
            except RetryableJobError as error:
                problems.append(error)
            return "Listo."

        self.server.answer_with(second_run)
        # Made here, as this thread holds the lock of the registries.
        with self.transaction() as env:
            self.run_job(uuid)
        self.assertEqual([error.ignore_retry for error in problems], [True])
        self.assertEqual(self.asked(), 1)
        # Afterwards it may be run again, and finds what there is.
        self.run_job(uuid)
        self.assertEqual(self.asked(), 1)

    def test_jobs_do_not_wait_for_others(self):
        with self.transaction() as env:
            first = env(context={"job_uuid": "one"})
            with run_alone(first), run_alone(env(context={"job_uuid": "two"})):
                with self.assertRaises(RetryableJobError), run_alone(first):
                    pass
            with run_alone(first), run_alone(env), run_alone(env):
                pass

    @mute_logger(*SILENT)
    def test_an_answer_without_a_job_is_kept(self):
        self.server.answer_with(self.answer_after_a_restart)
        with self.assertRaises((psycopg2.InterfaceError, psycopg2.OperationalError)):
            with self.transaction() as env:
                self.complete(env)
        self.assertEqual(self.asked(), 1)
        with self.transaction() as env:
            request = self.complete(env)
            self.assertEqual((request.state, request.answer), ("done", "Listo."))
        self.assertEqual(self.asked(), 1)
