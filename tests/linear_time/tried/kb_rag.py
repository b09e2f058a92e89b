# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``kb_rag``, and of the addons with its vector stores."""

import re
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from langchain_core.embeddings import FakeEmbeddings

from odoo.addons.kb_rag.engine.reading.chunking import Chunk
from odoo.addons.kb_rag.engine.reading.documents import Block, Page
from odoo.addons.kb_rag.engine.retrieval.request import QuestionModels
from odoo.addons.kb_rag.engine.store_backend import GivenVectors

from ...e2e.pdf_file import pdf
from ..hostile import CONTACTS, DIGITS, MARKUP, WORDS
from .ways import CODES, SETTINGS, Try, made, of, parts, then


def _word_file(function: Callable, body: str) -> Callable[[], object]:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    path = Path(_FOLDER.name) / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return lambda: list(function(path))


def _docx(function: Callable, text: str) -> Callable[[], object]:
    """Give it a Word document of a paragraph and a table, with the text in both."""
    run = f"<w:r><w:t>{_NOT_PRINTABLE.sub(' ', text)}</w:t></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{run}</w:tc></w:tr></w:tbl>"
    return _word_file(function, f"<w:p>{run}</w:p>{table}")


def _docx_of_many(function: Callable, text: str) -> Callable[[], object]:
    """Give it a Word document with many paragraphs, rows and cells."""
    count = len(text) // 40
    paragraph = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    cells = f"<w:tc>{paragraph}</w:tc>" * count
    rows = f"<w:tr><w:tc>{paragraph}</w:tc></w:tr>" * count
    table = f"<w:tbl><w:tr>{cells}</w:tr>{rows}</w:tbl>"
    return _word_file(function, paragraph * count + table)


def _pdf(function: Callable, text: str) -> Callable[[], object]:
    """Give it a PDF with 1,000 characters of the text on each page."""
    path = Path(_FOLDER.name) / "a.pdf"
    path.write_bytes(pdf(parts(_NOT_PRINTABLE.sub(" ", text), 1000)))
    return lambda: list(function(path))


def _pdf_of_one_page(function: Callable, text: str) -> Callable[[], object]:
    path = Path(_FOLDER.name) / "a.pdf"
    path.write_bytes(pdf(["\n".join(parts(_NOT_PRINTABLE.sub(" ", text), 60))]))
    return lambda: list(function(path))


_FOLDER = tempfile.TemporaryDirectory(prefix="linear-time-")
# What cannot stand in the files as they are written here.
_NOT_PRINTABLE = re.compile(r"[^ -~]|[()\\<>&]")

