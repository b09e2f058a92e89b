# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon; see ``gpt_core``'s module of that name."""

KEPT = {
    "gpt.lead.input": "settings, written by administrators",
    "gpt.lead.run.error_code": "a code",
    "gpt.lead.run.job_uuid": "the number of a job",
    "gpt.lead.run.fingerprint": "a digest",
    "gpt.lead.run.source_digests": "digests",
    "gpt.lead.run.only_field": "the name of a field",
    "gpt.lead.run.text_digest": "a digest",
    "gpt.lead.run.signs": "names of headers, or of what was found in a form",
    "mail.message.gpt_automatic": "a code, as long as the message",
    "gpt.lead.history.fingerprint": "a digest",
    "gpt.lead.reject": "transient: deleted by Odoo within hours",
    "gpt.lead.value.value": "what stands in the lead, as long as it stands there",
    "gpt.lead.value.before": "what goes back into the lead when somebody undoes it",
    "crm.lead": "fields of the lead: they are kept as long as the lead",
}
SHOWN = {
    "gpt.lead.input.display_name": "labels of fields are no secret",
    "gpt.lead.input.name": "labels of fields are no secret",
    "gpt.lead.input.field_name": "names of fields are no secret",
}
SHARED = {"gpt.lead.input": "which fields of leads are read, in all companies"}
GROUPS = {"salesperson": ("base.group_user", "sales_team.group_sale_salesman")}


def samples(env, made):
    lead = env["crm.lead"].create(
        {
            "name": "Sample",
            "partner_id": made["contact"].id,
            "company_id": env.company.id,
            "user_id": env.ref("base.user_admin").id,
            "x_confidence": 0.5,
            "x_gpt_summary": "Sample",
        }
    )
    env["gpt.lead.run"].search([("lead_id", "=", lead.id)]).unlink()
    batch = env["gpt.lead.batch"].create({"lead_ids": lead.ids, "lead_count": 1})
    run = env["gpt.lead.run"].create(
        {
            "lead_id": lead.id,
            "company_id": env.company.id,
            "trigger": "button",
            "batch_id": batch.id,
            "state": "done",
        }
    )
    made["gpt.request"].lead_run_id = run
    value = env["gpt.lead.value"].create(
        {
            "lead_id": lead.id,
            "run_id": run.id,
            "field_name": "x_gpt_summary",
            "value": "Sample",
            "quote": "Sample",
            "verdict": "grounded",
            "state": "applied",
        }
    )
    history = env["gpt.lead.history"].create(
        {"lead_id": lead.id, "company_id": env.company.id, "text": "Sample"}
    )
    field = env["ir.model.fields"]._get("crm.lead", "color")
    env.flush_all()
    records = [
        batch, run, value, history,
        env["gpt.lead.input"].create({"field_id": field.id}),
        env["gpt.lead.reject"].create({"value_id": value.id, "note": "Sample"}),
        env["gpt.lead.outcome"].search([("id", "=", lead.id)]),
    ]  # fmt: skip
    return {record._name: record for record in records} | {lead._name: lead}
