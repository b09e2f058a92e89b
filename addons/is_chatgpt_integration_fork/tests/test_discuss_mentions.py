# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .discuss_common import DiscussCase


@tagged("post_install", "-at_install")
class TestMentionSuggestions(DiscussCase):
    def suggested(self, channel, search):
        people = self.env["res.partner"].with_user(self.ana)
        found = people.get_mention_suggestions_from_channel(channel.id, search)
        return [partner["id"] for partner in (found or {}).get("res.partner", [])]

    def test_assistants_of_the_channel(self):
        self.assertIn(self.bot.id, self.suggested(self.channel, "ChatG"))
        self.assertNotIn(self.bot.id, self.suggested(self.channel, "Ana"))
        self.assertIn(self.ana.partner_id.id, self.suggested(self.channel, "Ana"))

    def test_not_those_of_others(self):
        other = self.env["discuss.channel"].create({"name": "otro"})
        other.add_members(partner_ids=self.ana.partner_id.ids)
        self.assertNotIn(self.bot.id, self.suggested(other, "ChatG"))
        elsewhere = self.env["gpt.agent"].create(
            {"name": "ChatGPT de otra sala", "chain_id": self.agent.chain_id.id}
        )
        self.assertNotIn(elsewhere.partner_id.id, self.suggested(self.channel, "ChatG"))


@tagged("post_install", "-at_install")
class TestNotifiedOnly(DiscussCase):
    """Other clients than Odoo's name whom they mention, without a link in the text."""

    def test_the_assistant(self):
        self.assertTrue(self.ask("¿Cuánto cuesta?", partner_ids=self.bot.ids))

    def test_everybody(self):
        everybody = self.channel.channel_member_ids.partner_id
        self.assertFalse(self.ask("Junta a las diez", partner_ids=everybody.ids))
