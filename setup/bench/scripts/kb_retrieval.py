# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: the nearest of many vectors, beside PGVectorStore on the same
# server, its index as its manual says, and a plain scan of everything.
import json
import statistics
import time

import numpy
import psycopg

from odoo.addons.kb_rag.engine.retrieval.request import (
    QuestionVectors,
    RetrievalRequest,
)
from odoo.addons.kb_rag.engine.store_backend import GivenVectors
from odoo.addons.kb_rag.engine.vectors.operations import as_literal
from odoo.addons.kb_rag.utils.access_filter import AccessFilter
from odoo.addons.kb_rag.utils.vector_store import DatabaseVectorStore
from odoo.addons.kb_rag_postgres.engine.postgres_backend import PostgresBackend, _engine

size = int(arguments[0])  # noqa: F821
DIMENSIONS, RANK, CLUSTERS, ROUNDS, K = 1536, 64, 200, 40, 10
cr = env.cr  # noqa: F821
dice = numpy.random.default_rng(7)

# Real embeddings lie in clusters and use few of their dimensions.
base = dice.standard_normal((RANK, DIMENSIONS)).astype("float32")
centres = dice.standard_normal((CLUSTERS, RANK)).astype("float32")


def made(count):
    points = centres[dice.integers(0, CLUSTERS, count)]
    points = points + 0.6 * dice.standard_normal((count, RANK)).astype("float32")
    vectors = points @ base
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


vectors, queries, others = made(size), made(ROUNDS), made(ROUNDS)
provider = env["gpt.provider"].create({"name": f"B{size}", "api_key": "-"})  # noqa: F821
model = env["gpt.model"].create(  # noqa: F821
    {"name": f"bench-{size}", "kind": "embedding", "provider_id": provider.id}
)
Collection = env["gpt.kb.collection"]  # noqa: F821
few, many = Collection.create(
    [
        {"name": name, "is_public": True, "model_id": model.id}
        for name in ("few", "many")
    ]
)
documents = {
    collection.id: env["gpt.kb.document"].create(  # noqa: F821
        [{"name": f"D{n}", "collection_id": collection.id} for n in range(20)]
    )
    for collection in (few, many)
}
env.flush_all()  # noqa: F821
WORDS = [f"palabra{n}" for n in range(3000)]
rows = []
for number, vector in enumerate(vectors):
    collection = few if number % 20 == 0 else many
    document = documents[collection.id][
        number % 20 if collection == many else number // 20 % 20
    ]
    text = " ".join(WORDS[i] for i in dice.zipf(1.3, 90) % 3000)
    rows.append((document.id, collection.id, number, text, vector))
ids = []
for start in range(0, size, 1000):
    part = rows[start : start + 1000]
    cr.execute(
        """INSERT INTO gpt_kb_chunk (document_id, collection_id, sequence, text, length,
                  checksum, language, model_id, dimensions, embedding, words)
           SELECT d, c, s, t, length(t), s::text, 'spanish', %s, %s, v::vector,
                  to_tsvector('spanish', t)
             FROM unnest(%s::int[], %s::int[], %s::int[], %s::text[], %s::text[])
                  AS given(d, c, s, t, v) RETURNING id""",
        [model.id, DIMENSIONS, *[[row[i] for row in part] for i in range(4)],
         [as_literal(row[4].tolist()) for row in part]],
    )  # fmt: skip
    ids += [id_ for (id_,) in cr.fetchall()]
cr.execute(
    """UPDATE gpt_kb_document d SET language = 'spanish', indexed_chunks = s.n,
              indexed_chars = s.c
         FROM (SELECT document_id, count(*) n, sum(length) c FROM gpt_kb_chunk
                WHERE model_id = %s GROUP BY document_id) s
        WHERE s.document_id = d.id""",
    [model.id],
)
cr.commit()
env["gpt.kb.quantization"]._build_index(model.id, DIMENSIONS)  # noqa: F821
if size >= 10_000:
    env["gpt.kb.pgvector"]._build_index(DIMENSIONS)  # noqa: F821
cr.commit()
cr._cnx.autocommit = True
cr.execute("VACUUM ANALYZE gpt_kb_chunk")
cr._cnx.autocommit = False

