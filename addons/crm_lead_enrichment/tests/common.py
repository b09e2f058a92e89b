# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A lead whose text has evidence, and a model that is told what to answer."""

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.gpt_core.tests.common import GptMixin
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

TEXT = (
    "Buenos días, abrimos cafetería el 15 de enero y nos urge cotizar dos máquinas. "
    "Tenemos presupuesto aprobado de unos $55,000. Prefiero que me llamen por la tarde."
)
QUOTES = {
    "summary": "nos urge cotizar dos máquinas",
    "priority": "Tenemos presupuesto aprobado de unos $55,000",
    "next_step": "Prefiero que me llamen por la tarde",
}
OFFERS = (
    "phone",
    "email",
    "company_name",
    "city",
    "expected_revenue",
    "deadline",
)
VALUES = {
    **dict.fromkeys(OFFERS),
    "summary": "Una cafetería quiere dos máquinas para el 15 de enero.",
    "priority": "very high",
    "next_step": "Llamar por la tarde y cotizar dos máquinas.",
    "missing_fields": ["phone", "partner_name"],
    "confidence": 0.9,
}
FIVE = (
    "x_gpt_summary",
    "x_priority",
    "x_missing_fields",
    "x_next_step",
    "x_confidence",
)


def answer(quotes=None, **values):
    """Return a complete answer of the shipped chain."""
    given = dict.fromkeys(OFFERS) | QUOTES | (quotes or {})
    return {
        **VALUES,
        **values,
        **{f"{name}_quote": quote for name, quote in given.items()},
    }


class LeadMixin(GptMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.gpt_lead_auto = True

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def make_lead(self, **values):
        """Return a lead, and forget that it would be enriched by itself."""
        defaults = {
            "name": "Cafetería nueva",
            "description": f"<p>{TEXT}</p>",
            "contact_name": "Lucía Canul",
            "email_from": "lucia@cafekaab.example",
        }
        lead = self.env["crm.lead"].create(defaults | values)
        self.take_jobs(lead)
        return lead

    def customer(self):
        """Return whom to post as: what our own users write is no evidence."""
        return self.env["res.partner"].create({"name": "Lucía Canul"})

    def jobs(self, lead=None):
        """Return the waiting jobs of a lead's runs, or of all."""
        self.commit()
        domain = [
            ("model_name", "=", "gpt.lead.run"),
            ("state", "in", ["pending", "wait_dependencies"]),
        ]
        jobs = self.env["queue.job"].search(domain, order="id")
        if lead is None:
            return jobs
        runs = set(self.env["gpt.lead.run"].search([("lead_id", "=", lead.id)]).ids)
        return jobs.filtered(lambda job: runs & set(job.records.ids))

    def commit(self):
        """Do what is due when a transaction is committed."""
        self.env.cr.flush()

    def take_jobs(self, lead):
        self.jobs(lead).unlink()
        self.env["gpt.lead.run"].search([("lead_id", "=", lead.id)]).unlink()

    def perform(self, jobs=None):
        """Run these jobs, and those that they leave; return the seconds to wait."""
        self.env.flush_all()
        wait = None
        for uuid in (self.jobs() if jobs is None else jobs).mapped("uuid"):
            job = Job.load(self.env, uuid)
            try:
                job.perform()
                job.set_done()
                job.store()
            except RetryableJobError as error:
                wait = error.seconds
            finally:
                self.env.invalidate_all()
        return wait

    def enrich(self, lead, *answers, user=None):
        """Press the button, and run what it left."""
        for item in answers:
            self.server.answer_with(item)
        result = lead.with_user(user or self.env.user).action_gpt_enrich()
        self.perform(self.jobs(lead))
        return result

    def while_thinking(self, change, given=None):
        """Return an answer before which ``change`` is made, by a person as it were.

        The job waits for the answer without a cursor, so that this test's is free.
        """

        def think(_body):
            change()
            self.env.flush_all()
            return given or answer()

        return think

    def asked(self):
        """Return how often the model was asked."""
        return len(self.server.journal.entries("/v1/responses"))

    def values_of(self, lead, name=None):
        rows = self.env["gpt.lead.value"]._current(lead)
        return rows.filtered(lambda row: row.field_name == name) if name else rows


class LeadCase(LeadMixin, BaseCommon):
    pass
