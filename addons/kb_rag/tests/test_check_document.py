# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import KbCase


@tagged("post_install", "-at_install")
class TestCheckDocument(KbCase):
    """Pre-flight: documents that could not be indexed."""

    def finding(self):
        (finding,) = self.env["gpt.check.document"]._findings()
        return finding

    def test_failed_documents_are_named(self):
        collection = self.make_collection()
        self.assertEqual(self.finding()["severity"], "ok")
        document = self.env["gpt.kb.document"].create(
            {"name": "Catálogo", "collection_id": collection.id, "text": "x"}
        )
        self.assertEqual(self.finding()["severity"], "ok", "nobody has tried it")
        document.state = "error"
        finding = self.finding()
        self.assertEqual(finding["severity"], "warning")
        self.assertIn("1 could not be indexed", finding["detail"])
        self.assertIn("Catálogo", finding["detail"])
        self.assertEqual(finding["action"]["res_id"], document.id)

    def test_of_many_some_are_named(self):
        collection = self.make_collection()
        documents = self.env["gpt.kb.document"].create(
            [
                {"name": f"D{number}", "collection_id": collection.id, "text": "x"}
                for number in range(7)
            ]
        )
        documents.state = "error"
        finding = self.finding()
        self.assertIn("7 could not be indexed", finding["detail"])
        self.assertTrue(finding["detail"].endswith(" …"), finding["detail"])
        self.assertEqual(
            finding["action"]["domain"], [("id", "in", documents.sorted().ids)]
        )
