# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A decision holds for what a value means, and can be taken back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TEXT, LeadCase, answer

OTHER_WORDS = "Hay que cotizarles las dos máquinas y llamarles en la tarde."
SAID = "Ya no es tan urgente, mejor mándenme el catálogo por correo"


@tagged("post_install", "-at_install")
class TestDecisions(LeadCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", groups="sales_team.group_sale_salesman"
        )

    def enriched(self, given=None, **values):
        lead = self.make_lead(user_id=self.seller.id, **values)
        self.enrich(lead, given or answer())
        return lead

    def row(self, lead, name):
        return self.values_of(lead, name).with_user(self.seller)

    def again(self, lead, given, body=None):
        """Have something new in the lead, and another answer to it."""
        if body:
            lead.message_post(
                author_id=self.customer().id,
                body=body,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
        else:
            lead.function = f"{lead.function or ''}x"
        self.jobs(lead).unlink()
        lead.gpt_run_ids.filtered(lambda run: run.state == "queued").unlink()
        self.enrich(lead, given)

    def reject(self, row):
        row.action_reject()
        row._reject("wrong", False)

    def test_other_words(self):
        for decide in (lambda row: row.action_undo(), self.reject):
            lead = self.enriched()
            decide(self.row(lead, "x_next_step"))
            state = self.row(lead, "x_next_step").state
            self.again(lead, answer(next_step=OTHER_WORDS))
            self.assertFalse(lead.x_next_step)
            self.assertEqual(self.row(lead, "x_next_step").state, state)

    def test_other_words_of_what_was_accepted_are_no_suggestion(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_accept()
        self.again(lead, answer(next_step=OTHER_WORDS))
        self.assertEqual(self.row(lead, "x_next_step").state, "accepted")

    def test_something_new_was_said(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_undo()
        given = answer({"next_step": SAID}, next_step="Mandar el catálogo.")
        self.again(lead, given, body=SAID)
        self.assertEqual(lead.x_next_step, "Mandar el catálogo.")

    def test_the_passage_stands_in_a_text_that_was_changed_elsewhere(self):
        lead = self.enriched()
        self.row(lead, "x_next_step").action_undo()
        lead.description = f"<p>{TEXT}</p><p>Somos de Valladolid.</p>"
        self.again(lead, answer(next_step=OTHER_WORDS))
        self.assertFalse(lead.x_next_step)

    def test_a_decision_behind_another_value(self):
        """Another value came meanwhile; the first is refused all the same."""
        lead = self.enriched()
        self.row(lead, "x_priority").action_undo()
        self.again(lead, answer(priority="medium"))
        self.assertEqual(lead.x_priority, "1")
        self.again(lead, answer(priority="very high"))
        self.assertEqual(lead.x_priority, "1")

    def test_redo(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        row.action_undo()
        self.assertFalse(lead.x_priority)
        row.action_take_back()
        self.assertEqual((lead.x_priority, row.state), ("3", "accepted"))
        row.action_undo()
        self.assertFalse(lead.x_priority, "and back again")

    def test_redo_of_what_a_person_typed_over(self):
        lead = self.enriched()
        lead.with_user(self.seller).x_next_step = "Visitarlos"
        row = self.row(lead, "x_next_step")
        row.action_take_back()
        self.assertIn("Llamar", lead.x_next_step)
        row.action_undo()
        self.assertEqual(lead.x_next_step, "Visitarlos")

    def test_a_rejection_is_taken_back(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        self.reject(row)
        row.action_take_back()
        self.assertEqual((lead.x_priority, row.state), ("3", "accepted"))
        self.assertFalse(row.reason)

    def test_a_rejected_suggestion_is_one_again(self):
        lead = self.enriched(answer({"priority": "Compramos mañana mismo"}))
        row = self.row(lead, "x_priority")
        self.reject(row)
        row.action_take_back()
        self.assertEqual((lead.x_priority, row.state), (False, "ungrounded"))

    def test_only_decisions_are_taken_back(self):
        lead = self.enriched()
        with self.assertRaises(UserError):
            self.row(lead, "x_priority").action_take_back()

    def test_only_who_may_write_the_lead_takes_back(self):
        lead = self.enriched()
        row = self.row(lead, "x_priority")
        row.action_undo()
        team_mate = new_test_user(
            self.env, "mate", groups="sales_team.group_sale_salesman"
        )
        company = self.env["res.company"].create({"name": "Otra"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        lead.company_id = self.env.company
        for user in (team_mate, stranger):
            with self.assertRaises(AccessError):
                row.with_user(user).action_take_back()
        self.assertEqual(row.state, "undone")
