# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, tagged

from .common import FIVE, LeadCase, answer


@tagged("post_install", "-at_install")
class TestViews(LeadCase):
    def test_five_fields_are_everywhere(self):
        lead = self.env["crm.lead"]
        for view, kind in (
            ("crm.crm_lead_view_form", "form"),
            ("crm.crm_case_tree_view_leads", "list"),
            ("crm.crm_case_tree_view_oppor", "list"),
        ):
            arch = lead.get_view(self.env.ref(view).id, kind)["arch"]
            for name in FIVE:
                self.assertIn(f'name="{name}"', arch, view)
        arch = lead.get_view(self.env.ref("crm.crm_case_kanban_view_leads").id)["arch"]
        self.assertIn('name="x_priority"', arch)
        self.assertIn('name="x_confidence"', arch)

    def test_form_saves(self):
        lead = self.make_lead(type="lead")
        self.enrich(lead, answer())
        with Form(lead) as form:
            form.x_next_step = "Visitarlos"
        self.assertEqual(lead.x_next_step, "Visitarlos")
        self.assertEqual(self.values_of(lead, "x_next_step").state, "edited")

    def test_search(self):
        high, low, none = self.make_lead(), self.make_lead(name="B"), self.make_lead()
        self.enrich(high, answer())
        self.enrich(low, answer(priority="low"))
        low.phone = "999 555 0118"
        self.take_jobs_of(low)
        ours = [("id", "in", (high | low | none).ids)]
        search = self.env["crm.lead"].search
        self.assertEqual(search([*ours, ("x_priority", "in", ["2", "3"])]), high)
        self.assertEqual(search([*ours, ("x_missing_fields", "ilike", "phone")]), high)
        self.assertEqual(search([*ours, ("gpt_state", "=", "done")]), high | low)
        self.assertEqual(search([*ours, ("gpt_state", "=", False)]), none)
        self.assertEqual(search([*ours, ("gpt_state", "!=", False)]), high | low)
        self.assertEqual(search([*ours, ("gpt_state", "!=", "done")]), none)
        self.assertEqual(
            search([*ours, ("gpt_state", "in", ["done", "failed"])]), high | low
        )

    def take_jobs_of(self, lead):
        self.jobs(lead).unlink()
        lead.gpt_run_ids.filtered(lambda run: run.state == "queued").unlink()

    def test_group(self):
        self.enrich(self.make_lead(), answer())
        groups = self.env["crm.lead"]._read_group(
            [("x_priority", "=", "3")], ["x_priority"], ["__count", "x_confidence:avg"]
        )
        self.assertEqual(groups[0][0], "3")
        self.assertAlmostEqual(groups[0][2], 0.9)

    def test_export(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        (row,) = lead.export_data(list(FIVE))["datas"]
        self.assertIn("Una cafetería quiere", row[0])
        self.assertEqual(row[1], "Very high")
        self.assertEqual(row[4], 0.9)

    def test_outcome(self):
        won, lost, still = (
            self.make_lead(name=name, type="opportunity") for name in "abc"
        )
        for lead in (won, lost, still):
            self.enrich(lead, answer(confidence=0.9 if lead == won else 0.3))
        won.action_set_won()
        lost.action_set_lost()
        self.env.flush_all()
        rows = self.env["gpt.lead.outcome"].search(
            [("lead_id", "in", (won | lost | still).ids)], order="id"
        )
        self.assertEqual(
            [(row.band, row.outcome) for row in rows],
            [("3", "won"), ("1", "lost"), ("1", "open")],
        )
        shares = dict(
            self.env["gpt.lead.outcome"]._read_group(
                [("id", "in", rows.ids)], ["band"], ["won_share:avg"]
            )
        )
        self.assertEqual(shares, {"1": 0.0, "3": 100.0})

    def test_copy_is_not_enriched(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        copied = lead.copy()
        self.assertFalse(any(copied[name] for name in FIVE))
        self.assertFalse(copied.gpt_value_ids)

    def test_values_are_grouped_by_what_people_call_the_field(self):
        (choices,) = (
            self.env["gpt.lead.value"].fields_get(["field_name"], ["selection"])
        ).values()
        labels = dict(choices["selection"])
        self.assertEqual(labels["x_priority"], "AI Priority")
        self.assertLessEqual(set(FIVE), set(labels))
        self.assertFalse({"id", "create_date", "message_ids"} & set(labels))
