# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kb_rag.tests.common import HOLIDAYS, KbCase
from odoo.addons.kb_rag.tests.test_model_change import ModelChange
from odoo.addons.kb_rag.tests.test_store_contract import SHIPPING, OutsideStoreContract
from odoo.addons.kb_rag.tests.test_withdrawn_documents import Outside

from .common import QdrantPlace


@tagged("post_install", "-at_install")
class TestQdrantStore(OutsideStoreContract, QdrantPlace, KbCase):
    @mute_logger("odoo.addons.kb_rag.models.gpt_kb_dense_search")
    def test_unreachable(self):
        self.store.location = "http://127.0.0.1:1"
        with self.assertRaises(UserError):
            self.store.action_test()
        document = self.add_text(self.collection, HOLIDAYS, "Vacaciones")
        self.assertEqual((document.state, document.problem), ("error", "store"))
        self.assertTrue(self.retrieve(SHIPPING), "words find it")

    def test_key_is_for_the_system_group(self):
        self.store.api_key = "sk-q"
        with self.assertRaises(AccessError):
            self.store.with_user(self.people["manager"]).read(["api_key"])

    def test_key_is_neutralized(self):
        from odoo.modules.neutralize import get_neutralization_queries

        self.store.api_key = "sk-q"
        self.env.flush_all()
        for query in get_neutralization_queries(["kb_rag_qdrant"]):
            self.env.cr.execute(query)
        self.store.invalidate_recordset()
        self.assertFalse(self.store.api_key)


@tagged("post_install", "-at_install")
class TestModelChangeInQdrant(ModelChange, QdrantPlace, KbCase):
    pass


@tagged("post_install", "-at_install")
class TestWithdrawnFromQdrant(Outside, QdrantPlace, KbCase):
    pass
