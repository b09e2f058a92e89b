# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..utils.transaction import own_transaction
from .committed import CommittedCase


@own_transaction
def look(self, other, name="", *, third):
    others = [(records.env, records.ids) for records in (other, third)]
    return self.env, self.ids, name, *others


@tagged("post_install", "-at_install")
class TestOwnTransaction(CommittedCase):
    """A decorated method runs in a clean environment, and is committed."""

    def test_self_and_other_records_are_rebound(self):
        with self.transaction() as env:
            company = env["res.company"].browse(self.company_id)
            visitor = env.ref("base.public_user")
            asked = company.with_user(visitor).with_context(lang="es_MX", evil=True)

            own, ids, name, *others = look(asked, asked, "A", third=asked)
        self.assertEqual((ids, name), ([self.company_id], "A"))
        self.assertEqual(others, [(own, ids), (own, ids)])
        self.assertEqual((own.uid, own.su, own.context), (SUPERUSER_ID, True, {}))
        self.assertTrue(own.cr.closed)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_who_loses_against_somebody_else_tries_again(self):
        tries = []

        @own_transaction
        def add(self, letter):
            tries.append(self.name)
            if len(tries) == 1:
                with TestOwnTransaction.transaction() as other:
                    other["res.company"].browse(self.id).name += "B"
            self.name += letter
            return self.name

        with self.transaction() as env:
            company = env["res.company"].browse(self.company_id)
            before = company.name
            self.assertEqual(add(company, "C"), f"{before}BC")
        self.assertEqual(tries, [before, f"{before}B"])
        with self.transaction() as env:
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(company.name, f"{before}BC", "it is committed")
