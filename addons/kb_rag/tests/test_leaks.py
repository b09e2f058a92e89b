# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gpt_core.engine.retrieval.passages import passages_block

from .common import RETURNS, SALARIES, KbCase

SALARY = "¿Cuál es el sueldo mensual del director general?"
TELLTALE = "180 mil"
TITLE = "Nómina 2026"
OUTSIDERS = ("public", "portal", "salesperson", "stranger", "manager")


@tagged("post_install", "-at_install")
class TestLeaks(KbCase):
    """Every door of the ORM and the service, for people who may not read a document.

    It is of a record that a rule hides, in a collection of one company: no outsider
    may read it, not even a manager.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls.env["res.partner"].create({"name": "Nota"})
        cls.env["ir.rule"].create(
            {
                "name": "not that one",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {cls.note.id})]",
            }
        )
        for name in OUTSIDERS[2:]:
            # So that it is the rights that forbid it.
            cls.env.ref("base.group_allow_export").write(
                cls.members(cls.people[name], Command.link)
            )
        cls.collection = cls.make_collection(
            "Personal", is_public=True, company_ids=cls.company.ids
        )

    def setUp(self):
        super().setUp()
        self.secret = self.add_text(
            self.collection,
            SALARIES,
            TITLE,
            res_model="res.partner",
            res_id=self.note.id,
        )
        self.shown = self.add_text(self.collection)
        self.make_chain("brief")
        # Somebody who may asked: what they were answered from is in the ledger.
        service = self.env["gpt.service"]
        self.server.answer_with(f"El sueldo es de {TELLTALE}.")
        self.asked = service.retrieve_and_complete("brief", SALARY)
        self.assertIn(TELLTALE, self.asked.prompt)
        self.assertIn(TELLTALE, self.asked.answer)
        self.assertEqual(self.asked.kb_citation_ids[0].title, TITLE)

    def outsiders(self, *names):
        for name in names or OUTSIDERS:
            yield self.env(user=self.people[name], su=False)

    def assert_clean(self, *found):
        for text in map(str, found):
            self.assertNotIn(TELLTALE, text)
            self.assertNotIn(TITLE, text)

    def test_service(self):
        for env in self.outsiders():
            self.assert_clean(
                env["gpt.service"]._retriever().retrieve(SALARY, 50).passages
            )
        for env in self.outsiders("salesperson", "stranger", "manager"):
            self.assert_clean(
                env["gpt.service"].retrieve(SALARY, collections=self.collection.ids)
            )
            request = env["gpt.service"].retrieve_and_complete("brief", SALARY)
            self.assert_clean(
                request.answer, request.sources, request.kb_citation_ids.mapped("title")
            )
            self.assert_clean(self.last_sent()["input"])
        for env in self.outsiders("public", "portal"):
            with self.assertRaises(AccessError):
                env["gpt.service"].retrieve_and_complete("brief", SALARY)

    def test_names_groups_and_exports(self):
        fields_of = {
            "document": ["name", "text", "filename", "display_name"],
            "chunk": ["text", "section", "display_name", "document_id"],
            "citation": ["title", "display_name", "document_id"],
        }
        for env in self.outsiders("salesperson", "stranger", "manager"):
            for model, names in fields_of.items():
                records = env[f"gpt.kb.{model}"]
                stored = [n for n in names if n != "display_name"]
                self.assert_clean(
                    records.search_read([], names),
                    records.web_search_read([], {name: {} for name in names}),
                    records.name_search(""),
                    records.name_search(TITLE),
                    *(records._read_group([], [name]) for name in stored),
                    records.search([]).export_data(names)["datas"],
                )
                hidden = self.asked.kb_citation_ids
                if model != "citation":
                    hidden = (
                        self.secret if model == "document" else self.secret.chunk_ids
                    )
                for call in (
                    lambda r=hidden, e=env, n=names: r.with_env(e).read(n),
                    lambda r=hidden, e=env, n=names: r.with_env(e).export_data(n),
                    lambda r=hidden, e=env: r.with_env(e).web_read(
                        {"display_name": {}}
                    ),
                ):
                    with self.assertRaises(AccessError):
                        call()
                self.assertFalse(
                    records.search_count([(names[0], "ilike", TELLTALE)])
                    + records.search_count([(names[0], "ilike", TITLE)]),
                    "nor by guessing",
                )

    def test_file(self):
        """The binary field's attachment is no way in, nor is what is indexed of it."""
        self.secret.write({"datas": "MTgwIG1pbCBwZXNvcw==", "filename": f"{TITLE}.txt"})
        for env in self.outsiders():
            with self.assertRaises(AccessError):
                self.secret.with_env(env).read(["datas"])
        for env in self.outsiders("salesperson", "stranger", "manager"):
            files = env["ir.attachment"].search(
                [
                    ("res_model", "=", "gpt.kb.document"),
                    ("res_id", "=", self.secret.id),
                    ("res_field", "!=", False),
                ]
            )
            self.assertFalse(files)

    def test_ledger(self):
        for env in self.outsiders("salesperson", "stranger", "manager"):
            requests = env["gpt.request"]
            self.assertNotIn(self.asked.id, requests.search([]).ids)
            self.assertFalse(requests.search([("answer", "ilike", "sueldo")]))
            self.assert_clean(requests.search_read([], ["sources", "answer"]))
            for name in ("prompt", "answer", "sources", "masked_answer"):
                with self.assertRaises(AccessError):
                    self.asked.with_env(env).read([name])
            with self.assertRaises(AccessError):
                self.asked.with_env(env).export_data(["sources"])

    def test_ledger_of_what_failed(self):
        """What failed after something was found was sent all the same."""
        self.server.faults.order(
            self.Fault("server_error", times=None, path="/v1/responses")
        )
        failed = self.env["gpt.service"].retrieve_and_complete("brief", SALARY)
        self.assertEqual(failed.state, "failed")
        self.assertIn(TELLTALE, failed.prompt)
        for env in self.outsiders("salesperson", "stranger", "manager"):
            with self.assertRaises(AccessError):
                failed.with_env(env).read(["prompt"])

    def test_ledger_of_a_failed_step(self):
        self.make_lookup()
        self.server.faults.order(
            self.Fault("server_error", times=None, path="/v1/responses")
        )
        failed = self.env["gpt.service"].complete("lookup", {"text": SALARY})
        self.assertEqual(failed.state, "failed")
        self.assertIn(TELLTALE, failed.prompt)
        for env in self.outsiders("salesperson", "stranger", "manager"):
            with self.assertRaises(AccessError):
                failed.with_env(env).read(["prompt"])

    def test_ledger_of_what_was_undone(self):
        """An answer that is booked after its transaction was undone has citations."""
        booking = self.asked.env["gpt.request.booking"]
        values = booking._outcome_values(self.asked, self.outcome_of(SALARY))
        stored = {
            "row_values": self.env["gpt.stored.answer"]._row_values(self.asked),
            "outcome_values": values,
        }
        stored = json.loads(json.dumps(stored))
        before = self.env["gpt.request"].search([]).ids
        self.env["gpt.stored.answer"].new(stored)._book()
        booked = self.env["gpt.request"].search([("id", "not in", before)])
        self.assertIn(TELLTALE, booked.prompt)
        for env in self.outsiders("salesperson", "stranger", "manager"):
            with self.assertRaises(AccessError):
                booked.with_env(env).read(["prompt"])
        self.secret.unlink()
        self.env["gpt.stored.answer"].new(stored)._book()
        booked = self.env["gpt.request"].search([("id", "not in", before)])
        self.assertEqual(len(booked), 2, "its document is gone meanwhile")
        for env in self.outsiders("salesperson", "stranger", "manager"):
            self.assertFalse(env["gpt.request"].search([("id", "in", booked.ids)]))

    def outcome_of(self, question):
        """Return how a run ends that answers a question, as JSON would keep it."""
        service = self.env["gpt.service"]
        found = service._retriever().retrieve(question, 4)
        _request, run = self.env["gpt.request.preparation"]._prepare(
            self.env["gpt.chain"].search([("code", "=", "brief")]),
            {"query": question, "passages": passages_block(found.passages)},
            given=found,
        )
        return run.run()

    def test_tester(self):
        for env in self.outsiders("stranger", "manager"):
            for audience in ("visitor", "me"):
                tester = env["gpt.kb.tester"].create(
                    {"question": SALARY, "audience": audience}
                )
                tester.action_search()
                self.assert_clean(
                    tester.read(), tester.line_ids.read(), tester.verdict, tester.access
                )

    def test_tester_of_somebody_else(self):
        mine = self.env["gpt.kb.tester"].create({"question": SALARY, "audience": "me"})
        mine.action_search()
        self.assertIn(TELLTALE, str(mine.line_ids.mapped("text")))
        for env in self.outsiders("stranger", "manager"):
            self.assertFalse(env["gpt.kb.tester"].search([]))
            self.assertFalse(env["gpt.kb.tester.line"].search([]))
            for records in (mine, mine.line_ids):
                with self.assertRaises(AccessError):
                    records.with_env(env).read()

    def test_tester_after_the_right_was_withdrawn(self):
        document = self.add_text(self.make_collection("Otra"), RETURNS, "Otra")
        manager = self.people["manager"]
        env = self.env(user=manager, su=False)
        question = "¿Cuánto cuesta el envío?"
        tester = env["gpt.kb.tester"].create({"question": question, "audience": "me"})
        tester.action_search()
        self.assertIn(document.id, tester.line_ids.document_id.ids)
        document.collection_id.company_ids = self.other_company
        env.invalidate_all()
        self.assertNotIn(document.id, tester.line_ids.document_id.sudo().ids)
        tester.action_search()
        self.assertNotIn(document.id, tester.line_ids.document_id.sudo().ids)
