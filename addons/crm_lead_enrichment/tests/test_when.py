# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from ..models.gpt_lead_run import CHUNK
from ..models.gpt_lead_trigger import MANY
from .common import TEXT, LeadCase, LeadMixin, answer


@tagged("post_install", "-at_install")
class TestWhen(LeadCase):
    def test_new_lead(self):
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        self.commit()
        self.assertEqual(lead.gpt_state, "queued")
        self.assertEqual(lead.gpt_run_ids.trigger, "create")
        job = self.jobs(lead)
        self.assertEqual(len(job), 1)
        self.assertEqual(job.channel, "root.gpt.batch")
        self.assertTrue(job.eta, "changes that follow are read at once")
        self.assertFalse(self.asked(), "only a job asks")
        self.server.answer_with(answer())
        self.perform(job)
        self.assertEqual(lead.x_priority, "3")

    def test_button_goes_first(self):
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        self.commit()
        self.assertFalse(lead.gpt_is_asked, "whoever is in a hurry has a button")
        lead.action_gpt_enrich()
        self.assertTrue(lead.gpt_is_asked)
        self.assertEqual(len(lead.gpt_run_ids), 1)
        later, now = self.jobs(lead)
        self.assertEqual(now.channel, "root.gpt.interactive")
        self.assertFalse(now.eta)
        self.assertLess(now.priority, later.priority)
        self.server.answer_with(answer(), times=2)
        self.perform(now | later)
        self.assertEqual(self.asked(), 1)

    def test_several_changes_are_one_run(self):
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        lead.city = "Mérida"
        lead.write({"phone": "999 555 0118"})
        self.assertEqual(len(self.jobs(lead)), 1)

    def test_change(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        lead.city = "Mérida"
        self.commit()
        self.assertEqual(lead.gpt_run_ids[0].trigger, "change")
        self.server.answer_with(
            answer(summary="Una cafetería en Mérida quiere dos máquinas.")
        )
        self.perform(self.jobs(lead))
        self.assertEqual(
            lead.x_gpt_summary, "Una cafetería en Mérida quiere dos máquinas."
        )

    def test_change_of_something_else(self):
        lead = self.make_lead()
        lead.write({"color": 3, "priority": "2", "probability": 30})
        self.assertFalse(self.jobs(lead))

    def test_nothing_changed(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        lead.name = lead.name  # written, and the same
        self.perform(self.jobs(lead))
        self.assertEqual(lead.gpt_run_ids[0].state, "unchanged")
        self.assertEqual(self.asked(), 1)
        self.assertEqual(lead.gpt_state, "done")
        said = self.enrich(lead)
        self.assertIn("Nothing has changed", said["params"]["message"])
        self.assertFalse(self.jobs(lead))
        self.assertEqual(self.asked(), 1)

    def test_changed_and_changed_back(self):
        lead = self.make_lead(city="Mérida")
        self.enrich(lead, answer())
        lead.city = "Cancún"
        lead.city = "Mérida"
        self.perform(self.jobs(lead))
        self.assertEqual(self.asked(), 1)

    def test_own_writes(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        self.assertFalse(self.jobs(lead))
        row = self.values_of(lead, "x_priority")
        row.action_undo()
        self.assertFalse(self.jobs(lead))
        self.assertEqual(row.state, "undone")

    def test_what_comes_of_own_writes(self):
        quiet = self.env["crm.lead"].with_context(gpt_own_write=True)
        lead = quiet.create({"name": "Nuevo", "description": TEXT})
        lead.message_post(
            body=TEXT, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(self.jobs(lead))

    def test_new_prompt_is_something_new(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        chain = self.env.ref("crm_lead_enrichment.chain_lead_enrichment")
        chain.step_ids.system_prompt += "\nBe kind."
        chain.action_publish()
        self.enrich(lead, answer())
        self.assertEqual(self.asked(), 2)

    def test_message(self):
        lead = self.make_lead()
        self.enrich(lead, answer())
        lead.message_post(
            body="Ahora son tres máquinas.",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            email_from="lucia@cafekaab.example",
        )
        self.commit()
        self.assertEqual(lead.gpt_newer_messages, 1)
        self.assertTrue(lead.gpt_is_stale)
        self.assertEqual(lead.gpt_run_ids[0].trigger, "message")
        tres = {"summary": "Ahora son tres máquinas"}
        self.server.answer_with(answer(tres, summary="Quieren tres máquinas."))
        self.perform(self.jobs(lead))
        row = self.values_of(lead, "x_gpt_summary")
        self.assertEqual((row.state, row.source_kind), ("applied", "email"))
        self.assertEqual(row.message_id.email_from, "lucia@cafekaab.example")
        lead.invalidate_recordset()
        self.assertFalse(lead.gpt_newer_messages)

    def test_what_programs_post(self):
        lead = self.make_lead()
        lead.message_post(body="A note of a program")
        lead._message_log(body="Another one")
        lead.message_post(
            body="Nota", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertFalse(self.jobs(lead))

    def test_stale_can_be_searched(self):
        lead, other = self.make_lead(), self.make_lead(name="Otra")
        self.enrich(lead, answer())
        self.enrich(other, answer())
        lead.message_post(
            body="¿Siguen ahí?", message_type="email", subtype_xmlid="mail.mt_comment"
        )
        both = [("id", "in", (lead | other).ids)]
        stale = [("gpt_is_stale", "=", True)]
        fresh = [("gpt_is_stale", "=", False)]
        self.assertEqual(self.env["crm.lead"].search(both + stale), lead)
        self.assertEqual(self.env["crm.lead"].search(both + fresh), other)

    def test_switched_off(self):
        self.env.company.gpt_lead_auto = False
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        self.assertFalse(self.jobs(lead))
        self.enrich(lead, answer())
        self.assertEqual(lead.x_priority, "3", "the button works all the same")

    def test_nobody_to_ask(self):
        self.provider.api_key = False
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        self.assertFalse(self.jobs(lead), "no failures for want of a key")

    def test_server_that_needs_no_key(self):
        self.provider.write({"api_key": False, "authentication": "none"})
        lead = self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
        self.assertTrue(self.jobs(lead))

    def test_many_at_once(self):
        values = [{"name": f"Lead {n}"} for n in range(MANY + 30)]
        before = len(self.jobs())
        leads = self.env["crm.lead"].create(values)
        self.commit()
        self.assertFalse(leads.gpt_run_ids)
        new = self.jobs().sorted("id")[before:]
        self.assertEqual(new.mapped("method_name"), ["_queue_job"])
        self.perform(new)
        self.assertEqual(len(leads.gpt_run_ids), MANY + 30)
        self.assertEqual(set(leads.mapped("gpt_state")), {"queued"})
        job = self.jobs(leads[0])
        self.server.answer_with(
            answer({"summary": "Lead 0"}, summary="Lead 0, uno de muchos.")
        )
        self.perform(job)
        self.assertEqual(leads[0].x_gpt_summary, "Lead 0, uno de muchos.")

    def test_many_that_are_changed(self):
        quiet = self.env["crm.lead"].with_context(gpt_own_write=True)
        leads = quiet.create([{"name": f"Lead {n}"} for n in range(MANY + 30)])
        before = len(self.jobs())
        leads.with_context(gpt_own_write=False).write({"city": "Mérida"})
        new = self.jobs().sorted("id")[before:]
        self.assertEqual(new.mapped("method_name"), ["_queue_job"])

    def test_undone_import(self):
        before = len(self.jobs())
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.env["crm.lead"].create({"name": "Nuevo", "description": TEXT})
            raise ZeroDivisionError
        self.assertEqual(len(self.jobs()), before)

    def test_big_import_is_cheap(self):
        count = 4 * CHUNK
        quiet = self.env["crm.lead"].with_context(gpt_own_write=True)
        leads = quiet.create([{"name": f"Lead {n}"} for n in range(count)])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        leads = leads.with_context(gpt_own_write=False)
        self.env["gpt.lead.trigger"]._enrich_later(leads, "create")
        self.commit()
        self.assertLess(self.env.cr.sql_log_count - before, 60)
        left = self.jobs().filtered(lambda job: job.method_name == "_queue_job")
        self.assertEqual([len(job.args[0]) for job in left], [CHUNK] * 4)
        self.assertEqual({i for job in left for i in job.args[0]}, set(leads.ids))


@tagged("post_install", "-at_install")
class TestMail(LeadMixin, MailCommon):
    MAIL = """From: Lucía <lucia@cafekaab.example>
To: ventas@{domain}
Subject: Cafetería nueva
Message-Id: <{number}@cafekaab.example>
Content-Type: text/html; charset=utf-8

{body}
"""

    def receive(self, body, number=1):
        alias = self.env["mail.alias"].create(
            {
                "alias_name": f"ventas{number}",
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
            }
        )
        domain = alias.alias_domain_id.name
        text = self.MAIL.format(domain=domain, number=number, body=body)
        text = text.replace("ventas@", f"ventas{number}@")
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            lead_id = self.env["mail.thread"].message_process("crm.lead", text)
        return self.env["crm.lead"].browse(lead_id)

    def test_by_alias(self):
        lead = self.receive(f"<div>{TEXT}</div>")
        self.assertEqual(len(self.jobs(lead)), 1, "the lead and its message are one")
        self.server.answer_with(answer())
        self.perform(self.jobs(lead))
        self.assertEqual(lead.x_priority, "3")
        row = self.values_of(lead, "x_priority")
        self.assertEqual(row.source_kind, "email")
        self.assertIn("Lucía", row.source_label)
        self.assertEqual(row.message_id, lead.message_ids.sorted("id")[0])

    def test_a_megabyte(self):
        filler = "<p>Lorem ipsum dolor sit amet</p>" * 32_000
        lead = self.receive(f"<div>{TEXT}</div>{filler}", number=2)
        self.assertGreater(len(lead.message_ids[-1:].body), 900_000)
        self.server.answer_with(answer())
        self.perform(self.jobs(lead))
        self.assertEqual(lead.x_priority, "3")
        self.assertLess(len(str(self.last_sent()["input"])), 30_000)
