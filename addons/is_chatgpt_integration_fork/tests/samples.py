# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon; see ``gpt_core``'s module of that name."""

KEPT = {
    "gpt.discuss.history.fingerprint": "a digest",
    "gpt.discuss.invite": "transient",
    "gpt.ask.action": "settings, written by administrators",
    "gpt.ask.res_model": "the name of a model",
    "gpt.migration.report": "what an administrator was told of a migration",
    "gpt.migration.report.line": "names of settings, models and counts",
}
SHOWN = {}
SHARED = {
    "gpt.ask.action": "what is offered, in all companies",
    "gpt.migration.report": "the whole database is moved, once",
    "gpt.migration.report.line": "part of a report",
}


def samples(env, made):
    action = env["gpt.ask.action"].create(
        {
            "name": "Sample",
            "chain_id": made["gpt.chain"].id,
            "company_id": env.company.id,
        }
    )
    ask = env["gpt.ask"].create(
        {
            "res_model": made["contact"]._name,
            "res_id": made["contact"].id,
            "partner_id": made["contact"].id,
            "action_id": action.id,
            "request_id": made["gpt.request"].id,
            "question": "Sample",
        }
    )
    report = env["gpt.migration.report"]._report([("done", "model", {"new": "x"})])
    channel = env["discuss.channel"].create({"name": "Sample"})
    membership = env["gpt.discuss.membership"].create(
        {"agent_id": made["gpt.agent"].id, "channel_id": channel.id}
    )
    asked = channel.message_post(body="Sample", message_type="comment")
    question = env["gpt.discuss.question"].create(
        {
            "membership_id": membership.id,
            "company_id": env.company.id,
            "message_id": asked.id,
        }
    )
    invite = env["gpt.discuss.invite"].create({"agent": str(made["gpt.agent"].id)})
    history = env["gpt.discuss.history"].create(
        {
            "membership_id": membership.id,
            "company_id": env.company.id,
            "text": "Sample",
            "last_message_id": asked.id,
        }
    )
    channel.add_members(partner_ids=made["contact"].ids)
    records = (
        action, ask, report, report.line_ids[:1], membership, question, invite, history,
    )  # fmt: skip
    return {record._name: record for record in records}
