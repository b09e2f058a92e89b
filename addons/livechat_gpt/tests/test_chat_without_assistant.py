# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LivechatGptCase

OURS = ("odoo.addons.gpt_core.utils.transaction", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestOwnFaults(LivechatGptCase):
    """Whatever is wrong on our side, visitors write, and people come and go."""

    def test_a_message_is_posted_when_no_job_can_be_enqueued(self):
        channel = self.open_chat()
        self.break_table("queue.job")
        with mute_logger(*OURS):
            message = self.visitor_writes(channel, "¿Cuánto cuesta el envío?")
        self.env.invalidate_all()
        self.assertIn("envío", message.body)

    def test_people_answer_when_it_is_unknown_whether_the_assistant_does(self):
        """Its working hours are in a time zone that there is no more."""
        calendar = self.env["resource.calendar"].create({"name": "Hours"})
        self.agent.write({"mode": "outside_hours", "calendar_id": calendar.id})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE resource_calendar SET tz = 'No/Where' WHERE id = %s", [calendar.id]
        )
        self.env.invalidate_all()
        self.make_operator()
        with mute_logger(*OURS):
            channel = self.open_chat()
        self.assertTrue(channel)
        self.assertFalse(channel.gpt_session_ids)

    def test_a_person_joins_and_leaves(self):
        channel = self.open_chat()
        operator = self.make_operator()
        self.break_table("gpt.livechat.session", "UPDATE")
        with mute_logger(*OURS):
            channel.add_members(partner_ids=operator.partner_id.ids)
            self.env.flush_all()
            member = channel.channel_member_ids.filtered(
                lambda m: m.partner_id == operator.partner_id
            )
            self.assertTrue(member)
            member.unlink()
            self.env.flush_all()
        self.assertFalse(member.exists())
