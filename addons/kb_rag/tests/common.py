# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the tests of documents have in common."""

import base64

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.gpt_core.tests.common import GptMixin
from odoo.addons.gpt_core.tests.jobs import run_job

RETURNS = """# Devoluciones

Puede devolver un producto dentro de los 30 días siguientes a la compra.
El reembolso se hace al mismo medio de pago en cinco días hábiles.

# Envíos

El envío a toda la república cuesta 150 pesos y tarda tres días.
Los pedidos de más de 2000 pesos no pagan envío."""
SALARIES = """# Sueldos

El sueldo mensual del director general es de 180 mil pesos.
El bono anual de los vendedores se paga en diciembre."""
HOLIDAYS = """# Vacaciones

El personal tiene doce días de vacaciones el primer año.
Las vacaciones se piden con dos semanas de anticipación."""


class KbCase(GptMixin, TransactionCase):
    """A model for vectors behind a real server, and people with different rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gpt.kb.collection"].search([]).unlink()
        cls.embedding = cls.env["gpt.model"].create(
            {
                "name": "text-embedding-3-small",
                "kind": "embedding",
                "provider_id": cls.provider.id,
                "dimensions": 256,
                "price_input": 0.02,
            }
        )
        cls.company = cls.env.company
        cls.other_company = cls.env["res.company"].create({"name": "Otra"})
        groups = {
            "public": "base.group_public",
            "portal": "base.group_portal",
            "salesperson": "base.group_user",
            "manager": "base.group_user,gpt_core.group_gpt_manager",
        }
        cls.people = {
            name: new_test_user(cls.env, f"kb_{name}", groups=group)
            for name, group in groups.items()
        }
        cls.people["stranger"] = new_test_user(
            cls.env,
            "kb_stranger",
            groups="base.group_user,gpt_core.group_gpt_manager",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.sales_group = cls.env["res.groups"].create({"name": "Sales Team"})

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    @classmethod
    def make_collection(cls, name="Manual", **values):
        return cls.env["gpt.kb.collection"].create(
            {"name": name, "model_id": cls.embedding.id} | values
        )

    @classmethod
    def members(cls, user, command):
        """Return the values of a group to take ``user`` in, or put them out."""
        field = "user_ids" if "user_ids" in cls.sales_group._fields else "users"
        return {field: [command(user.id)]}

    @classmethod
    def make_lookup(cls, code="lookup", **chain):
        """Return a chain that looks up documents, and then answers."""
        steps = [
            {"name": "documents", "kind": "retrieve", "user_prompt": "{text}"},
            {"name": "answer", "user_prompt": "{text}\nFuentes:\n{documents}"},
        ]
        record = cls.env["gpt.chain"].create(
            {
                "name": code,
                "code": code,
                "input_ids": [Command.create({"name": "text"})],
                "step_ids": [
                    Command.create(step | {"sequence": number})
                    for number, step in enumerate(steps)
                ],
            }
            | chain
        )
        record.action_publish()
        return record

    def add_text(self, collection, text=RETURNS, name="Políticas", **values):
        """Return a document with pasted text, indexed."""
        document = self.env["gpt.kb.document"].create(
            {"name": name, "collection_id": collection.id, "text": text} | values
        )
        return self.index(document)

    def add_file(self, collection, data, name):
        """Return a document with a file, after its job has run."""
        document = self.env["gpt.kb.document"].create(
            {
                "name": name,
                "collection_id": collection.id,
                "datas": base64.b64encode(data),
            }
        )
        return self.index(document)

    def make_page(self, name, text, published):
        arch = (
            '<t t-call="website.layout"><div id="wrap"><section>'
            f"<h1>{name}</h1><p>{text}</p></section></div></t>"
        )
        return self.env["website.page"].create(
            {
                "name": name,
                "url": f"/kb-{name.lower()}",
                "type": "qweb",
                "arch": arch,
                "is_published": published,
            }
        )

    def index(self, document):
        """Press Index, and run the job."""
        document.action_index()
        self.run_jobs()
        return document

    def jobs(self):
        return self.env["queue.job"].search(
            [("state", "=", "pending"), ("model_name", "=like", "gpt.kb.%")], order="id"
        )

    def run_job(self, record):
        """Run one job as the runner does; return the seconds it was put off, if any."""
        return run_job(self.env, record)

    def alone(self, method, *args):
        """Call what has a transaction of its own, beside the one of the test."""
        self.env.flush_all()
        try:
            return method(*args)
        finally:
            self.env.invalidate_all()

    def run_jobs(self):
        """Run what waits, and what that leaves, until nothing does."""
        for _round in range(5):
            waiting = self.jobs()
            if not waiting:
                return
            for record in waiting:
                self.run_job(record)

    def retrieve(self, query, user=None, k=4, collections=None):
        """Return what ``user`` finds, as the hook that chains go through."""
        service = self.env["gpt.service"]
        if user:
            service = service.with_user(user)
        found = service._retriever().retrieve(query, k, collections and collections.ids)
        return found.passages

    def texts_found(self, query, user=None, **options):
        """Return the texts of the passages that ``user`` finds, as one."""
        found = self.retrieve(query, user, **options)
        return "\n".join(passage["text"] for passage in found)

    def embedded_texts(self):
        """Return all texts that the embedding model was sent."""
        return [
            text
            for entry in self.server.journal.entries("/v1/embeddings")
            for text in (
                [entry.body["input"]]
                if isinstance(entry.body["input"], str)
                else entry.body["input"]
            )
        ]
