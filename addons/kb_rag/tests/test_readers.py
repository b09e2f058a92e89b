# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo import Command
from odoo.tests import tagged

from .common import KbCase

MEMBERS = 300
ROUNDS = 12


@tagged("post_install", "-at_install")
class TestReaders(KbCase):
    """An answer in a room rests on what everybody in it may read."""

    def readable(self, users, asker):
        """Return the documents that are looked into for a room."""
        access = self.env["gpt.kb.access"].with_user(asker)
        room = access.with_context(
            gpt_reader_ids=tuple(users.ids), allowed_company_ids=self.company.ids
        )
        found = room._access_filter(None)
        documents = self.env["gpt.kb.document"].search(
            [
                "|",
                ("collection_id", "in", found.collection_ids),
                ("id", "in", found.document_ids),
            ]
        )
        return set(documents.ids)

    def readable_by(self, user):
        """Return the documents that one user may read, by their own rights."""
        access = self.env["gpt.kb.access"].with_user(user)
        found = access.with_context(
            allowed_company_ids=self.company.ids
        )._access_filter(None)
        return set(
            self.env["gpt.kb.document"]
            .search(
                [
                    "|",
                    ("collection_id", "in", found.collection_ids),
                    ("id", "in", found.document_ids),
                ]
            )
            .ids
        )

    def test_three_hundred_members(self):
        chance = random.Random(7)
        groups = self.env["res.groups"].create(
            [{"name": f"Group {number}"} for number in range(5)]
        )
        for number in range(10):
            self.add_text(
                self.make_collection(
                    name=f"Collection {number}",
                    is_public=chance.random() < 0.3,
                    group_ids=chance.sample(groups.ids, chance.randint(0, 3)),
                    company_ids=chance.choice(
                        ([], self.company.ids, self.other_company.ids)
                    ),
                )
            )
        users = self.env["res.users"].with_context(no_reset_password=True)
        everybody = users.create(
            [
                {
                    "name": f"Member {number}",
                    "login": f"member-{number}",
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
                for number in range(MEMBERS)
            ]
        )
        for group in groups:
            chosen = users.browse(chance.sample(everybody.ids, MEMBERS * 3 // 4))
            for user in chosen:
                group.write(self.members(user, Command.link))
        own = {user: self.readable_by(user) for user in everybody}
        some = 0
        for _round in range(ROUNDS):
            size = chance.choice((1, 2, 3, 30, MEMBERS))
            room = users.browse(chance.sample(everybody.ids, size))
            shared = set.intersection(*(own[user] for user in room))
            self.assertEqual(self.readable(room, room[0]), shared)
            some += bool(shared)
        self.assertTrue(some)

    def test_a_visitor_in_the_room(self):
        public = self.make_collection(is_public=True)
        closed = self.make_collection(group_ids=self.env.ref("base.group_user").ids)
        shown, hidden = self.add_text(public), self.add_text(closed)
        salesperson = self.people["salesperson"]
        visitor = self.env.ref("base.public_user")
        self.assertEqual(self.readable(salesperson, salesperson), {shown.id, hidden.id})
        self.assertEqual(self.readable(salesperson | visitor, salesperson), {shown.id})