# PGVectorStore: the same vectors, its own table and index.
info = cr._cnx.info
url = (
    f"postgresql+psycopg://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"
)
backend = PostgresBackend(url, f"bench_{size}", DIMENSIONS)
store = backend.vector_store(GivenVectors([]))
with psycopg.connect(
    host=info.host, port=info.port, user=info.user, dbname=info.dbname, autocommit=True
) as plain:
    plain.execute(
        f"""INSERT INTO bench_{size}
                   (langchain_id, content, embedding, chunk_id, document_id)
            SELECT id::text, text, embedding, id, document_id FROM gpt_kb_chunk
             WHERE dimensions = {DIMENSIONS} AND model_id = {model.id}"""
    )
    if size >= 10_000:
        plain.execute(
            f"CREATE INDEX ON bench_{size} USING hnsw (embedding vector_cosine_ops)"
        )
    plain.execute(f"VACUUM ANALYZE bench_{size}")

visible = set(documents[few.id].ids)
allowed = numpy.array([row[0] in visible for row in rows])
positions = numpy.array(ids)


def truth(query, mask):
    scores = vectors @ query
    scores[~mask] = -9
    return set(positions[numpy.argsort(-scores)[:K]].tolist())


ours = DatabaseVectorStore(env, model.id, DIMENSIONS)  # noqa: F821
everything = numpy.ones(size, bool)
ACCESS = {
    "few": (AccessFilter((few.id,)), allowed, sum(allowed), documents[few.id].ids),
    "all": (AccessFilter((few.id, many.id)), everything, size, None),
}


def timed(calls, mask):
    """Return each call's median milliseconds and its recall.

    They take turns, so that what else the machine does meets all of them. Others were
    asked before: questions are new, and the server is in use.
    """
    times = {name: [] for name in calls}
    recalls = {name: [] for name in calls}
    for query in others:
        for call in calls.values():
            call(query.tolist())
    for query in queries:
        wanted = truth(query, mask)
        for name, call in calls.items():
            begun = time.perf_counter()
            found = call(query.tolist())
            times[name].append((time.perf_counter() - begun) * 1000)
            recalls[name].append(len(wanted & set(found)) / K)
    return {
        name: (statistics.median(times[name]), statistics.fmean(recalls[name]))
        for name in calls
    }


def by_ours(access, count):
    return lambda query: [id_ for id_, _s in ours.nearest(query, K, access, count)]


def by_pg(document_ids):
    chosen = backend.search_filter(document_ids) if document_ids else None
    return lambda query: [
        doc.metadata["chunk_id"]
        for doc, _s in store.similarity_search_with_score_by_vector(
            query, k=K, filter=chosen
        )
    ]


def by_scan(query):
    cr.execute(
        "SELECT id FROM gpt_kb_chunk WHERE model_id = %s AND document_id = ANY(%s) "
        "ORDER BY embedding <=> %s::vector LIMIT %s",
        [model.id, list(visible), as_literal(query), K],
    )
    return [id_ for (id_,) in cr.fetchall()]


figures = {"dimensions": DIMENSIONS}
for name, (access, mask, count, chosen) in ACCESS.items():
    calls = {"ours": by_ours(access, int(count)), "pg": by_pg(chosen)}
    if name == "few":
        calls["exact"] = by_scan
    figures[name] = timed(calls, mask)

visitor = env.ref("base.public_user")  # noqa: F821
retriever = env["gpt.kb.retriever"].with_user(visitor)  # noqa: F821
times = []
for number, query in enumerate(queries[:25]):
    words = " ".join(WORDS[i] for i in dice.integers(0, 3000, 5))
    begun = time.perf_counter()
    retriever._retrieval(
        RetrievalRequest(words, 4, few.ids + many.ids),
        QuestionVectors({model.id: query.tolist()}),
    )
    if number >= 5:
        times.append((time.perf_counter() - begun) * 1000)
figures["search_ms"] = statistics.median(times)

# Each size by itself.
cr.rollback()
_engine(url)._run_as_sync(_engine(url)._pool.dispose())
cr.execute(f"DROP TABLE bench_{size}")
cr.execute("DELETE FROM gpt_kb_chunk WHERE model_id = %s", [model.id])
cr.execute(f"DROP INDEX IF EXISTS gpt_kb_chunk_embedding_{DIMENSIONS}_index")
cr.execute("DROP INDEX IF EXISTS gpt_kb_chunk_embedding_quantized_index")
(few | many).unlink()
cr.commit()
print("FIGURES " + json.dumps(figures))