TRIED: dict[str, Try] = {
    "kb_rag.reading.chunking.Chunk.checksum": Try(
        made(lambda text: (Chunk(text, 0, "a"),))
    ),
    "kb_rag.reading.chunking.Chunk.embedded_text": Try(
        made(lambda text: (Chunk(text, 0, "a"),))
    ),
    "kb_rag.reading.chunking.embedded_text": Try(of("a")),
    "kb_rag.reading.chunking.cut": Try(
        made(lambda text: ([Page(1, (Block(text),))],)),
        made(lambda text: ([Page(1, tuple(map(Block, parts(text))))],)),
        made(lambda text: ([Page(1, tuple(Block(p, 1) for p in parts(text)))],)),
        made(lambda text: ([Page(n, (Block(p),)) for n, p in enumerate(parts(text))],)),
        texts=WORDS,
    ),
    "kb_rag.reading.documents.Page.has_text": Try(
        made(lambda text: (Page(1, tuple(map(Block, parts(text)))),))
    ),
    "kb_rag.retrieval.codes.code_lexemes": Try(of(), texts=(*WORDS, *DIGITS)),
    "kb_rag.retrieval.codes.codes_of": Try(of(), texts=DIGITS),
    "kb_rag.retrieval.codes.number_lexeme": Try(of()),
    "kb_rag.vectors.embedding.batches": Try(
        lambda function, text: lambda: list(function(parts(text)))
    ),
    "kb_rag.vectors.embedding.masked": Try(of()),
    "kb_rag.vectors.embedding.embed_texts": Try(
        made(lambda text: (FakeEmbeddings(size=2), [text]))
    ),
    "kb_rag.vectors.embedding.embed_query": Try(of(FakeEmbeddings(size=2))),
    "kb_rag.vectors.question_embedding.embed_question": Try(
        then(QuestionModels({1: FakeEmbeddings(size=2)})),
        texts=(*WORDS, *CONTACTS),
    ),
    "kb_rag.reading.formats.detect_format": Try(
        made(lambda text: (text.encode(), "a.md")), texts=MARKUP
    ),
    "kb_rag.reading.formats.decode_text": Try(
        made(lambda text: (text.encode(),)),
        made(lambda text: (text.encode("utf-16"),)),
        made(lambda text: (text.encode("cp1252", "replace") + b"\x81\xe1",)),
    ),
    "kb_rag.retrieval.language.language_of": Try(of()),
    "kb_rag.retrieval.language.spellings": Try(of()),
    "kb_rag.retrieval.neighbours.joined_text": Try(
        made(lambda text: ([text, text + "b"],)),
        made(lambda text: (parts(text),)),
        made(lambda text: (parts(text, 500),)),
    ),
    "kb_rag.reading.pdf_gaps.widen_gaps": Try(
        made(lambda text: (b"TJ", [[text, -200, *text]], None, None))
    ),
    "kb_rag.reading.pdf_text.blocks_of": Try(of(), texts=(*WORDS, *MARKUP)),
    "kb_rag.reading.pdf_text.heading_level": Try(of()),
    "kb_rag.vectors.question_embedding.masked_question": Try(of()),
    "kb_rag.retrieval.question_words.words_to_look_up": Try(
        of(), texts=(*WORDS, *CONTACTS)
    ),
    "kb_rag.reading.markup.read_html": Try(of(), texts=MARKUP),
    "kb_rag.reading.markup.read_markdown": Try(of(), texts=MARKUP),
    "kb_rag.reading.markup.read_text": Try(of(), texts=(*WORDS, *MARKUP)),
    "kb_rag.store_call.secrets_of": Try(
        made(lambda text: (f"http://{text}",)),
        made(lambda text: (f"http://a:{text}@b/?key={text}&{text}",)),
    ),
    "kb_rag.store_backend.GivenVectors.embed_documents": Try(
        lambda function, text: partial(
            function, GivenVectors([[1.0]] * len(text)), parts(text)
        )
    ),
    "kb_rag.reading.docx.read_docx": Try(_docx, _docx_of_many),
    "kb_rag.reading.pdf.read_pdf": Try(_pdf, _pdf_of_one_page),
}
EXCUSED: dict[str, str] = {
    "kb_rag.reading.documents.ReadingError.__init__": "keeps a text as it is",
    "kb_rag.retrieval.neighbours.merge_neighbours": "compares a few numbers",
    "kb_rag.reading.ocr.recognised": "starts another program, with a limit of time",
    "kb_rag.reading.reader.read_document": "starts the process that reads",
    "kb_rag.settings.with_collections": SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.vector_store": SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.search_filter": SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.similarity": SETTINGS,
    "kb_rag_postgres.postgres_backend.PostgresBackend.vectors": SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.vector_store": SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.search_filter": SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.similarity": SETTINGS,
    "kb_rag_qdrant.qdrant_backend.QdrantBackend.vectors": SETTINGS,
    "kb_rag.store_call.store_call": SETTINGS,
    "kb_rag.store_backend.GivenVectors.embed_query": "hands out a vector that it has",
    "kb_rag.store_backend.chunk_id_of": CODES,
    "kb_rag.vectors.operations.unit_vector": CODES,
    "kb_rag.retrieval.request.Ranking.best": CODES,
    "kb_rag.retrieval.request.RetrievalRequest.bounded": "cuts a text at a limit",
}
