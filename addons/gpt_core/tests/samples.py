# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A record of each model of this addon, for the tests that walk over all of them.

Addons that build on this one have a module of the same name: ``samples(env, made)``
returns their own, ``KEPT`` says which texts are kept for good, and why. They may have
``SHOWN``, ``OPEN``, ``SHARED`` and ``GROUPS`` as well, see :mod:`.walk`.
"""

from odoo import Command

from .common import chain_values

# Texts, by "model" or "model.field", that neither retention nor erasing reaches.
KEPT = {
    "gpt.provider": "the settings of an endpoint, written by administrators",
    "gpt.model": "the catalogue of models",
    "gpt.chain": "prompts and settings, written by administrators",
    "gpt.chain.input": "part of a chain",
    "gpt.chain.step": "part of a chain",
    "gpt.chain.output": "part of a chain",
    "gpt.chain.version": "a snapshot of a chain",
    "gpt.agent": "settings, written by administrators",
    "gpt.budget": "a limit, written by administrators",
    "gpt.reservation": "numbers, for as long as a request runs",
    "gpt.action.value": "names of fields, written by administrators",
    "gpt.request.fingerprint": "a digest",
    "gpt.request.answered_model": "the name of a model",
    "gpt.request.res_model": "the name of a model",
    "gpt.request.job_uuid": "the number of a job",
    "gpt.request.shown_examples": "ids of examples",
    "gpt.chain.trial": "transient: deleted by Odoo within hours",
    "gpt.chain.trial.value": "transient",
    "gpt.chain.compare": "transient",
    "gpt.action.preview": "transient",
    "gpt.model.switch": "names of models and chains",
    "gpt.model.fetch": "transient",
    "gpt.price.update": "transient",
    "gpt.request.correction": "transient",
    "gpt.price.update.line": "transient",
    "ir.actions.server": "settings, written by administrators",
}
# Fields that show something of a record which their reader may not read, and why.
SHOWN = {
    "gpt.chain.version.display_name": "the name of the chain, as Odoo shows the names "
    "of linked records",
    "gpt.model.display_name": "the name of the provider, likewise",
    "gpt.request.display_name": "the name of the chain, for those who run it",
    "gpt.action.preview.res_model": "names of models are no secret",
}


def samples(env, made):
    """Return a record of each model, by its name, about ``made["contact"]``."""
    contact, company = made["contact"], env.company
    provider = env["gpt.provider"].create(
        {"name": "Sample", "api_key": "sk-sample", "company_id": company.id}
    )
    model = env["gpt.model"].create({"name": "sample", "provider_id": provider.id})
    values = chain_values("sample", outputs=({"name": "note", "description": "N"},))
    chain = env["gpt.chain"].create(
        values | {"company_id": company.id, "model_id": model.id}
    )
    chain.action_publish()
    agent = env["gpt.agent"].create(
        {"name": "Sample", "chain_id": chain.id, "company_id": company.id}
    )
    conversation = env["gpt.conversation"].create(
        {"name": "Sample", "partner_id": contact.id}
    )
    version = chain.published_version_id
    request = env["gpt.request"].create(
        {
            "chain_version_id": version.id,
            "conversation_id": conversation.id,
            "partner_id": contact.id,
            "model_id": model.id,
            "res_model": contact._name,
            "res_id": contact.id,
            "state": "failed",
            "error_code": "internal",
            "pending_values": {"text": "x"},
        }
    )
    example = env["gpt.example"].create(
        {
            "chain_id": chain.id,
            "messages": [
                {"role": "user", "content": "Sample?"},
                {"role": "assistant", "content": "Sample."},
            ],
            "partner_id": contact.id,
        }
    )
    action = env["ir.actions.server"].create(
        {
            "name": "Sample",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "state": "gpt_chain",
            "gpt_chain_id": chain.id,
            "gpt_value_ids": [Command.create({"input_name": "text", "path": "name"})],
        }
    )
    trial = env["gpt.chain.trial"].create(
        {
            "chain_id": chain.id,
            "version_id": version.id,
            "request_id": request.id,
            "record_ref": f"{contact._name},{contact.id}",
        }
    )
    update = env["gpt.price.update"].create(
        {"line_ids": [Command.create({"model_id": model.id})]}
    )
    switch = env["gpt.model.switch"].create({"model_id": model.id})
    fetch = env["gpt.model.fetch"].create({"provider_id": provider.id})
    about = {"request_id": request.id, "xid": "1", "company_id": company.id}
    reservation = env["gpt.reservation"].create(about)
    stored_answer = env["gpt.stored.answer"].create(
        about | {"partner_id": contact.id, "row_values": {}, "outcome_values": {}}
    )
    budget = env["gpt.budget"].create(
        {
            "name": "Sample",
            "limit": 1,
            "chain_id": chain.id,
            "cheaper_model_id": model.id,
        }
    )
    records = [
        provider, model, agent, chain, chain.input_ids, chain.step_ids,
        chain.step_ids.output_ids, version, conversation, request,
        action.gpt_value_ids, trial, trial.value_ids,
        update, update.line_ids, reservation, fetch, switch,
        stored_answer, budget, example,
        env["gpt.chain.compare"].create(
            {"chain_id": chain.id, "left_id": version.id, "right_id": version.id}
        ),
        env["gpt.request.correction"].create({"request_id": request.id}),
        env["gpt.action.preview"].create(
            {"action_id": action.id, "res_id": contact.id}
        ),
    ]  # fmt: skip
    return {record._name: record[:1] for record in records}
