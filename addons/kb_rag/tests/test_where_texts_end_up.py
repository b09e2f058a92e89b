# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from contextlib import contextmanager

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.queue_job.job import Job

from .common import KbCase

# Words that nothing else in a database has.
MARK = "zyxwabra"
TEXT = f"# Sueldos\n\nEl sueldo {MARK} del director general es de 180 mil pesos."
TITLE = f"Título {MARK}"
QUESTION = f"¿Cuál es el sueldo {MARK} del director general?"
KNOWLEDGE = {"gpt_kb_document", "gpt_kb_chunk"}


@contextmanager
def server_log():
    """Give the lines of the log, as they come; warnings are no failure here."""
    lines = []
    handler = logging.Handler(logging.INFO)
    handler.emit = lambda record: lines.append(record.getMessage())
    root = logging.getLogger()
    others, root.handlers = root.handlers, [handler]
    try:
        yield lines
    finally:
        root.handlers = others


@tagged("post_install", "-at_install")
class TestTraces(KbCase):
    """Where texts and titles of documents are afterwards, and where they are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection()
        # Who is told of changes may not be who reads the documents.
        follower = cls.people["salesperson"].partner_id
        cls.collection.message_subscribe(follower.ids)

    def tables_with_the_mark(self):
        """Return the tables of the whole database that have it in any column."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [name for (name,) in self.env.cr.fetchall()]
        found = set()
        for name in tables:
            self.env.cr.execute(
                SQL(
                    "SELECT 1 FROM %s t WHERE t::text ILIKE %s LIMIT 1",
                    SQL.identifier(name),
                    f"%{MARK}%",
                )
            )
            if self.env.cr.fetchone():
                found.add(name)
        return found

    def make_document(self):
        return self.env["gpt.kb.document"].create(
            {"name": TITLE, "collection_id": self.collection.id, "text": TEXT}
        )

    def run_and_keep(self):
        """Run the waiting jobs as the runner does, and keep how they ended."""
        for record in self.jobs():
            self.env.flush_all()
            job = Job.load(self.env, record.uuid)
            try:
                job.perform()
                job.set_done()
            except Exception as error:  # as the runner does
                job.set_failed(exc_info=repr(error), exc_message=str(error))
            self.env.invalidate_all()
            job.store()

    def test_indexing(self):
        with server_log() as logged:
            document = self.make_document()
            document.action_index()
            self.run_and_keep()
            self.assertEqual(document.state, "indexed")
            self.collection.name = "Renamed"
            document.write({"text": f"{TEXT} Y {MARK}.", "name": f"{TITLE} 2"})
            self.run_and_keep()
        self.assertEqual(self.tables_with_the_mark(), KNOWLEDGE)
        self.assertNotIn(MARK, str(logged))
        document.unlink()
        self.assertFalse(self.tables_with_the_mark())

    def test_indexing_that_fails(self):
        for fault in ("server_error", "wrong_key", "rate_limit"):
            with self.subTest(fault), server_log() as logged:
                self.server.faults.order(self.Fault(fault, times=None))
                self.make_document().action_index()
                self.run_and_keep()
                self.server.reset()
            self.assertEqual(self.tables_with_the_mark(), KNOWLEDGE)
            self.assertNotIn(MARK, str(logged))

    def test_answering(self):
        document = self.make_document()
        self.index(document)
        self.make_chain("brief")
        people = [self.people[n] for n in ("public", "portal", "salesperson")]
        with server_log() as logged:
            for user in people:
                self.assertFalse(self.retrieve(QUESTION, user))
            self.assertTrue(self.retrieve(QUESTION, self.people["manager"]))
            self.server.faults.order(self.Fault("server_error"))
            self.assertTrue(self.retrieve(QUESTION), "by its words")
        self.assertEqual(self.tables_with_the_mark(), KNOWLEDGE)
        with server_log() as logged_too:
            request = self.env["gpt.service"].retrieve_and_complete("brief", QUESTION)
        self.assertEqual(request.state, "done")
        self.assertNotIn(MARK, f"{logged}{logged_too}")
        # The ledger, which the rights of its citations guard.
        ledger = {"gpt_request", "gpt_kb_citation"}
        self.assertEqual(
            self.tables_with_the_mark() - {"gpt_stored_answer"}, KNOWLEDGE | ledger
        )
