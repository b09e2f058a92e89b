# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..utils.old_records import (
    KEPT,
    OLD,
    RENAMED,
    find,
    identifiers,
    is_loaded,
    record_of,
)
from .gpt_discuss_membership import CHANNEL_TYPES
from .gpt_migration_account import NAME

# The records that stay when the old app is uninstalled: the conversation, who took
# part in it, and what was said.
_STAYING = ("discuss.channel", "discuss.channel.member", "res.partner", "mail.message")
# What the old app's code finds instead, see _stand_in().
STAND_IN = "Stand-in of the replaced app is_chatgpt_integration"
_OURS = "is_chatgpt_integration_fork"
# Direct messages with this in their names are answered by the old app.
_MARK = f"{NAME},"


class GptMigrationChannel(models.AbstractModel):
    """Hands the old app's channel and direct messages over to an assistant of ours."""

    _name = "gpt.migration.channel"
    _description = "Channels of the Old App"

    @api.model
    def _move(self):
        """Move what belongs to the conversations; return what to report."""
        partners = self._old_partners()
        chats = self._old_chats(partners)
        moved = self._move_identifiers()
        own = self.env["discuss.channel"].union(
            *(record for record in moved if record._name == "discuss.channel")
        )
        own = own.filtered("active")
        members = self._members(partners)
        lines = []
        if members or chats or own:
            agent = self._agent()
            channels = members.channel_id | chats | own
            self._replace(members, agent)
            self._join_lonely(chats, agent)
            self._enter(channels, agent)
            self._answer_all(own | chats, agent)
            self._rename(chats)
            self._take_place(own[:1], agent)
            values = {
                "agent": agent.name,
                "channels": len(channels - chats),
                "chats": len(chats),
            }
            lines.append(("done", "channels", values))
        if moved:
            lines.append(("done", "identifiers", {"count": len(moved)}))
        return lines

    # What there is

    @api.model
    def _old_partners(self):
        """Return the contacts that the old app writes as."""
        found = self.env["res.partner"]
        for module in (OLD, KEPT):
            partner = find(self.env, "partner_chatgpt", module)
            if partner is not None and partner.name != STAND_IN:
                found |= partner
        account = self.env["gpt.migration.account"]
        users = account._accounts().filtered(account._is_ours_to_shut)
        found |= users.partner_id
        # Where the user is gone, its contact is still in the direct messages.
        for member in self._named_chats().channel_member_ids:
            partner = member.partner_id
            if (
                partner.name == NAME
                and not partner.with_context(active_test=False).user_ids
            ):
                found |= partner
        return found.with_context(active_test=False)

    def _named_chats(self):
        return (
            self.env["discuss.channel"]
            .with_context(active_test=False)
            .search([("channel_type", "=", "chat"), ("name", "like", _MARK)])
        )

    def _old_chats(self, partners):
        """Return the direct messages with the old app; a person may be called so."""
        return self._named_chats().filtered(
            lambda chat: (
                len(chat.channel_member_ids) < 2
                or chat.channel_member_ids.partner_id
                & (partners | self._bot_partners())
            )
        )

    def _bot_partners(self):
        return self.env["res.partner"].browse(self.env["gpt.agent"]._discuss_bots())

    def _members(self, partners):
        return (
            self.env["discuss.channel.member"]
            .with_context(active_test=False)
            .search([("partner_id", "in", partners.ids)])
        )

    # Identifiers

    @api.model
    def _move_identifiers(self):
        """Take away from the old app what has to stay when it is uninstalled.

        :return: a list of the records whose identifiers were moved
        """
        moved = []
        loaded = is_loaded(self.env, OLD)
        old_names = tuple(old for old, new in RENAMED.items() if new in _STAYING)
        for identifier in identifiers(self.env, OLD, *_STAYING, *old_names):
            record = record_of(self.env, identifier)
            if record and self._is_stand_in(record):
                if not loaded:
                    identifier.unlink()
                continue
            name, model = identifier.name, identifier.model
            if record:
                identifier.write(
                    {
                        "module": KEPT,
                        "name": self._free_name(name),
                        "model": record._name,
                        "noupdate": True,
                    }
                )
                identifier.flush_recordset()
                moved.append(record)
            else:
                identifier.unlink()
            if loaded:
                self._stand_in(name, RENAMED.get(model, model))
        return moved

    def _free_name(self, name):
        taken = set(identifiers(self.env, KEPT).mapped("name"))
        free, number = name, 2
        while free in taken:
            free, number = f"{name}_{number}", number + 1
        return free

    def _is_stand_in(self, record):
        if record._name == "discuss.channel.member":
            return record.channel_id.name == STAND_IN
        if record._name == "mail.message":
            return self._is_stand_in(
                self.env["discuss.channel"].browse(record.res_id)
            ) if record.model == "discuss.channel" else False  # fmt: skip
        return record.exists() and record.name == STAND_IN and not record.active

    def _stand_in(self, name, model):
        """Let the old app's code find a record in which nobody ever writes.

        With each message of Discuss it looks up its channel and its contact. Without
        them, it would fail, and so would the message; with ours, it would answer.
        """
        if model == "discuss.channel":
            values = {"name": STAND_IN, "channel_type": "channel", "active": False}
            # Nobody joins it, not even the user who migrates.
            record = self.env[model].with_context(install_mode=True).create(values)
        elif model == "res.partner":
            record = self.env[model].create({"name": STAND_IN, "active": False})
        else:
            return
        # sudo: ir.model.data - as for the other identifiers of the old app
        self.env["ir.model.data"].sudo().create(
            {
                "module": OLD,
                "name": name,
                "model": model,
                "res_id": record.id,
                "noupdate": True,
            }
        )

    # Members

    @api.model
    def _agent(self):
        """Return the assistant that takes over: the one of this addon, else a new one.

        :raises UserError: when its chain was deleted as well
        """
        shipped = self.env.ref(f"{_OURS}.agent_chatgpt", raise_if_not_found=False)
        if shipped and shipped.active:
            return shipped
        chain = self.env.ref(
            f"{_OURS}.chain_discuss_answer", raise_if_not_found=False
        )  # fmt: skip
        same = self.env["gpt.agent"].search([("chain_id", "=", chain.id)], limit=1)
        if same or chain:
            return same or same.create({"name": NAME, "chain_id": chain.id})
        raise UserError(
            self.env._(
                "There is no assistant that could take over. Make one with the name "
                "ChatGPT, and press Look Again."
            )
        )

    def _take_place(self, channel, agent):
        """Put the old channel in the place of our own new one, if nobody wrote there.

        Otherwise there would be two of the same name. It keeps its other identifier, so
        uninstalling this addon leaves it alone.
        """
        new = self.env.ref(f"{_OURS}.channel_chatgpt", raise_if_not_found=False)
        if not channel or not new or new == channel or self._is_used(new):
            return
        membership = self.env["gpt.discuss.membership"].search(
            [("channel_id", "=", channel.id), ("agent_id", "=", agent.id)], limit=1
        )
        ours = identifiers(self.env, _OURS)
        for name, record in (
            ("channel_chatgpt", channel),
            ("membership_chatgpt", membership),
        ):
            ours.filtered(lambda row, name=name: row.name == name).res_id = record.id
        new.unlink()

    def _is_used(self, channel):
        """Tell whether anybody wrote in a channel."""
        domain = [
            ("model", "=", channel._name),
            ("res_id", "=", channel.id),
            ("message_type", "=", "comment"),
        ]
        return bool(self.env["mail.message"].search_count(domain, limit=1))

    def _replace(self, members, agent):
        """Make an assistant the member instead of the old contact.

        In SQL: nobody may change who a member is, a direct message takes no third, and
        nobody shall read that somebody left and somebody joined.
        """
        self.env.flush_all()
        there = self._members(agent.partner_id).channel_id
        twice = members.filtered(lambda member: member.channel_id in there)
        twice.unlink()
        members -= twice
        for member in members:
            if member.channel_id in there:
                member.unlink()  # two old contacts in one channel
                continue
            there |= member.channel_id
            self.env.cr.execute(
                SQL(
                    "UPDATE discuss_channel_member SET partner_id = %s WHERE id = %s",
                    agent.partner_id.id,
                    member.id,
                )
            )
        self.env.invalidate_all()

    def _join_lonely(self, chats, agent):
        """Make the assistant a member of direct messages whose other side is gone."""
        for chat in chats:
            if len(chat.channel_member_ids) < 2 and (
                agent.partner_id not in chat.channel_member_ids.partner_id
            ):
                self.env.cr.execute(
                    SQL(
                        """
                        INSERT INTO discuss_channel_member
                            (channel_id, partner_id, new_message_separator,
                             create_uid, write_uid, create_date, write_date)
                        VALUES (%s, %s, 0, %s, %s, now() AT TIME ZONE 'UTC',
                                now() AT TIME ZONE 'UTC')
                        """,
                        chat.id,
                        agent.partner_id.id,
                        self.env.uid,
                        self.env.uid,
                    )
                )
        self.env.invalidate_all()

    def _enter(self, channels, agent):
        """Make the memberships by which the assistant answers; it is a member now."""
        memberships = self.env["gpt.discuss.membership"]
        there = memberships.search([("agent_id", "=", agent.id)]).channel_id
        memberships.create(
            [
                {"agent_id": agent.id, "channel_id": channel.id}
                for channel in channels - there
                if channel.channel_type in CHANNEL_TYPES
            ]
        )

    def _answer_all(self, channels, agent):
        """Have the assistant answer every message, as the old app did there."""
        memberships = self.env["gpt.discuss.membership"].search(
            [("agent_id", "=", agent.id), ("channel_id", "in", channels.ids)]
        )
        memberships.filtered(lambda m: m.answers != "always").answers = "always"

    def _rename(self, chats):
        """Give direct messages a name that the old app's code does not look for.

        People see the name of the other member, not this one.
        """
        for chat in chats:
            names = [part.strip() for part in chat.name.split(",")]
            others = [name for name in names if name and name != NAME]
            # One that is in front of a comma is what the old app answers to.
            chat.name = ", ".join([*others, NAME])
