# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..engine.retrieval.request import DENSE, LEXICAL, RetrievalRequest

SHOWN = 12


class GptKbTester(models.TransientModel):
    """What somebody would be answered from, and why; no model but the one for vectors
    is asked."""

    _name = "gpt.kb.tester"
    _description = "Knowledge Tester"
    _inherit = ["gpt.link.mixin"]
    _rec_name = "question"

    question = fields.Char()
    collection_ids = fields.Many2many(
        "gpt.kb.collection", string="Collections", help="Empty: all of them."
    )
    audience = fields.Selection(
        selection=[
            ("visitor", "A visitor of the website"),
            ("me", "Myself"),
            ("user", "Another user"),
        ],
        string="Asked By",
        default="visitor",
        required=True,
    )
    user_id = fields.Many2one("res.users", domain=[("active", "in", [True, False])])
    k = fields.Integer(string="Passages", default=4)
    method = fields.Selection(
        selection=[
            ("hybrid", "Hybrid: dense and lexical"),
            ("dense", "Dense only (vectors)"),
            ("lexical", "Lexical only (words)"),
        ],
        string="Search",
        default="hybrid",
        required=True,
    )
    line_ids = fields.One2many("gpt.kb.tester.line", "tester_id", readonly=True)
    asked = fields.Boolean(readonly=True)
    is_found = fields.Boolean(readonly=True)
    verdict = fields.Text(readonly=True)
    access = fields.Text(string="Who Reads What", readonly=True)

    def action_search(self):
        """Search as whoever was chosen, and show what they would get."""
        self.ensure_one()
        if not (self.question or "").strip():
            raise UserError(self.env._("Type a question."))
        is_hybrid = self.method == "hybrid"
        methods = (DENSE, LEXICAL) if is_hybrid else (self.method,)
        # sudo: gpt.kb.collection - chosen by a manager, looked into with the asker's
        # rights only
        collections = self.sudo().collection_ids.ids or None
        asker = self._asker()
        # Numbers, codes and ranks, too, would tell of what the manager may not read.
        request = RetrievalRequest(
            self.question, self.k, collections, methods, viewer_id=self.env.uid
        )
        retrieval = self.env["gpt.kb.retriever"].with_user(asker)._run(request)
        # sudo: gpt.request - what it cost, on the account of whoever tests
        self.env["gpt.request"].sudo()._book_questions(retrieval.calls)
        lines = self._lines(retrieval)
        self.write(
            {
                "asked": True,
                "is_found": bool(retrieval.passages),
                "verdict": self._verdict(retrieval, asker),
                "access": self._access(asker, collections),
                "line_ids": [Command.clear(), *map(Command.create, lines)],
            }
        )
        return True

    def _asker(self):
        if self.audience == "me":
            return self.env.user
        if self.audience == "visitor":
            return self.env.ref("base.public_user")
        if not self.user_id:
            raise UserError(self.env._("Choose the user."))
        if self.user_id._is_superuser():
            raise UserError(self.env._("The system itself reads everything."))
        return self.user_id

    def _lines(self, retrieval):
        """Return the values of the lines."""
        used = {id_ for p in retrieval.passages for id_ in p["chunk_ids"]}
        return [
            {
                "rank": rank,
                "used": item.chunk_id in used,
                "document_id": item.document_id,
                "page": item.page,
                "section": item.section,
                "text": item.text,
                "score": item.score,
                "dense_rank": item.ranks.get(DENSE, 0),
                "lexical_rank": item.ranks.get(LEXICAL, 0),
            }
            for rank, item in enumerate(retrieval.trace.chunks[:SHOWN], 1)
        ]

    def _verdict(self, retrieval, asker):
        """Say in words what would happen."""
        parts, trace = [], retrieval.trace
        if not trace.has_access:
            parts.append(self.env._("There is no document that the asker may read."))
        elif retrieval.passages:
            parts.append(
                self.env._(
                    "Passages for the model: %(count)s. It says itself which of them "
                    "answer the question, if any.",
                    count=len(retrieval.passages),
                )
            )
        else:
            parts.append(self.env._("Nothing was found."))
        if trace.missing_codes:
            parts.append(
                self.env._(
                    "Not found in any document that the asker may read: %(codes)s",
                    codes=", ".join(trace.missing_codes),
                )
            )
        if trace.problem:
            parts.append(self.env._("No dense search: %(why)s", why=trace.problem))
        if asker != self.env.user:
            # Whether there is any of it or not.
            parts.append(self.env._("What you may not read yourself was left out."))
        return "\n".join(parts)

    @api.model
    def _access(self, asker, collection_ids):
        """Say for each collection whether the asker may read it, and why."""
        collections = self.env["gpt.kb.collection"].search([("active", "=", True)])
        if collection_ids is not None:
            collections = collections.filtered(lambda c: c.id in collection_ids)
        readable = collections.with_user(asker)._readable_ids()
        return "\n".join(
            f"{'✓' if collection.id in readable else '✗'} {collection.name}: "
            f"{self._reason(collection, asker, collection.id in readable)}"
            for collection in collections
        )

    @api.model
    def _reason(self, collection, asker, readable):
        if not readable:
            companies = collection.company_ids
            if companies and not companies & asker.company_ids:
                return self.env._("it is for other companies")
            return self.env._("it is neither public nor for a group of the asker")
        mixed = self.env["gpt.kb.document"].search_count(
            [("collection_id", "=", collection.id), ("res_model", "!=", False)], limit=1
        )
        if mixed:
            return self.env._("those of its records that the asker may read")
        if collection.is_public:
            return self.env._("public")
        return self.env._("for a group of the asker")
