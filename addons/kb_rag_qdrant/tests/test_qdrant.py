# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import warnings

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kb_rag.engine import store_call
from odoo.addons.kb_rag.tests.common import HOLIDAYS, KbCase
from odoo.addons.kb_rag.tests.test_model_change import ModelChange
from odoo.addons.kb_rag.tests.test_store_contract import SHIPPING, OutsideStoreContract
from odoo.addons.kb_rag.tests.test_withdrawn_documents import Outside

from .common import QdrantPlace
from .http_server import KEY, HttpServer, NeverEnds, ShowsTheKey


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

    def failure(self, server):
        """Return what is said when a store is tried that does not work."""
        self.store.write({"location": server.url, "api_key": KEY})
        # Its client warns of a key that is sent without TLS.
        with self.assertRaises(UserError) as caught, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            self.store.action_test()
        return str(caught.exception)

    def test_server_that_shows_the_key(self):
        said = self.failure(self.start(ShowsTheKey))
        self.assertIn("401", said)
        self.assertNotIn(KEY, said)

    def test_server_that_never_ends(self):
        """Each read is in time, all of them together are not."""
        self.patch(store_call, "CALL_SECONDS", 0.5)
        self.assertRegex(self.failure(self.start(NeverEnds)), "timed out|deadline")

    def start(self, handler):
        server = HttpServer(handler)
        self.addCleanup(server.stop)
        return server

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
