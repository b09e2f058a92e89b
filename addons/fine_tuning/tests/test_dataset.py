# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from psycopg2 import InternalError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.gpt_core.tests.common import chain_values
from odoo.addons.queue_job.job import Job

from ..models.gpt_dataset_export import MIMETYPE
from ..utils.streamed_attachment import attach_file
from .common import DatasetCase

QUESTIONS = (
    "¿A qué hora abre la tienda de Puebla?", "¿Cuánto tarda un envío a Mérida?",
    "Quiero devolver unos zapatos rotos", "¿Aceptan pagos en tres mensualidades?",
    "¿Tienen la lámpara azul en existencia?", "Mi factura salió con otro nombre",
    "¿Hacen entregas los domingos?", "¿Qué garantía tiene la mesa de vidrio?",
    "El color de la silla no es el que pedí", "¿Puedo recoger en sucursal norte?",
    "¿Venden tarjetas de regalo?", "¿Cómo cambio la talla de una camisa?",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestDataset(DatasetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, question in enumerate(QUESTIONS):
            answer = (
                f"Respuesta {number}: con gusto, lo revisamos en la fecha {number}."
            )
            cls.make_example(cls, question, answer)

    def test_two_files(self):
        dataset = self.make_dataset(valid_share=0.25)
        train, valid = self.export(dataset)
        self.assertEqual(dataset.state, "failed")  # nine are fewer than ten
        dataset = self.make_dataset(valid_share=0.15)
        train, valid = self.export(dataset)
        self.assertEqual((dataset.state, dataset.progress), ("done", 100))
        self.assertEqual((len(self.lines(train)), len(self.lines(valid))), (10, 2))
        self.assertEqual((dataset.train_count, dataset.valid_count), (10, 2))
        self.assertFalse(dataset.problem)
        self.assertEqual(len(dataset.example_ids), 12)
        system, user, assistant = self.lines(train)[0]["messages"]
        # What customers wrote is never in the system prompt.
        self.assertEqual(system["content"], "Answer about <text>. <text>")
        self.assertIn(user["content"], QUESTIONS)
        self.assertEqual(assistant["weight"], 1)
        self.assertEqual(dataset.version_id, self.chain.published_version_id)

    def test_download(self):
        dataset = self.make_dataset(valid_share=0.15)
        self.export(dataset)
        self.assertEqual(
            (dataset.train_name, dataset.valid_name), ("train.jsonl", "valid.jsonl")
        )
        stored = self.env["ir.attachment"].search(
            [
                ("res_model", "=", dataset._name),
                ("res_id", "=", dataset.id),
                ("res_field", "!=", False),
            ]
        )
        self.assertEqual(set(stored.mapped("name")), {"train.jsonl", "valid.jsonl"})
        for attachment in stored:
            checksum = attachment._compute_checksum(attachment.raw)
            self.assertEqual(attachment.checksum, checksum)
            self.assertEqual(attachment.file_size, len(attachment.raw))

    def test_attachments_in_the_database(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        dataset = self.make_dataset(valid_share=0.15)
        train, valid = self.export(dataset)
        self.assertEqual((len(self.lines(train)), len(self.lines(valid))), (10, 2))

    def test_again(self):
        dataset = self.make_dataset(valid_share=0.15)
        first = self.export(dataset)
        self.assertEqual(self.export(dataset), first)
        self.env["gpt.example"].search([("chain_id", "=", self.chain.id)])[
            0
        ].state = "rejected"
        train, valid = self.export(dataset)
        self.assertEqual(len(self.lines(train)) + len(self.lines(valid)), 11)
        self.assertEqual(len(dataset.example_ids), 11)

    def test_what_is_left_out_is_told(self):
        self.make_example("¿Y esto?", "No sé, ni idea.", liked="down")
        self.make_example(QUESTIONS[0], "Respuesta 0: con gusto, lo revisamos en la "
                          "fecha 0.")  # fmt: skip
        dataset = self.make_dataset(valid_share=0)
        self.export(dataset)
        self.assertEqual(dataset.state, "done")
        self.assertEqual(dataset.left_out, {"disliked": 1, "duplicate": 1})
        self.assertEqual(dataset.left_out_count, 2)
        self.assertIn("thumb down", dataset.left_out_html)
        self.assertEqual(len(dataset.problem_ids), 2)
        self.assertTrue(all(problem.example_id for problem in dataset.problem_ids))

    def test_a_violation_names_record_and_line(self):
        """A format of one's own whose trainer wants another shape."""
        self.env["gpt.dataset.format"].create(
            {
                "name": "Wrong",
                "code": "wrong",
                "layout": '{"messages": "$messages"}',
                "shape": "kto",
            }
        )
        dataset = self.make_dataset(format="wrong", valid_share=0)
        train, _valid = self.export(dataset)
        self.assertEqual(dataset.state, "failed")
        self.assertIn("broken", dataset.problem)
        # Three keys are missing, and one is not known, in each line.
        self.assertEqual(dataset.violation_count, 4 * 12)
        for problem in dataset.problem_ids:
            line = self.lines(train)[problem.line - 1]
            said = problem.example_id.messages[0]["content"]
            self.assertEqual(line["messages"][1]["content"], said)
        self.assertIn(
            "A key is missing. (label)", dataset.problem_ids.mapped("message")
        )

    def test_too_few(self):
        dataset = self.make_dataset(valid_share=0, domain="[('id', '=', 0)]")
        self.export(dataset)
        self.assertEqual((dataset.state, dataset.found_count), ("failed", 0))
        self.assertEqual(dataset.filtered_count, 12)
        self.assertFalse(dataset.train_file)
        self.assertIn("too few", dataset.problem_ids.message)

    def test_filters(self):
        good = self.make_example("¿Hay wifi?", "Sí, es gratis.", liked="up")
        partner = self.env["res.partner"].create({"name": "Ana", "lang": "en_US"})
        known = self.make_example("¿Hay café?", "Sí, de olla.", partner_id=partner.id)
        english = self.env["res.lang"].search([("code", "=", "en_US")])
        kto = {"format": "kto", "valid_share": 0}
        for values, expected in (
            ({"liked": "up"}, good),
            ({"lang_ids": english.ids}, known),
            ({"domain": f"[('id', '=', {good.id})]"}, good),
            ({"date_to": "2001-01-01"}, good.browse()),
        ):
            dataset = self.make_dataset(**kto, **values)
            self.export(dataset)
            self.assertEqual(dataset.example_ids, expected, values)
        self.make_example("¿Mal?", "Ni idea.", liked="down")
        dataset = self.make_dataset(**kto, liked="not_down")
        self.export(dataset)
        self.assertEqual(dataset.train_count, 14)

    def test_cost(self):
        self.model.price_training = 3.0
        dataset = self.make_dataset(model_id=self.model.id, epochs=2, valid_share=0)
        train, _valid = self.export(dataset)
        self.assertEqual(dataset.train_tokens, sum(
            round(len(line) / 3.5) for line in train.decode().splitlines(True)
        ))  # fmt: skip
        self.assertAlmostEqual(dataset.cost, dataset.train_tokens * 2 * 3 / 1e6)
        self.assertIn("$", dataset.cost_text)

    def test_examples_longer_than_the_model_takes(self):
        self.make_example("¿Todo? " + "palabra " * 900, "Sí.")
        self.model.context_window = 1000
        dataset = self.make_dataset(model_id=self.model.id, valid_share=0)
        self.export(dataset)
        self.assertEqual(dataset.left_out, {"too_long": 1})

    def test_a_draft_chain_is_not_exported(self):
        chain = self.make_chain("draft", publish=False)
        dataset = self.make_dataset(chain_id=chain.id)
        with self.assertRaisesRegex(UserError, "Publish"):
            dataset.action_export()
        self.assertEqual(dataset.state, "draft")

    def test_while_it_is_exported(self):
        dataset = self.make_dataset()
        dataset.action_export()
        self.assertTrue(dataset.is_running)
        with self.assertRaisesRegex(UserError, "already"):
            dataset.action_export()
        with self.assertRaisesRegex(UserError, "has ended"):
            dataset.seed = 5
        # A job that somebody cancelled is waited for in vain.
        self.env["queue.job"].search([("uuid", "=", dataset.job_uuid)]).write(
            {"state": "cancelled"}
        )
        dataset.action_export()
        self.assertTrue(dataset.is_running)

    def test_a_failure_is_told(self):
        dataset = self.make_dataset()
        dataset.action_export()
        self.break_table("gpt.dataset.problem")
        self.make_example("¿Y esto?", "No sé, ni idea.", liked="down")
        job = self.env["queue.job"].search([("uuid", "=", dataset.job_uuid)])
        self.env.flush_all()
        try:  # assertRaises would undo what was written
            with mute_logger("odoo.sql_db"):
                Job.load(self.env, job.uuid).perform()
        except InternalError as error:
            self.assertIn("broken", str(error))
        else:
            self.fail("nothing failed")
        dataset.invalidate_recordset()
        self.assertEqual(dataset.state, "failed")
        self.assertIn("broke off", dataset.problem)

    def test_settings_that_cannot_be(self):
        for values in (
            {"valid_share": 1.0},
            {"epochs": 0},
            {"domain": "[('x', '=', 1)]"},
        ):
            with self.assertRaises(ValidationError):
                self.make_dataset(**values)
        with self.assertRaises(ValidationError):
            self.make_dataset(format="nothing")

    def test_erasing_somebody_deletes_the_files(self):
        partner = self.env["res.partner"].create({"name": "Ana"})
        self.make_example("¿Hay café?", "Sí, de olla.", partner_id=partner.id)
        dataset, other = (
            self.make_dataset(valid_share=0),
            self.make_dataset(
                valid_share=0, domain=f"[('partner_id', '!=', {partner.id})]"
            ),
        )
        for each in (dataset, other):
            self.export(each)
            self.assertTrue(each.train_file)
        partner.action_gpt_erase()
        self.assertFalse(dataset.train_file)
        self.assertEqual(dataset.state, "draft")
        self.assertIn("erased", dataset.problem)
        self.assertTrue(other.train_file)


@tagged("post_install", "-at_install")
class TestDownload(HttpCase):
    def test_the_file_has_its_name(self):
        """Streamed into the filestore, it is downloaded like any other."""
        chain = self.env["gpt.chain"].create(chain_values("shop"))
        dataset = self.env["gpt.dataset"].create({"name": "x", "chain_id": chain.id})
        content = b'{"messages": []}\n' * 1000
        attach_file(dataset, "train_file", BytesIO(content), "train.jsonl", MIMETYPE)
        self.authenticate("admin", "admin")
        url = f"/web/content/gpt.dataset/{dataset.id}/train_file/train.jsonl"
        reply = self.url_open(f"{url}?download=true")
        self.assertEqual(reply.content, content)
        self.assertIn("train.jsonl", reply.headers["Content-Disposition"])
        self.authenticate(None, None)
        self.assertNotEqual(self.url_open(url).content, content)
