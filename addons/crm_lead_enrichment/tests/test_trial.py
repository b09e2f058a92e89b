# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.gpt_core.tests.jobs import perform

from .common import LeadCase, answer

GROUPS = "base.group_user,gpt_core.group_gpt_manager"
SALES = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestTrial(LeadCase):
    """Try It on a lead sends what its enrichment sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chain = cls.env["gpt.lead.chain"]._chain()
        cls.trying = new_test_user(
            cls.env,
            "trying",
            groups=f"{GROUPS},{SALES}",
        )

    def open(self, lead, user=None):
        trial = self.env["gpt.chain.trial"].with_user(user or self.trying)
        form = Form(trial.create({"chain_id": self.chain.id}))
        form.record_ref = f"crm.lead,{lead.id}"
        return form.save()

    def test_the_prompt_is_that_of_a_run(self):
        lead = self.make_lead()
        trial = self.open(lead)
        material = self.env["gpt.lead.reader"]._material(lead._gpt_localized())
        self.assertEqual(trial._values(), material.values)
        self.assertIn("nos urge cotizar dos máquinas", trial._values()["lead"])
        self.assertFalse(trial.empty_inputs)
        self.server.answer_with(answer())
        trial.action_send()
        perform(self.env, trial.request_id)
        self.assertEqual(trial.state, "done")
        sent = str(self.last_sent())
        self.assertIn("nos urge cotizar dos máquinas", sent)

    def test_who_may_not_read_the_lead(self):
        lead = self.make_lead()
        stranger = new_test_user(self.env, "stranger", groups=GROUPS)
        with self.assertRaises(AccessError):
            self.open(lead, stranger)
