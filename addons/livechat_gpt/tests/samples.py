# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon; see ``gpt_core``'s module of that name."""

from odoo import Command

KEPT = {
    "gpt.agent.suggestion": "settings, written by administrators",
    "gpt.livechat.session.lang": "a language",
    "gpt.livechat.session.spoken": "a language",
}
SHOWN = {
    "gpt.livechat.session.display_name": "the name of the chat, not what was said",
    "gpt.livechat.session.transcript": "whoever may read the session may read its chat",
    "gpt.livechat.posted.answer.text": "whoever may read the answer may read it all",
}
OPEN = {
    "bus.presence.offline_since": "since when somebody is away, as Odoo shows",
    "mail.presence.offline_since": "likewise",
}
GROUPS = {"operator": ("base.group_user", "im_livechat.im_livechat_group_user")}


def samples(env, made):
    agent = made["gpt.agent"]
    agent.write(
        {
            "summary_chain_id": made["gpt.chain"].id,
            "suggestion_ids": [Command.create({"name": "Sample"})],
        }
    )
    livechat = env["im_livechat.channel"].create(
        {"name": "Sample", "gpt_agent_id": agent.id}
    )
    channel = env["discuss.channel"].create(
        {
            "name": "Sample",
            "channel_type": "livechat",
            "livechat_channel_id": livechat.id,
            "livechat_operator_id": agent.partner_id.id,
        }
    )
    session = env["gpt.livechat.session"].create(
        {
            "channel_id": channel.id,
            "agent_id": agent.id,
            "company_id": env.company.id,
            "state": "bot",
            "conversation_id": made["gpt.conversation"].id,
            "first_answer_seconds": 1,
            "operator_id": env.ref("base.user_admin").id,
        }
    )
    summary = env["gpt.livechat.handoff.summary"].create({"session_id": session.id})
    session.summary_id = summary
    message = channel.message_post(
        body="Sample", message_type="comment", author_id=agent.partner_id.id
    )
    answer = env["gpt.livechat.posted.answer"].create(
        {
            "session_id": session.id,
            "message_id": message.id,
            "request_id": made["gpt.request"].id,
        }
    )
    env.flush_all()
    records = [
        agent.suggestion_ids, session, answer, summary,
        env["gpt.livechat.report"].search([("id", "=", session.id)]),
    ]  # fmt: skip
    return {record._name: record for record in records}
