# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import fields, release

from odoo.addons.mail.tools.discuss import Store

V19 = release.version_info[0] >= 19

if V19:
    from .utils.new_chat_19 import NewChatMixin
else:
    from .utils.new_chat_18 import NewChatMixin  # noqa: F401

# Who is online: one row per user, and in 19.0 per guest.
PRESENCE_MODEL = "mail.presence" if V19 else "bus.presence"

# Posting as the assistant must not make the job's user follow the channel. Each series
# has its own key for that, and ignores the other's.
POST_CONTEXT = {
    "mail_create_nosubscribe": True,
    "mail_post_autofollow_author_skip": True,
}


def is_open(channel):
    """Tell whether the visitor's chat is still open."""
    return not channel.livechat_end_dt if V19 else channel.livechat_active


def closed_chats():
    """Return the domain of sessions whose chat is over."""
    if V19:
        return [("channel_id.livechat_end_dt", "!=", False)]
    return [("channel_id.livechat_active", "=", False)]


def close(channel):
    """Close a chat; the visitor's window shows that it is over."""
    if V19:
        channel.livechat_end_dt = fields.Datetime.now()
        Store(bus_channel=channel).add(channel, ["livechat_end_dt"]).bus_send()
    else:
        channel.livechat_active = False
        channel._bus_send_store(channel, {"livechat_active": False})


def visitor_name(channel):
    """Return the name that Odoo's own chats give the visitor."""
    guest = channel.channel_member_ids.guest_id[:1].name
    return guest if V19 else channel.anonymous_name or guest


def bring_in(channel, user, inviting_partner):
    """Add an operator to a chat and open it on their screen."""
    if V19:
        channel._add_members(
            users=user,
            inviting_partner=inviting_partner,
            create_member_params={"livechat_member_type": "agent"},
        )
    else:
        channel._add_members(
            users=user, inviting_partner=inviting_partner, open_chat_window=True
        )


def remove_bot(channel, bot_partner):
    """Remove the assistant's partner from the chat, while a person has it.

    18.0 calls the chat by whoever else is in it, and the operator should read the
    visitor's name; 19.0 ends a chat whose last operator leaves, and the assistant is to
    go on then.
    """
    if V19:
        return
    member = channel.channel_member_ids.filtered(lambda m: m.partner_id == bot_partner)
    if member:
        gone = {"channelMembers": Store.many(member, "DELETE", only_id=True)}
        member.unlink()
        gone["memberCount"] = channel.member_count
        channel._bus_send_store(channel, gone)


def make_operator(channel, partner, name):
    """Make ``partner`` the one whom the chat shows, and is counted for."""
    values = {"livechat_operator_id": partner.id, "name": name}
    if V19:
        # How Odoo's reports name a chat whose operator has not answered yet.
        is_person = bool(partner.user_ids)
        values["livechat_failure"] = "no_answer" if is_person else "no_failure"
    channel.write(values)
    if not V19:
        fields_ = ["avatar_128", "user_livechat_username"]
        operator = Store.one(partner, fields=fields_)
        channel._bus_send_store(channel, {"operator": operator})


def ask_for_help(channel, is_wanted):
    """Show the chat to every operator as one that needs help; 18.0 has no such list."""
    if V19 and is_open(channel):
        if is_wanted:
            channel.write({"livechat_failure": "no_agent"})
        status = "need_help" if is_wanted else "in_progress"
        if channel.livechat_status != status:
            channel.livechat_status = status


def keep_note(channel, note):
    """Show a note beside the chat, which only employees see; 18.0 has none."""
    if V19:
        channel.livechat_note = note
