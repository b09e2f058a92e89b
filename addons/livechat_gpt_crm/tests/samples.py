# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon keeps; see ``gpt_core``'s module of that name."""

KEPT = {
    "gpt.livechat.session.facts_asked": "names of fields",
}


def samples(env, made):
    session = made["gpt.livechat.session"]
    session.lead_id = env["crm.lead"].create({"name": "Chat: Sample"})
    return {}
