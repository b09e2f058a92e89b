# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon; see ``gpt_core``'s module of that name."""

from odoo import Command

KEPT = {
    "gpt.kb.collection": "settings, written by administrators",
    "gpt.kb.document": "a document is kept until somebody deletes it; what was made of "
    "a record goes with the record",
    "gpt.kb.chunk": "part of a document",
    "gpt.kb.source": "settings, written by administrators",
    "gpt.kb.store": "settings, written by administrators",
    "gpt.kb.citation.res_model": "the name of a model",
    "gpt.kb.tester": "transient: deleted by Odoo within hours",
    "gpt.kb.tester.line": "transient",
    "gpt.kb.move": "transient",
    "gpt.kb.upload": "transient",
    "gpt.model": "vectors of questions that nobody asked",
}
SHOWN = {
    "gpt.kb.chunk.display_name": "the name of the document, as Odoo shows it",
    "gpt.kb.source.name": "names of models are no secret",
    "gpt.kb.source.model": "names of models are no secret",
}
SHARED = {
    "gpt.kb.store": "where vectors are kept; without its address, which few may read",
}


def samples(env, made):
    Store = env["gpt.kb.store"]
    # Without an addon that brings a kind of store there is none.
    store = Store.create({"name": "Sample"}) if Store._kinds() else Store
    collection = env["gpt.kb.collection"].create(
        {
            "name": "Sample",
            "company_ids": [Command.set(env.company.ids)],
            "model_id": False,
            "store_id": store.id,
        }
    )
    source = env["gpt.kb.source"].create(
        {
            "collection_id": collection.id,
            "model_id": env["ir.model"]._get_id("res.country"),
        }
    )
    document = env["gpt.kb.document"].create(
        {"name": "Sample", "collection_id": collection.id, "text": "x"}
    )
    chunk = env["gpt.kb.chunk"].create(
        {
            "document_id": document.id,
            "collection_id": collection.id,
            "text": "x",
            "checksum": "x",
            "sequence": 0,
        }
    )
    citation = env["gpt.kb.citation"].create(
        {
            "request_id": made["gpt.request"].id,
            "document_id": document.id,
            "collection_id": collection.id,
            "title": "Sample",
        }
    )
    tester = env["gpt.kb.tester"].create(
        {
            "question": "x",
            "collection_ids": [Command.set(collection.ids)],
            "line_ids": [Command.create({"document_id": document.id})],
        }
    )
    records = [
        store, collection, source, document, chunk, citation, tester, tester.line_ids,
        env["gpt.kb.move"].create(
            {"collection_id": collection.id, "store_id": store.id}
        ),
        env["gpt.kb.upload"].create({"collection_id": collection.id}),
    ]  # fmt: skip
    return {record._name: record for record in records if record}
