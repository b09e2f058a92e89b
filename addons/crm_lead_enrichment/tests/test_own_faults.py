# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TEXT, LeadCase

OURS = ("odoo.addons.gpt_core.utils.transaction", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestOwnFaults(LeadCase):
    """Whatever is wrong on our side, leads come in, are written and talked about."""

    def work(self):
        """Do with a lead what people do; everything of it is kept."""
        with mute_logger(*OURS):
            lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
            lead.write({"city": "Mérida", "phone": "999 555 0118"})
            lead.message_post(
                body="¿Hay noticias?",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
            self.commit()
        self.env.invalidate_all()
        self.assertEqual((lead.name, lead.city), ("Nuevo", "Mérida"))
        self.assertIn("¿Hay noticias?", lead.message_ids[0].body)
        return lead

    def test_a_table_that_refuses(self):
        for model in ("gpt.lead.run", "queue.job"):
            with self.subTest(model), self.env.cr.savepoint():
                self.break_table(model)
                self.assertFalse(self.work().gpt_run_ids)
                self.env.cr.execute(
                    f"DROP TRIGGER gpt_broken ON {self.env[model]._table}"
                )

    def test_a_version_that_cannot_be_read(self):
        self.env.cr.execute("UPDATE gpt_chain_version SET snapshot = '{\"steps\": 1}'")
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.work()

    def test_afterwards_all_is_well(self):
        self.break_table("gpt.lead.run")
        self.work()
        self.env.cr.execute("DROP TRIGGER gpt_broken ON gpt_lead_run")
        self.assertEqual(self.work().gpt_state, "queued")
