# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Everything of this addon that differs between the series of Odoo."""

from odoo import release

V19 = release.version_info[0] >= 19


def groups_of(user):
    """Return the groups of a user, also those that they have by another one."""
    return user.all_group_ids if V19 else user.groups_id


# Posting as the assistant must not make the job's user follow the channel. Each series
# has its own key for that, and ignores the other's.
POST_CONTEXT = {
    "mail_create_nosubscribe": True,
    "mail_post_autofollow_author_skip": True,
}


def direct_message(channels, partner):
    """Return the direct messages between the user and ``partner``, made if need be."""
    if V19:
        return channels._get_or_create_chat([partner.id])
    return channels.channel_get([partner.id])


def either(one, other):
    """Return the domain of what is in one domain or in the other."""
    if V19:
        from odoo.fields import Domain

        return Domain(one) | Domain(other)
    from odoo.osv.expression import OR

    return OR([one, other])
