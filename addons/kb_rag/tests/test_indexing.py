# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import zipfile

from reportlab.pdfgen.canvas import Canvas

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.reading.chunking import cut
from ..engine.reading.documents import Block, Page, ReadingError
from ..engine.vectors.embedding import embed_texts
from .common import RETURNS, SALARIES, KbCase


@tagged("post_install", "-at_install")
class TestIndexing(KbCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection()

    def test_indexed(self):
        document = self.add_text(self.collection)
        self.assertEqual(document.state, "indexed")
        self.assertEqual(document.progress, 100)
        self.assertEqual(document.language, "spanish")
        chunks = document.chunk_ids
        self.assertEqual(len(chunks), 2)
        self.assertEqual(chunks.mapped("section"), ["Devoluciones", "Envíos"])
        self.assertEqual(chunks.model_id, self.embedding)
        vectors = chunks._vectors()
        self.assertEqual(len(vectors), 2)
        self.assertEqual({len(vector) for vector in vectors.values()}, {256})

    def test_only_what_changed_is_embedded(self):
        document = self.add_text(self.collection)
        kept = document.chunk_ids[0]
        self.assertEqual(len(self.embedded_texts()), 2)
        document.text = RETURNS.replace("150 pesos", "180 pesos")
        self.index(document)
        sent = self.embedded_texts()[2:]
        self.assertEqual(len(sent), 1)
        self.assertIn("180 pesos", sent[0])
        self.assertEqual(document.chunk_ids[0], kept)
        self.index(document)
        self.assertEqual(len(self.embedded_texts()), 3, "nothing changed")

    def test_chunks_that_moved_are_kept(self):
        document = self.add_text(self.collection)
        first, second = document.chunk_ids
        document.text = f"{SALARIES}\n\n{RETURNS}"
        self.index(document)
        self.assertEqual(document.chunk_ids[1:], first | second)
        self.assertEqual(document.chunk_ids.mapped("sequence"), [0, 1, 2])
        self.assertEqual(len(self.embedded_texts()), 3)

    def test_same_text_twice_in_a_document(self):
        document = self.add_text(self.collection, f"{RETURNS}\n\n{RETURNS}")
        self.assertEqual(len(document.chunk_ids), 4)
        self.index(document)
        self.assertEqual(len(document.chunk_ids), 4)
        self.assertEqual(len(document.chunk_ids._vectors()), 4)

    def test_cost_is_in_the_ledger(self):
        self.embedding.price_input = 20
        document = self.add_text(self.collection)
        request = self.env["gpt.request"].search(
            [("res_model", "=", "gpt.kb.document"), ("res_id", "=", document.id)]
        )
        self.assertEqual(len(request), 1)
        self.assertEqual(request.state, "done")
        self.assertEqual(request.model_id, self.embedding)
        self.assertGreater(request.input_tokens, 40)
        self.assertAlmostEqual(request.cost, request.input_tokens * 20 / 1e6, 6)
        self.assertFalse(request.prompt, "texts are not kept in the ledger")

    def test_personal_data_stay_here(self):
        text = f"{RETURNS}\n\n# Contacto\n\nEscriba a ana@tienda.mx, RFC GODE561231GR8."
        self.add_text(self.collection, text, "Contacto")
        self.retrieve("¿De quién es el RFC GODE561231GR8?")
        sent = "\n".join(self.embedded_texts())
        self.assertIn("Contacto", sent)
        self.assertNotIn("GODE561231GR8", sent)
        self.assertNotIn("ana@tienda.mx", sent)

    def test_model_change(self):
        document = self.add_text(self.collection)
        self.assertFalse(self.collection.stale_count)
        other = self.embedding.copy({"name": "text-embedding-3-large"})
        self.collection.model_id = other
        self.assertEqual(self.collection.stale_count, 1)
        self.assertTrue(
            self.retrieve("¿Cuánto cuesta el envío?"), "words still find it"
        )
        self.collection.action_index_stale()
        self.run_jobs()
        self.collection.invalidate_recordset()
        self.assertFalse(self.collection.stale_count)
        self.assertEqual(document.chunk_ids.model_id, other)
        self.assertEqual(len(document.chunk_ids), 2)

    def test_chunking_change(self):
        document = self.add_text(self.collection, RETURNS * 4)
        before = len(document.chunk_ids)
        self.collection.write({"chunk_size": 200, "chunk_overlap": 20})
        self.assertEqual(self.collection.stale_count, 1)
        self.index(document)
        self.assertGreater(len(document.chunk_ids), before)
        self.collection.invalidate_recordset()
        self.assertFalse(self.collection.stale_count)

    def test_rolled_back_upload(self):
        self.env.flush_all()
        savepoint = self.env.cr.savepoint(flush=False)
        document = self.add_text(self.collection)
        self.assertTrue(document.chunk_ids)
        savepoint.rollback()
        self.env.invalidate_all(flush=False)
        self.assertFalse(document.exists())
        self.env.cr.execute(
            "SELECT count(*) FROM gpt_kb_chunk WHERE document_id = %s", [document.id]
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        self.assertFalse(self.retrieve("¿Cuánto cuesta el envío?"))

    def test_deleted_at_once(self):
        document = self.add_text(self.collection)
        question = "¿Cuánto cuesta el envío?"
        self.assertTrue(self.retrieve(question))
        document.unlink()
        self.assertFalse(self.retrieve(question))
        self.assertFalse(
            self.env["gpt.kb.chunk"].search([("document_id", "=", document.id)])
        )

    def test_archived_is_no_answer(self):
        document = self.add_text(self.collection)
        document.active = False
        self.assertFalse(self.retrieve("¿Cuánto cuesta el envío?"))
        document.active = True
        self.collection.active = False
        self.assertFalse(self.retrieve("¿Cuánto cuesta el envío?"))

    def test_pages(self):
        """A PDF's pages are cited; those without text are named."""
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        for text in ("La garantía dura doce meses.", "", "El envío cuesta 150 pesos."):
            canvas.drawString(50, 700, text)
            canvas.showPage()
        canvas.save()
        self.collection.write({"chunk_size": 200, "chunk_overlap": 0})
        document = self.add_file(self.collection, buffer.getvalue(), "tienda.pdf")
        self.assertEqual((document.state, document.page_count), ("indexed", 3))
        self.assertEqual(document.pages_without_text, "2")
        self.assertIn("2", document.warning)
        self.assertEqual(document.chunk_ids[0].page, 1)
        (passage, *_rest) = self.retrieve("¿Cuánto dura la garantía?")
        self.assertEqual(passage["page"], 1)

    # Odoo looks into archives for their type, and says so when they are broken.
    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_bad_files(self):
        pdf = b"%PDF-1.4\n" + b"\x00\x01broken" * 200
        cases = {
            "empty.pdf": (b"", "empty"),
            "photo.pdf": (
                b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
                "unknown_format",
            ),
            "broken.pdf": (pdf, "broken"),
            "old.doc": (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
                "unknown_format",
            ),
            "archive.docx": (b"PK\x03\x04" + b"\0" * 100, "broken"),
            "blank.txt": (b"   \n\n  ", "no_text"),
        }
        for name, (data, problem) in cases.items():
            with self.subTest(name):
                document = self.add_file(self.collection, data, name)
                self.assertEqual((document.state, document.problem), ("error", problem))
        good = self.add_file(self.collection, RETURNS.encode(), "políticas.md")
        self.assertEqual(good.state, "indexed")

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_replacement_that_cannot_be_read(self):
        """What the file said before is not what it says now."""
        for data, problem in (
            (b"", "empty"),
            (b"%PDF-1.4\n" + b"\x00\x01broken" * 200, "broken"),
            (self.bomb(), "too_large"),
        ):
            with self.subTest(problem):
                document = self.add_file(self.collection, RETURNS.encode(), "a.md")
                self.assertTrue(document.chunk_ids)
                document.datas = base64.b64encode(data)
                self.index(document)
                self.assertEqual(document.problem, problem)
                self.assertFalse(document.chunk_ids)
                self.assertFalse(self.retrieve("¿Cuánto cuesta el envío?"))

    def bomb(self):
        """Return a Word file that unpacks to much more than a text would."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", b" " * (32 << 20))
        return buffer.getvalue()

    def test_same_file_that_cannot_be_read_again(self):
        """A reader that fails once takes no answers away."""
        document = self.add_file(self.collection, RETURNS.encode(), "a.md")
        chunks = document.chunk_ids
        indexer = self.env["gpt.kb.indexer"]
        work = indexer._work(document)
        self.alone(indexer._fail_to_read, document, ReadingError("too_long"), work)
        self.assertEqual((document.state, document.problem), ("error", "too_long"))
        self.assertEqual(document.chunk_ids, chunks)
        self.assertTrue(self.retrieve("¿Cuánto cuesta el envío?"))

    def test_model_that_refuses(self):
        self.server.faults.order(self.Fault("wrong_key", times=None))
        document = self.add_text(self.collection)
        self.assertEqual((document.state, document.problem), ("error", "embedding"))
        self.assertIn("API key", document.problem_detail)
        request = self.env["gpt.request"].search(
            [("res_id", "=", document.id)], limit=1
        )
        self.assertEqual(request.error_code, "wrong_key")
        self.assertTrue(
            self.retrieve("¿Cuánto cuesta el envío?"), "words find it all the same"
        )

    def test_model_that_is_busy(self):
        document = self.env["gpt.kb.document"].create(
            {"name": "A", "collection_id": self.collection.id, "text": RETURNS}
        )
        document.action_index()
        self.server.faults.order(self.Fault("rate_limit", times=None))
        job = self.jobs()
        self.assertGreater(self.run_job(job), 0)
        self.assertEqual(document.state, "indexing")
        self.server.reset()
        self.assertIsNone(self.run_job(job))
        self.assertEqual(document.state, "indexed")
        self.assertEqual(len(document.chunk_ids), 2)

    def test_two_workers(self):
        document = self.env["gpt.kb.document"].create(
            {"name": "A", "collection_id": self.collection.id, "text": RETURNS}
        )
        document.action_index()
        document.action_index()
        self.assertEqual(len(self.jobs()), 1, "one job a document")
        self.alone(self.env["gpt.kb.indexer"]._claim, document, "another-run")
        self.assertGreater(
            self.run_job(self.jobs()), 0, "put off while another is at it"
        )
        self.assertFalse(document.chunk_ids)
        # The other one was killed: after a while its claim counts no more.
        document.claimed_at = "2020-01-01"
        self.assertIsNone(self.run_job(self.jobs()))
        self.assertEqual(len(document.chunk_ids), 2)

    def test_text_that_changes_while_the_model_is_asked(self):
        """What is gone meanwhile gets no vector; what is still there does."""
        document = self.add_text(self.collection)
        document.chunk_ids.write({"model_id": False})
        self.alone(self.env["gpt.kb.indexer"]._claim, document, "run")
        embedder = self.env["gpt.kb.embedder"]
        plan = self.alone(embedder._plan_batch, document, "run", None)
        self.assertEqual(len(plan["chunk_ids"]), 2)
        outcome = embed_texts(plan["embeddings"], plan["texts"])
        gone, kept = document.chunk_ids
        gone.unlink()
        self.assertIsNone(self.alone(embedder._keep_vectors, document, plan, outcome))
        self.assertEqual(kept.model_id, self.embedding)
        self.assertEqual(document.chunk_ids.filtered("model_id"), kept)
        document.unlink()
        self.assertIsNone(self.alone(embedder._keep_vectors, document, plan, outcome))

    def test_ousted_run_stops(self):
        document = self.add_text(self.collection)
        document.chunk_ids.write({"model_id": False})
        self.alone(self.env["gpt.kb.indexer"]._claim, document, "newer")
        embedder = self.env["gpt.kb.embedder"]
        self.assertIsNone(self.alone(embedder._plan_batch, document, "older", None))

    def test_resumed_after_a_kill(self):
        """What a killed run had embedded is not embedded again."""
        text = "\n\n".join(f"# Tema {n}\n\n{RETURNS[40:160]} {n}" for n in range(200))
        document = self.env["gpt.kb.document"].create(
            {"name": "A", "collection_id": self.collection.id, "text": text}
        )
        document.action_index()
        job = self.jobs()
        self.server.faults.order(self.Fault("rate_limit", times=None, match="Tema 150"))
        self.assertGreater(self.run_job(job), 0, "the second batch fails")
        embedded = document.chunk_ids.filtered("model_id")
        self.assertTrue(0 < len(embedded) < len(document.chunk_ids))
        first_ids = document.chunk_ids.ids
        self.server.reset()
        self.assertIsNone(self.run_job(job))
        self.assertEqual(document.chunk_ids.ids, first_ids, "no duplicates")
        self.assertEqual(
            len(self.embedded_texts()), len(first_ids) - len(embedded), "only the rest"
        )
        self.assertEqual(document.state, "indexed")

    def test_a_batch_that_takes_too_long_is_made_smaller(self):
        self.provider.timeout = 2
        text = "\n\n".join(f"# Tema {n}\n\n{RETURNS[40:160]} {n}" for n in range(8))
        self.server.faults.order(self.Fault("slow", seconds=4, times=1))
        document = self.add_text(self.collection, text)
        self.assertEqual(document.state, "indexed")
        sent = [
            entry.body["input"]
            for entry in self.server.journal.entries("/v1/embeddings")
            if any("Tema" in text for text in entry.body["input"])
        ]
        chunks = len(document.chunk_ids)
        half = chunks // 2
        self.assertGreater(half, 1)
        self.assertEqual([len(texts) for texts in sent[:3]], [chunks, half, half])
        rows = self.env["gpt.request"].search([("res_id", "=", document.id)])
        rows = rows.filtered(lambda row: row.res_model == document._name)
        late = rows.filtered(lambda row: row.error_code == "timeout")
        self.assertEqual((late.provider_calls, late.unanswered_calls), (1, 1))
        self.assertTrue(all(row.provider_calls == 1 for row in rows))

    def test_odd_characters_of_a_document(self):
        document = self.add_text(self.collection)
        for text in ("\ud83d", "\x00", "\ud83d\ude00"):
            pages = [Page(1, (Block(f"Entrega {text} el lunes."),))]
            (chunk,) = cut(pages)
            self.env["gpt.kb.chunk"]._replace(document, [chunk], "spanish")
            self.env.flush_all()
            self.env["gpt.kb.indexer"]._fail(document, "store", f"no {text}")
            self.env.flush_all()
            self.assertIn("no ", document.problem_detail)

    def test_new_text_is_indexed_by_itself(self):
        document = self.add_text(self.collection)
        document.text = SALARIES
        self.assertEqual(document.state, "queued")
        self.run_jobs()
        self.assertIn("180 mil", document.chunk_ids[0].text)

    def test_manager_moves_and_deletes(self):
        document = self.add_text(self.collection)
        other = self.make_collection("Otra")
        mine = document.with_user(self.people["manager"])
        mine.collection_id = other
        self.run_jobs()
        self.assertEqual(document.chunk_ids.collection_id, other)
        self.assertEqual(len(document.chunk_ids._vectors()), 2)
        chunks = document.chunk_ids
        mine.collection_id.unlink()
        self.assertFalse(document.exists() or chunks.exists())

    def test_dropped_files(self):
        manager = self.people["manager"]
        attachments = (
            self.env["ir.attachment"]
            .with_user(manager)
            .create(
                [
                    {
                        "name": f"{n}.md",
                        "raw": RETURNS.encode(),
                        "res_model": "gpt.kb.document",
                    }
                    for n in range(3)
                ]
            )
        )
        uploads = self.env["gpt.kb.upload"].with_user(manager)
        documents = uploads._make_documents(
            attachments, self.collection.with_user(manager)
        )
        self.run_jobs()
        self.assertEqual(documents.mapped("state"), ["indexed"] * 3)
        self.assertFalse(attachments.exists())
