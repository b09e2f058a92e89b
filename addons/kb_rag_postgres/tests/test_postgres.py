# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kb_rag.tests.common import KbCase
from odoo.addons.kb_rag.tests.test_model_change import ModelChange
from odoo.addons.kb_rag.tests.test_store_contract import SHIPPING, OutsideStoreContract
from odoo.addons.kb_rag.tests.test_withdrawn_documents import Outside

from .common import PostgresPlace


@tagged("post_install", "-at_install")
class TestPostgresStore(OutsideStoreContract, PostgresPlace, KbCase):
    @mute_logger("odoo.addons.kb_rag.models.gpt_kb_dense_search")
    def test_wrong_address(self):
        self.store.location = "postgresql+psycopg://nobody:hunter2@127.0.0.1:1/none"
        with self.assertRaises(UserError) as caught:
            self.store.action_test()
        self.assertNotIn("hunter2", str(caught.exception))
        self.assertTrue(self.retrieve(SHIPPING), "words find it")

    def test_address_of_something_else(self):
        with self.assertRaises(ValidationError):
            self.store.location = "http://127.0.0.1:6333"


@tagged("post_install", "-at_install")
class TestModelChangeInPostgres(ModelChange, PostgresPlace, KbCase):
    pass


@tagged("post_install", "-at_install")
class TestWithdrawnFromPostgres(Outside, PostgresPlace, KbCase):
    pass
