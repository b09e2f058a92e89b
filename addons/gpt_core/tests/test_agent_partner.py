# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An assistant's contact is its own: no way to rename or dress up somebody else."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import chain_values

PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestAgentPartner(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "base.group_user,gpt_core.group_gpt_manager"
        cls.manager = new_test_user(cls.env, "agent_manager", groups=manager)
        cls.editor = new_test_user(
            cls.env, "agent_editor", groups=f"{manager},base.group_partner_manager"
        )
        cls.chain = cls.env["gpt.chain"].create(chain_values("assistant"))
        cls.customer = cls.env["res.partner"].create(
            {"name": "Ana Ruiz", "email": "ana@example.com"}
        )

    def agents(self, user, **context):
        return self.env["gpt.agent"].with_user(user).with_context(**context)

    def named(self, name, **values):
        """Return the values of an assistant."""
        return {"name": name, "chain_id": self.chain.id} | values

    def victims(self):
        """Return contacts that stand for somebody."""
        return {
            "administrator": self.env.ref("base.user_admin").partner_id,
            "system": self.env.ref("base.partner_root"),
            "visitor": self.env.ref("base.public_user").partner_id,
            "company": self.env.company.partner_id,
            "customer": self.customer,
            "employee of a customer": self.env["res.partner"].create(
                {"name": "Luis", "parent_id": self.customer.id}
            ),
            "another assistant": self.agents(self.manager).create(
                self.named("A")
            )
            .sudo().partner_id,
        }  # fmt: skip

    def test_a_contact_of_somebody_is_not_taken(self):
        for label, partner in self.victims().items():
            name, picture = partner.name, partner.image_1920
            values = self.named("Sofía", partner_id=partner.id)
            for user in (self.manager, self.editor, self.env.user):
                with (
                    self.subTest(f"{label}: {user.login}"),
                    self.assertRaises(UserError),
                ):
                    self.agents(user).create({**values, "image_1920": PICTURE})
            agent = self.agents(self.manager, default_partner_id=partner.id).create(
                self.named("Sofía")
            )
            self.assertNotEqual(agent.sudo().partner_id, partner, label)
            with self.assertRaises(UserError):
                agent.partner_id = partner.id
            self.env.invalidate_all()
            self.assertEqual((partner.name, partner.image_1920), (name, picture))

    def test_a_free_contact_needs_the_right_to_change_it(self):
        free = self.env["res.partner"].create({"name": "Bot"})
        values = self.named("Sofía", partner_id=free.id)
        with self.assertRaises(AccessError):
            self.agents(self.manager).create(values)
        self.assertEqual(free.name, "Bot")
        agent = self.agents(self.editor).create(values)
        self.assertEqual(agent.partner_id, free)
        self.assertEqual(free.name, "Sofía (AI)")

    def test_its_contact_stays(self):
        agent = self.agents(self.manager).create(self.named("Sofía"))
        before = agent.partner_id
        other = self.env["res.partner"].create({"name": "Bot"})
        with self.assertRaises(UserError):
            agent.sudo().partner_id = other
        agent.write({"name": "Luz", "partner_id": before.id})
        self.assertEqual(before.sudo().name, "Luz (AI)")
        self.assertFalse(before.with_context(active_test=False).user_ids)

    def test_nobody_signs_in_as_an_assistant(self):
        partner = (
            self.agents(self.manager).create(self.named("Sofía")).sudo().partner_id
        )
        with self.assertRaises(ValidationError):
            self.env["res.users"].create(
                {"login": "sofia", "name": "Sofía", "partner_id": partner.id}
            )

    def test_picture_by_a_manager_without_contacts(self):
        agent = self.agents(self.manager).create(
            self.named("Sofía", image_1920=PICTURE)
        )
        self.assertTrue(agent.image_1920)
