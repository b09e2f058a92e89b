# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, sql

from odoo.addons.gpt_core.engine.text.folding import without_accents

from ..engine.reading.chunking import embedded_text
from ..engine.retrieval.codes import code_lexemes
from ..engine.vectors.operations import as_literal, usual_length

# By PostgreSQL's names of what it knows of their words.
LANGUAGES = [("spanish", "Spanish"), ("english", "English"), ("simple", "Another")]


class GptKbChunk(models.Model):
    """A piece of a document: what is found, and what an answer cites.

    Beside its fields it has a column for the full-text search, and one for its vector
    where PostgreSQL has the extension.
    """

    _name = "gpt.kb.chunk"
    _description = "Knowledge Chunk"
    _order = "document_id, sequence"
    _rec_name = "section"

    document_id = fields.Many2one(
        "gpt.kb.document", required=True, ondelete="cascade", index=True
    )
    # Not related: it decides in which store the vector is.
    collection_id = fields.Many2one(
        "gpt.kb.collection", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(required=True)
    page = fields.Integer()
    section = fields.Char()
    text = fields.Text(required=True)
    # pylint: disable-next=attribute-deprecated
    length = fields.Integer(help="Characters.")
    checksum = fields.Char(required=True)
    language = fields.Selection(LANGUAGES, required=True, default="simple")
    model_id = fields.Many2one(
        "gpt.model",
        string="Embedded With",
        ondelete="set null",
        index="btree_not_null",
        help="Empty: there is no vector yet.",
    )
    dimensions = fields.Integer()

    def init(self):
        if not sql.column_exists(self.env.cr, self._table, "words"):
            self.env.cr.execute("ALTER TABLE gpt_kb_chunk ADD COLUMN words tsvector")
        sql.create_index(
            self.env.cr, "gpt_kb_chunk_words_index", self._table, ["words"], "gin"
        )
        self.env["gpt.kb.pgvector"]._ensure_columns()

    @api.depends("document_id.name", "page")
    def _compute_display_name(self):
        for chunk in self:
            page = self.env._(", p. %(page)s", page=chunk.page) if chunk.page else ""
            chunk.display_name = f"{chunk.document_id.name}{page}"

    def _embedded_text(self):
        self.ensure_one()
        return embedded_text(self.section or "", self.text)

    @api.model
    def _replace(self, document, chunks, language):
        """Make ``chunks`` the chunks of a document; those that it has already stay.

        :param chunks: the engine's :class:`~..engine.reading.chunking.Chunk`, in order
        """
        known = defaultdict(list)
        for chunk in document.chunk_ids.sorted("sequence"):
            known[chunk.checksum].append(chunk)
        vals_list, kept = [], self.browse()
        for sequence, chunk in enumerate(chunks):
            position = {"sequence": sequence, "page": chunk.page, "language": language}
            if known[chunk.checksum]:
                old = known[chunk.checksum].pop(0)
                changed = {name: v for name, v in position.items() if old[name] != v}
                if changed:
                    old.write(changed)
                kept |= old
                continue
            vals_list.append(
                position
                | {
                    "document_id": document.id,
                    "collection_id": document.collection_id.id,
                    "section": chunk.section,
                    "text": chunk.text,
                    "length": len(chunk.text),
                    "checksum": chunk.checksum,
                }
            )
        (document.chunk_ids - kept).unlink()
        return self.create(vals_list)

    @api.model_create_multi
    def create(self, vals_list):
        chunks = super().create(vals_list)
        chunks._set_words()
        return chunks

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"text", "section", "language"}:
            self._set_words()
        return result

    def unlink(self):
        self._forget_vectors()
        return super().unlink()

    def _set_words(self):
        """Fill the column of the full-text search.

        A word with an accent is found with and without it: texts have them, questions
        often do not. A code is one word, as :mod:`..engine.retrieval.codes` says.
        """
        self.flush_recordset()
        rows = []
        for chunk in self:
            text = chunk._embedded_text()
            plain = " ".join(
                bare
                for word in set(text.split())
                if (bare := without_accents(word)) != word
            )
            rows.append((chunk.id, text, plain, code_lexemes(text)))
        self.env.cr.execute_values(
            """UPDATE gpt_kb_chunk AS chunk
                  SET words = to_tsvector(chunk.language::regconfig, new.text)
                           || to_tsvector(chunk.language::regconfig, new.plain)
                           || array_to_tsvector(new.codes)
                 FROM (VALUES %s) AS new (id, text, plain, codes)
                WHERE chunk.id = new.id""",
            rows,
            template="(%s, %s, %s, %s::text[])",
        )

    @api.model
    def _outdate_vectors(self, models_):
        """Forget the vectors that these models have made; the chunks wait for new ones.

        Until then they are found by their words.
        """
        if not models_:
            return
        chunks = self.search([("model_id", "in", models_.ids)])
        chunks._forget_vectors()
        chunks.write({"model_id": False, "dimensions": 0})
        if self.env["gpt.kb.pgvector"]._has_column():
            chunks._clear_vectors()
            self.env["gpt.kb.quantization"]._forget_thresholds(models_)

    @api.model
    def _without_vector(self, document, limit):
        """Return chunks that the collection's model has not embedded yet, in order."""
        model = document.collection_id.model_id
        return self.search(
            [
                ("document_id", "=", document.id),
                "|",
                ("model_id", "=", False),
                ("model_id", "!=", model.id),
            ],
            order="sequence",
            limit=limit,
        )

    @api.model
    def _set_vectors(self, document, model_id, vectors):
        """Keep vectors by chunk id; in the database, or where the collection says.

        A chunk whose vector is ``None``, or longer or shorter than those of its model,
        has none: it is found by its words, and is not asked for again and again.
        """
        length = self._usual_length(model_id, vectors)
        kept = {id_: v for id_, v in vectors.items() if v and len(v) == length}
        self.browse([id_ for id_ in vectors if id_ not in kept])._set_unusable(model_id)
        if not kept:
            return
        chunks = self.browse(list(kept))
        chunks.write({"model_id": model_id, "dimensions": length})
        store = document.collection_id.store_id
        if store:
            store._put(chunks, model_id, kept)
            return
        self._write_vectors(kept)
        self.env["gpt.kb.pgvector"]._ensure_indexes(model_id, length)

    @api.model
    def _usual_length(self, model_id, vectors):
        """Return the length of a model's vectors, by those that are there already."""
        kept = self.env["gpt.model"].browse(model_id)._vector_length()
        return kept or usual_length(vectors.values())

    def _set_unusable(self, model_id):
        """Note that the model was asked, and gave no vector that can be compared."""
        self._forget_vectors()
        self.write({"model_id": model_id, "dimensions": 0})
        if self and self.env["gpt.kb.pgvector"]._has_column():
            self._clear_vectors()

    def _retry_unusable(self):
        """Have the model asked again for what it gave no vector of."""
        unusable = self.filtered(lambda chunk: chunk.model_id and not chunk.dimensions)
        unusable.write({"model_id": False})

    @api.model
    def _write_vectors(self, vectors):
        """Write vectors by chunk id; the chunks say already whose vectors they are.

        In one statement: the graph of vectors takes each new version of a row anew.
        """
        self.flush_model()
        columns = self.env["gpt.kb.pgvector"]._vector_columns()
        self.env.cr.execute(
            SQL(
                """UPDATE gpt_kb_chunk chunk SET %s
                     FROM (SELECT id, text::vector AS vector
                             FROM unnest(%s::int[], %s::text[]) AS texts(id, text)
                          ) given
                    WHERE chunk.id = given.id""",
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in columns.items()
                ),
                list(vectors),
                [as_literal(vector) for vector in vectors.values()],
            )
        )

    def _clear_vectors(self):
        """Take the vectors of these chunks out of the database."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE gpt_kb_chunk SET %s WHERE id = ANY(%s)",
                SQL(", ").join(
                    SQL("%s = NULL", SQL.identifier(name))
                    for name in self.env["gpt.kb.pgvector"]._vector_columns()
                ),
                self.ids,
            )
        )

    def _vectors(self):
        """Return the vectors of these chunks in the database, by chunk id."""
        if not self.ids or not self.env["gpt.kb.pgvector"]._is_ready():
            return {}
        self.env.cr.execute(
            SQL(
                """SELECT id, embedding::real[] FROM gpt_kb_chunk
                    WHERE id = ANY(%s) AND embedding IS NOT NULL""",
                self.ids,
            )
        )
        return dict(self.env.cr.fetchall())

    def _forget_vectors(self):
        """Take the vectors of these chunks out of stores outside the database."""
        for collection in self.collection_id.filtered("store_id"):
            chunks = self.filtered(
                lambda c, collection=collection: (
                    c.collection_id == collection and c.model_id and c.dimensions
                )
            )
            for model in chunks.model_id:
                own = chunks.filtered(lambda c, model=model: c.model_id == model)
                collection.store_id._jobify_drop(own, model)
