# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What this addon keeps; see ``gpt_core``'s module of that name."""

from . import samples_tuning

KEPT = {
    "gpt.dataset": "names and settings, written by managers; the files are masked, and "
    "deleted when somebody in them is erased",
    "gpt.dataset.format": "formats, written by managers",
    "gpt.dataset.problem": "codes, names of keys and of roles",
} | samples_tuning.KEPT
# Formats are no secret of a company.
SHARED = {"gpt.dataset.format": "formats are everybody's"} | samples_tuning.SHARED
SHOWN = {}


def samples(env, made):
    chain = made["gpt.chain"]
    record = env["gpt.dataset.format"].create({"name": "Sample", "code": "sample"})
    dataset = env["gpt.dataset"].create(
        {"name": "Sample", "chain_id": chain.id, "format": "openai_chat"}
    )
    problem = env["gpt.dataset.problem"].create(
        {
            "dataset_id": dataset.id,
            "kind": "violation",
            "code": "not_json",
            "file": "train.jsonl",
            "line": 1,
        }
    )
    own = {item._name: item for item in (record, dataset, problem)}
    return own | samples_tuning.samples(env, made, dataset)
