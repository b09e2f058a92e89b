# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..engine.reading.chunking import Chunk
from ..engine.retrieval.request import RetrievalRequest
from .common import KbCase

COUNT = 2000


@tagged("post_install", "-at_install")
class TestCodes(KbCase):
    """A code among many that are nearly the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection(is_public=True)
        cls.document = cls.env["gpt.kb.document"].create(
            {"name": "Catálogo", "collection_id": cls.collection.id, "text": "-"}
        )
        chunks = [
            Chunk(
                f"SKU-{number:05}: tornillo de acero inoxidable, en caja de cien. "
                f"Existencia en almacén, entrega en tres días. Precio de lista."
            )
            for number in range(COUNT)
        ]
        cls.made = cls.env["gpt.kb.chunk"]._replace(cls.document, chunks, "spanish")
        cls.document.write(
            {
                "language": "spanish",
                "indexed_chunks": COUNT,
                "indexed_chars": sum(len(chunk.text) for chunk in chunks),
            }
        )
        texts = [chunk.text for chunk in chunks]
        vectors = cls.collection._get_embeddings().embed_documents(texts)
        cls.env["gpt.kb.chunk"]._set_vectors(
            cls.document,
            cls.embedding.id,
            dict(zip(cls.made.ids, vectors, strict=True)),
        )

    def found(self, question, **options):
        request = RetrievalRequest(question, 4, self.collection.ids, **options)
        return self.env["gpt.kb.retriever"]._run(request)

    def test_found_first(self):
        for question in (
            "¿Cuánto cuesta la SKU-01234?",
            "precio de lista del sku 01234 en caja de cien",
            "SKU01234",
            "¿Qué existencia hay de tornillos de acero inoxidable SKU/01234?",
            "el 01234 por favor",
        ):
            for methods in (("dense", "lexical"), ("lexical",)):
                with self.subTest(question, methods=methods):
                    found = self.found(question, methods=methods)
                    self.assertIn("SKU-01234", found.trace.chunks[0].text)
                    self.assertIn("SKU-01234", found.passages[0]["text"])
                    self.assertFalse(found.trace.missing_codes)

    def test_two_of_them(self):
        found = self.found("¿Qué diferencia hay entre SKU-00777 y SKU 01500?")
        first = {chunk.text[:9] for chunk in found.trace.chunks[:2]}
        self.assertEqual(first, {"SKU-00777", "SKU-01500"})

    def test_stands_nowhere(self):
        """It is not taken for found, and lifts nothing that has a half of it."""
        for question in ("SKU-99999", "¿Cuánto cuesta la SKU-99999?", "XYZ-01234"):
            with self.subTest(question):
                found = self.found(question)
                code = question.rpartition(" ")[2].strip("?")
                self.assertEqual(found.trace.missing_codes, [code])
                self.assertTrue(found.passages, "what is near is found all the same")
                words = self.found(question, methods=("lexical",)).trace.chunks
                self.assertNotIn("SKU-01234", [found.text[:9] for found in words[:12]])
                self.assertFalse([found for found in words if "99999" in found.text])

    def test_looks_like_a_tax_number(self):
        """A part number is looked up, and yet no model is sent it."""
        part = "GODE561231GR8"
        self.add_text(self.collection, f"La pieza {part} es un empaque.", "Refacciones")
        found = self.found(f"¿Qué es la {part}?")
        self.assertIn(part, found.passages[0]["text"])
        self.assertNotIn(part, str(self.embedded_texts()))

    def test_of_a_hidden_document(self):
        """Nobody is told that a code is in what they may not read."""
        closed = self.make_collection("Cerrada")
        self.add_text(closed, "El prototipo QX-7000 pesa dos kilos.", "Prototipos")
        question = "¿Cuánto pesa el QX-7000?"
        retriever = self.env["gpt.kb.retriever"].with_user(self.people["public"])
        found = retriever._run(RetrievalRequest(question))
        self.assertEqual(found.trace.missing_codes, ["QX-7000"])
        self.assertIn("QX-7000", self.texts_found(question))
