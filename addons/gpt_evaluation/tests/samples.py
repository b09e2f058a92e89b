# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon keeps; see ``gpt_core``'s module of that name."""

from odoo import Command

KEPT = {
    "gpt.chain.case": "an example that somebody keeps on purpose, masked when it "
    "comes from a record",
    "gpt.chain.case.value": "part of a case",
    "gpt.chain.case.expectation": "part of a case",
    "gpt.chain.evaluation.result.case_fingerprint": "a digest",
    "gpt.chain.publish": "transient",
}


def samples(env, made):
    chain, version = made["gpt.chain"], made["gpt.chain.version"]
    request = made["gpt.request"]
    case = env["gpt.chain.case"].create(
        {
            "name": "Sample",
            "chain_id": chain.id,
            "value_ids": [Command.create({"input_name": "text", "value": "x"})],
            "expectation_ids": [Command.create({"value": "x"})],
        }
    )
    evaluation = env["gpt.chain.evaluation"].create(
        {
            "chain_id": chain.id,
            "version_id": version.id,
            "baseline_version_id": version.id,
            "result_ids": [
                Command.create(
                    {
                        "case_id": case.id,
                        "case_fingerprint": case._fingerprint(),
                        "request_id": request.id,
                        "state": "failed",
                        "failures": [["contains", "x", "", "y"]],
                    }
                )
            ],
        }
    )
    records = [
        case, case.value_ids, case.expectation_ids, evaluation, evaluation.result_ids,
        env["gpt.chain.publish"].create({"chain_id": chain.id}),
    ]  # fmt: skip
    return {record._name: record[:1] for record in records}
