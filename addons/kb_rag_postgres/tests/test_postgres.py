# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import socket

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kb_rag.tests.common import KbCase
from odoo.addons.kb_rag.tests.test_model_change import ModelChange
from odoo.addons.kb_rag.tests.test_store_contract import SHIPPING, OutsideStoreContract
from odoo.addons.kb_rag.tests.test_withdrawn_documents import Outside

from ..engine import postgres_backend
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

    def failure(self, location):
        """Return what is said when a store is tried that does not work."""
        self.store.location = location
        with self.assertRaises(UserError) as caught:
            self.store.action_test()
        return str(caught.exception)

    def test_password_that_makes_a_wrong_address(self):
        """What its parser takes for a port is a part of the password."""
        said = self.failure("postgresql+psycopg://me:p@x:hunter2000@127.0.0.1/none")
        self.assertNotIn("hunter2000", said)

    def test_server_that_says_nothing(self):
        self.patch(postgres_backend, "CALL_SECONDS", 0.5)
        port = self.start_silent_server()
        said = self.failure(f"postgresql+psycopg://me@127.0.0.1:{port}/none")
        self.assertIn("Timeout", said)

    def start_silent_server(self):
        """Start a server that takes connections and never answers."""
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        return server.getsockname()[1]

    def test_address_of_something_else(self):
        with self.assertRaises(ValidationError):
            self.store.location = "http://127.0.0.1:6333"


@tagged("post_install", "-at_install")
class TestModelChangeInPostgres(ModelChange, PostgresPlace, KbCase):
    pass


@tagged("post_install", "-at_install")
class TestWithdrawnFromPostgres(Outside, PostgresPlace, KbCase):
    pass
