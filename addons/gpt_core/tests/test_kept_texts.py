# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which texts outlive the retention days, or the erasing of a contact: all columns of
all models of the installed addons are looked at."""

from odoo.tests import tagged
from odoo.tools import SQL

from .walk import WalkCase, our_fields, our_models

MARK = "Secreto de Ana Robles Tuz"
TEXTS = ("char", "text", "html", "json")
# Set by rules of their own, or what the sample is found by.
LEFT = ("code", "xid")


@tagged("post_install", "-at_install")
class TestKeptTexts(WalkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fields = cls.text_fields()
        for field in cls.fields:
            cls.fill(field)
        cls.env.invalidate_all()

    @classmethod
    def text_fields(cls):
        """Return the fields with texts of people, or that may have them."""
        own = our_models(cls.env)
        others = [model for model in cls.env.registry if model not in own]
        return [
            field
            for model in [*own, *others]
            if cls.env[model]._auto and not cls.env[model]._abstract
            for field in our_fields(cls.env, model)
            if field.store and field.type in TEXTS and field.column_type
        ]

    @classmethod
    def fill(cls, field):
        record = cls.made.get(field.model_name)
        if not record or field.name in LEFT:
            return
        value = SQL("%s::jsonb", f'{{"en_US": "{MARK}"}}')
        if field.type != "json" and not field.translate:
            value = SQL("%s", MARK)
        cls.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL.identifier(field.name),
                value,
                record.id,
            )
        )

    def texts_left(self):
        """Return the columns that still hold a text, as "model.field"."""
        self.env.flush_all()
        left = set()
        for field in self.fields:
            record = self.made.get(field.model_name)
            if not record:
                continue
            self.env.cr.execute(
                SQL(
                    "SELECT 1 FROM %s WHERE id = %s AND %s::text LIKE %s",
                    SQL.identifier(record._table),
                    record.id,
                    SQL.identifier(field.name),
                    f"%{MARK}%",
                )
            )
            if self.env.cr.fetchone():
                left.add(str(field))
        return left

    def excused(self, name):
        return name in self.kept or name.rpartition(".")[0] in self.kept

    def assert_excused(self, left, why):
        self.assertFalse(
            sorted(name for name in left if not self.excused(name)),
            f"{why}; if that is right, <addon>/tests/samples.py says why",
        )

    def test_all_are_filled(self):
        left = self.texts_left()
        unseen = {str(f) for f in self.fields if f.name not in LEFT} - left
        self.assertFalse(sorted(name for name in unseen if not self.excused(name)))

    def test_excuses_are_of_something(self):
        known = {str(field) for field in self.fields}
        known |= {field.model_name for field in self.fields} | set(self.env.registry)
        self.assertFalse(sorted(self.kept.keys() - known))
        self.assertTrue(all(len(reason) > 5 for reason in self.kept.values()))

    def test_retention(self):
        """What was said is not kept longer than the settings say, whatever became of
        the request: also when it failed before there was a prompt."""
        request = self.made["gpt.request"]
        self.assertEqual(request.state, "failed")
        job = self.ended_job(request)
        self.make_old()
        self.env["gpt.request.retention"]._cron_purge()
        self.assert_excused(self.texts_left(), "these outlive the retention days")
        self.assertFalse(job.exists())
        self.assertFalse(request.can_retry)

    def test_retention_of_each_text_by_itself(self):
        """One that is alone in its row is found as well."""
        self.make_old()
        request = self.made["gpt.request"]
        texts = [f for f in self.fields if f.model_name == request._name]
        texts = [f for f in texts if not self.excused(str(f))]
        empty = dict.fromkeys((f.name for f in texts), False)
        for field in texts:
            request.write(empty)
            self.fill(field)
            self.make_old()
            self.env.invalidate_all()
            self.env["gpt.request.retention"]._cron_purge()
            self.assertNotIn(str(field), self.texts_left())

    def test_recent_texts_stay(self):
        before = self.texts_left()
        self.env["gpt.request.retention"]._cron_purge()
        self.assertEqual(self.texts_left(), before)

    def test_conversations_that_go_on_stay(self):
        self.make_old()
        self.env.cr.execute(
            "UPDATE gpt_request SET create_date = now() AT TIME ZONE 'UTC'"
            " WHERE id = %s",
            [self.made["gpt.request"].id],
        )
        self.env.invalidate_all()
        self.env["gpt.request.retention"]._cron_purge()
        self.assertIn("gpt.conversation.placeholders", self.texts_left())

    def test_erasing(self):
        job = self.ended_job(self.made["gpt.request"])
        self.contact.action_gpt_erase()
        self.assert_excused(self.texts_left(), "these outlive the erasing")
        self.assertFalse(job.exists())

    def make_old(self):
        """Make all samples older than anything is kept."""
        self.env.flush_all()
        for record in self.made.values():
            if not record._auto:
                continue
            for name in ("create_date", "write_date"):
                if name in record._fields and record._fields[name].store:
                    self.env.cr.execute(
                        SQL(
                            "UPDATE %s SET %s = %s - INTERVAL '9 years' WHERE id = %s",
                            SQL.identifier(record._table),
                            SQL.identifier(name),
                            SQL.identifier(name),
                            record.id,
                        )
                    )
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = date_created - INTERVAL '9 years'"
        )
        self.env.invalidate_all()

    def ended_job(self, request):
        """Return a failed job of a request, whose error tells of somebody."""
        job = self.env["queue.job"].search(
            [("uuid", "=", request.with_delay(description=MARK)._complete_job().uuid)]
        )
        self.env.cr.execute(
            "UPDATE queue_job SET state = 'failed', exc_info = %s WHERE id = %s",
            [MARK, job.id],
        )
        # The job may be the one that the sample was marked with.
        self.env.cr.execute(
            "UPDATE gpt_request SET job_uuid = %s WHERE id = %s", [job.uuid, request.id]
        )
        self.env.invalidate_all()
        return job
