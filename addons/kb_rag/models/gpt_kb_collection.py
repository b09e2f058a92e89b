# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.gpt_core.utils.enqueue import delayed
from odoo.addons.gpt_core.utils.transaction import clean_superuser

from ..engine.reading.chunking import Chunking


class GptKbCollection(models.Model):
    """Documents that belong together: who may see them, and how they are indexed.

    It is closed at first: only GPT managers see what is in it.
    """

    _name = "gpt.kb.collection"
    _description = "Knowledge Collection"
    _inherit = ["mail.thread", "gpt.link.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    is_public = fields.Boolean(
        string="Public for Visitors",
        tracking=True,
        copy=False,
        help="Everybody may be answered from these documents: visitors of the website, "
        "portal users and all employees.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        "gpt_kb_collection_res_groups_rel",
        "collection_id",
        "group_id",
        string="Groups",
        tracking=True,
        help="Who is answered from these documents besides GPT managers. Without a "
        "group, and without being public, nobody else is.",
    )
    audience = fields.Char(string="Who Can Read It", compute="_compute_audience")
    company_ids = fields.Many2many(
        "res.company",
        "gpt_kb_collection_res_company_rel",
        "collection_id",
        "company_id",
        string="Companies",
        help="Empty: every company.",
    )
    model_id = fields.Many2one(
        "gpt.model",
        string="Embedding Model",
        domain=[("kind", "=", "embedding")],
        default=lambda self: self._default_model(),
        ondelete="restrict",
        help="Turns texts into vectors, so that they are found by what they mean. "
        "Empty: documents are found by their words only.",
    )
    chunk_size = fields.Integer(
        string="Chunk Length", default=1000, help="Characters, at most."
    )
    chunk_overlap = fields.Integer(
        string="Overlap",
        default=150,
        help="Characters at the end of a chunk that the next one begins with.",
    )
    mask_pii = fields.Boolean(
        string="Mask Personal Data",
        default=True,
        help="Texts are sent to the embedding model without tax numbers, bank "
        "accounts, phones, addresses and the like. Questions always are.",
    )
    store_id = fields.Many2one(
        "gpt.kb.store",
        string="Vector Store",
        ondelete="restrict",
        help="Empty: in Odoo's own database.",
    )
    has_store_kinds = fields.Boolean(compute="_compute_has_store_kinds")
    move_to_id = fields.Many2one(
        "gpt.kb.store", string="Moving to", readonly=True, copy=False
    )
    is_moving = fields.Boolean(readonly=True, copy=False)
    document_ids = fields.One2many("gpt.kb.document", "collection_id")
    source_ids = fields.One2many("gpt.kb.source", "collection_id")
    document_count = fields.Integer(compute="_compute_counts")
    indexed_count = fields.Integer(compute="_compute_counts")
    error_count = fields.Integer(compute="_compute_counts")
    stale_count = fields.Integer(compute="_compute_counts")
    progress = fields.Integer(string="Indexed (%)", compute="_compute_counts")
    vector_problem = fields.Text(compute="_compute_vector_problem")
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable"
    )

    @api.model
    def default_get(self, fields_list):
        """Leave a collection closed, whatever the defaults of the database say."""
        return super().default_get(fields_list) | (
            {"is_public": False} if "is_public" in fields_list else {}
        )

    @api.depends("is_public", "group_ids.full_name")
    @api.depends_context("lang")
    def _compute_audience(self):
        for collection in self:
            # sudo: res.groups - their names, for whoever may read the collection
            groups = collection.sudo().group_ids
            if collection.is_public:
                collection.audience = self.env._(
                    "Visitors of the website can read this."
                )
            elif groups:
                collection.audience = self.env._(
                    "GPT managers and these groups can read this: %(groups)s.",
                    groups=", ".join(groups.mapped("full_name")),
                )
            else:
                collection.audience = self.env._("Only GPT managers can read this.")

    @api.model
    def _default_model(self):
        return self.env["gpt.model"].search([("kind", "=", "embedding")], limit=1)

    @api.depends(
        "document_ids.state",
        "model_id.name",
        "model_id.dimensions",
        "chunk_size",
        "chunk_overlap",
        "mask_pii",
    )
    def _compute_counts(self):
        groups = {
            (collection.id, state, signature): count
            for collection, state, signature, count in self.env[
                "gpt.kb.document"
            ]._read_group(
                [("collection_id", "in", self.ids)],
                ["collection_id", "state", "signature"],
                ["__count"],
            )
        }
        for collection in self:
            own = {
                (state, signature): count
                for (id_, state, signature), count in groups.items()
                if id_ == collection.id
            }
            current = collection._signature()
            collection.document_count = sum(own.values())
            collection.indexed_count = self._count(own, "indexed")
            collection.error_count = self._count(own, "error")
            collection.stale_count = sum(
                count
                for (state, signature), count in own.items()
                if state == "indexed" and signature != current
            )
            collection.progress = round(
                100 * collection.indexed_count / (collection.document_count or 1)
            )

    @api.model
    def _count(self, groups, wanted):
        return sum(count for (state, _sig), count in groups.items() if state == wanted)

    def _compute_vector_problem(self):
        problem = self.env["gpt.kb.pgvector"]._problem()
        for collection in self:
            local = not collection.store_id and collection.model_id
            collection.vector_problem = problem if local else False

    def _compute_has_store_kinds(self):
        self.has_store_kinds = bool(self.env["gpt.kb.store"]._kinds())

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        readable = self._readable_ids()
        for collection in self:
            collection.is_readable = collection.id in readable

    def _readable_ids(self):
        """Return which of these collections the user may read."""
        if not self.ids:
            return set()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM gpt_kb_collection WHERE id = ANY(%s) AND id IN %s",
                self.ids,
                self.env["gpt.kb.access"]._collections_sql(),
            )
        )
        return {id_ for (id_,) in self.env.cr.fetchall()}

    @api.model
    def _search_is_readable(self, operator, value):
        wanted = value if isinstance(value, bool) else True in value
        negated = operator in ("!=", "not in")
        found = self.env["gpt.kb.access"]._collections_sql()
        return [("id", "in" if wanted != negated else "not in", found)]

    @api.constrains("chunk_size", "chunk_overlap")
    def _check_chunking(self):
        for collection in self:
            if not 200 <= collection.chunk_size <= 8000:
                raise ValidationError(
                    self.env._("A chunk has between 200 and 8000 characters.")
                )
            if not 0 <= collection.chunk_overlap <= collection.chunk_size // 2:
                raise ValidationError(
                    self.env._("Chunks overlap by no more than half their length.")
                )

    def write(self, vals):
        if "store_id" in vals and self.env["gpt.kb.chunk"].search_count(
            [("collection_id", "in", self.ids), ("model_id", "!=", False)], limit=1
        ):
            raise UserError(
                self.env._(
                    "These documents have vectors in their store already. Press Move "
                    "to take them to another one."
                )
            )
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        # Not left to the database: stores outside it must hear of it.
        # sudo: gpt.kb.document - also of those that the manager may not read
        self.sudo().with_context(active_test=False).document_ids.unlink()
        return super().unlink()

    def _chunking(self):
        """Return the :class:`~..engine.reading.chunking.Chunking` of a collection."""
        self.ensure_one()
        return Chunking(self.chunk_size, self.chunk_overlap)

    def _signature(self):
        """Return what an index depends on; a document with another one is stale."""
        self.ensure_one()
        parts = [
            self.model_id and self.model_id.sudo()._vectors_key(),
            self.chunk_size,
            self.chunk_overlap,
            self.mask_pii,
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def _get_embeddings(self):
        """Return LangChain's ``Embeddings`` that these documents are indexed with.

        :raises GptError: ``not_configured`` when its provider has no key
        """
        self.ensure_one()
        return self.model_id.sudo()._get_own_embeddings()

    def action_index(self):
        """Index every document of these collections, in jobs of their own."""
        self.document_ids.action_index()
        return True

    def action_index_stale(self):
        """Index what was indexed with another model, or cut otherwise."""
        for collection in self:
            current = collection._signature()
            collection.document_ids.filtered(
                lambda document, current=current: (
                    document.state != "indexed" or document.signature != current
                )
            ).action_index()
        return True

    def action_open_documents(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kb_rag.gpt_kb_document_action"
        )
        return action | {
            "domain": [("collection_id", "=", self.id)],
            "context": {"default_collection_id": self.id},
        }

    def action_sync_sources(self):
        """Look for new, changed and deleted records now, in jobs."""
        self.source_ids.action_sync()
        return True

    def action_move(self, store_id=False):
        """Enqueue a job that copies the vectors to another store.

        Until it ends, answers come from the old store.

        :param store_id: the store to move to; empty: Odoo's own database
        """
        self.ensure_one()
        self.check_access("write")
        store_id = store_id or self.env.context.get("move_to_store_id", False)
        if store_id == self.store_id.id:
            raise UserError(self.env._("The vectors are there already."))
        if not store_id and (problem := self.env["gpt.kb.pgvector"]._problem()):
            raise UserError(problem)
        self.write({"move_to_id": store_id, "is_moving": True})
        # sudo: gpt.kb.collection - jobs run as superuser
        delayed(
            clean_superuser(self),
            description=self.env._("Move %(name)s", name=self.name),
            identity_key=f"kb_rag-move-{self.id}",
        )._run_move()
        return True

    def _run_move(self):
        """Take the vectors to another store; a job, fit to be run again."""
        self.ensure_one()
        self.env["gpt.kb.vector.mover"]._run(self)
