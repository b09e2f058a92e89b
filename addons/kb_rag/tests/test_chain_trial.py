# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged

from odoo.addons.gpt_core.tests.jobs import perform

from .common import SALARIES, KbCase

SHIPPING = "¿Cuánto cuesta el envío a la república?"
SALARY = "¿Cuál es el sueldo mensual del director general?"
RFC = "GODE561231GR8"
STEP_BY_STEP = [
    {"name": "documents", "kind": "retrieve", "sequence": 1, "user_prompt": "{text}"},
    {"name": "answer", "sequence": 2, "user_prompt": "{text} Fuentes: {documents}"},
]


@tagged("post_install", "-at_install")
class TestChainTrial(KbCase):
    """Try It, on a chain that looks something up before it asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collection = cls.make_collection(is_public=True)
        cls.payroll = cls.make_collection("Sueldos", company_ids=cls.other_company)
        cls.chain = cls.env["gpt.chain"].create(
            {
                "name": "Lookup",
                "code": "lookup",
                "input_ids": [Command.create({"name": "text"})],
                "step_ids": [Command.create(values) for values in STEP_BY_STEP],
            }
        )
        cls.manager = cls.people["manager"]

    def try_it(self, text, user=None):
        trial = self.env["gpt.chain.trial"].with_user(user or self.manager)
        trial = trial.create({"chain_id": self.chain.id})
        trial.value_ids.value = text
        trial.action_send()
        perform(self.env, trial.request_id)
        self.assertEqual(trial.state, "done", trial.error_message)
        return trial

    def test_what_was_found_is_shown(self):
        contact = f"El envío lo factura quien tiene el RFC {RFC}."
        self.add_text(self.collection, f"# Envíos\n\n{SHIPPING} 150 pesos. {contact}")
        trial = self.try_it(SHIPPING)
        for part in ("150 pesos", "Políticas", "[[RFC_1]]"):
            self.assertIn(part, trial.passages_html)
        self.assertIn(RFC, trial.masked_then_html, "the administrator sees what it was")
        for shown in (trial.passages_html, trial.trace_html, str(self.last_sent())):
            self.assertNotIn(RFC, shown)
        self.assertIn("150 pesos", trial.trace_html, "as the model got it")

    def test_only_what_who_tries_may_read(self):
        self.add_text(self.payroll, SALARIES, "Nómina")
        trial = self.try_it(SALARY)
        self.assertFalse(trial.passages_html)
        self.assertNotIn("180 mil", str(self.last_sent()))
        trial = self.try_it(SALARY, self.people["stranger"])
        self.assertIn("180 mil", trial.passages_html)

    def test_the_preview_says_that_it_is_looked_up_later(self):
        trial = self.env["gpt.chain.trial"].with_user(self.manager)
        trial = trial.create({"chain_id": self.chain.id})
        trial.value_ids.value = SHIPPING
        self.assertFalse(trial.preview_problem)
        self.assertIn(SHIPPING, trial.prompt_html)
        self.assertFalse(self.embedded_texts(), "nothing was looked up")
