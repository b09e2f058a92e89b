# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``scripts/export_dataset.py``, with the environment that Odoo's shell gives it."""

import runpy
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import tagged

from .common import DatasetCase

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "export_dataset.py"


@tagged("post_install", "-at_install")
class TestExportScript(DatasetCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.said = []
        self.script = runpy.run_path(str(SCRIPT))

    def run_script(self, **settings):
        settings.setdefault("GPT_FOLDER", str(self.folder))
        return self.script["export"](
            self.env, settings, self.env.flush_all, self.said.append
        )

    def test_two_files(self):
        for number, question in enumerate(("¿Abren hoy?", "¿Hay mesas?", "¿Y sillas?")):
            self.make_example(question, f"Respuesta {number}.")
        self.make_example("¿Qué?", "Ni idea.", liked="down")
        dataset = self.run_script(
            GPT_CHAIN="shop", GPT_FORMAT="trl_chat", GPT_VALID_SHARE="0.34"
        )
        self.assertEqual(dataset.state, "done")
        counts = {
            path.name: len(self.lines(path.read_bytes()))
            for path in self.folder.iterdir()
        }
        self.assertEqual(counts, {"train.jsonl": 2, "valid.jsonl": 1})
        said = "".join(self.said)
        self.assertIn("train.jsonl: 2 examples", said)
        self.assertIn("left out: 1. It had a thumb down", said)
        again = self.run_script(GPT_DATASET=str(dataset.id))
        self.assertEqual(again, dataset)

    def test_what_breaks_a_rule_is_named(self):
        self.make_example("¿Abren hoy?", "Sí.")
        dataset = self.run_script(GPT_CHAIN="shop")
        self.assertEqual(dataset.state, "failed")
        self.assertIn("too few examples", "".join(self.said))

    def test_a_chain_that_is_not_there(self):
        with self.assertRaisesRegex(SystemExit, "shop"):
            self.run_script(GPT_CHAIN="nothing")
        with self.assertRaisesRegex(SystemExit, "0"):
            self.run_script(GPT_DATASET="0")
