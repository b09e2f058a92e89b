# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, sql

from odoo.addons.gpt_core.engine.text.folding import without_accents

from ..engine.reading.chunking import embedded_text
from ..engine.retrieval.codes import code_lexemes

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
        self._ensure_vectors()

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
            place = {"sequence": sequence, "page": chunk.page, "language": language}
            if known[chunk.checksum]:
                old = known[chunk.checksum].pop(0)
                changed = {name: v for name, v in place.items() if old[name] != v}
                if changed:
                    old.write(changed)
                kept |= old
                continue
            vals_list.append(
                place
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
        for chunk in self:
            text = chunk._embedded_text()
            plain = " ".join(
                bare
                for word in set(text.split())
                if (bare := without_accents(word)) != word
            )
            self.env.cr.execute(
                SQL(
                    """UPDATE gpt_kb_chunk
                          SET words = to_tsvector(language::regconfig, %s)
                                   || to_tsvector(language::regconfig, %s)
                                   || array_to_tsvector(%s::text[])
                        WHERE id = %s""",
                    text,
                    plain,
                    code_lexemes(text),
                    chunk.id,
                )
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
        if self._has_vector_column():
            chunks._clear_vectors()
            self._forget_levels(models_)

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
