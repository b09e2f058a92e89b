# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"


@tagged("post_install", "-at_install")
class TestExtension(KbCase):
    """PostgreSQL without pgvector, and the day it gets it."""

    def setUp(self):
        super().setUp()
        self.collection = self.make_collection()
        self.env.cr.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not self.env.cr.fetchone()[0]:
            self.skipTest("the database user may not take the extension away")
        self.pgvector = self.env["gpt.kb.pgvector"]
        self.quantization = self.env["gpt.kb.quantization"]
        self.quantization._create_indexes()
        self.assertIn(self.quantization._index_name(), self.pgvector._known_indexes())
        self.env.cr.execute("DROP EXTENSION vector CASCADE")
        # As on a server whose administrator keeps extensions to themselves.
        self.env.cr.execute("CREATE ROLE kb_rag_plain LOGIN")
        self.env.cr.execute(
            """GRANT ALL ON ALL TABLES IN SCHEMA public TO kb_rag_plain;
               GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO kb_rag_plain;
               GRANT ALL ON SCHEMA public TO kb_rag_plain;
               ALTER TABLE gpt_kb_chunk OWNER TO kb_rag_plain;
               ALTER TABLE gpt_model OWNER TO kb_rag_plain"""
        )
        self.env.cr.execute("SET LOCAL ROLE kb_rag_plain")

    def test_says_what_to_run_and_then_works(self):
        self.env["gpt.kb.chunk"].init()
        self.assertFalse(self.pgvector._is_ready())
        problem = self.collection.vector_problem
        self.assertIn("CREATE EXTENSION vector", problem)
        self.assertIn(self.env.cr.dbname, problem)
        document = self.add_text(self.collection)
        self.assertEqual((document.state, document.problem), ("error", "no_vector"))
        self.assertIn("CREATE EXTENSION vector", document.problem_detail)
        self.assertTrue(self.retrieve(SHIPPING), "found by its words")
        self.env["gpt.kb.indexer"]._cron_wait_for_vectors()
        self.assertFalse(self.jobs(), "not yet")
        # What the administrator runs.
        self.env.cr.execute("RESET ROLE; CREATE EXTENSION vector")
        self.env.cr.execute("SET LOCAL ROLE kb_rag_plain")
        self.env["gpt.kb.indexer"]._cron_wait_for_vectors()
        self.run_jobs()
        self.assertEqual(document.state, "indexed")
        self.assertEqual(len(document.chunk_ids._vectors()), 2)
        self.assertTrue(self.quantization._has_columns())
        indexes = self.pgvector._known_indexes()
        self.assertNotIn(self.quantization._index_name(), indexes)
        self.collection.invalidate_recordset()
        self.assertFalse(self.collection.vector_problem)
        self.assertTrue(self.retrieve(SHIPPING))
