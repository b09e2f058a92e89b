# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Export a data set without the interface, in Odoo's shell.

    GPT_CHAIN=shop GPT_FORMAT=openai_chat GPT_FOLDER=/tmp/shop \\
        odoo shell -c odoo.conf -d DATABASE --no-http < export_dataset.py

writes train.jsonl and valid.jsonl into the folder, and says what is in them. It is
done at once, without a job. Variables:

* GPT_CHAIN: the code of the chain, or GPT_DATASET: the id of a data set that is there
* GPT_FORMAT: the code of a format, openai_chat if not given
* GPT_VALID_SHARE, GPT_SEED, GPT_DOMAIN: as on the form
* GPT_FOLDER: where the files go, the current one if not given
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("train", "valid")


def dataset_of(env, settings):
    """Return the data set to be exported; a new one where none is named."""
    datasets = env["gpt.dataset"]
    if settings.get("GPT_DATASET"):
        dataset = datasets.browse(int(settings["GPT_DATASET"])).exists()
        if not dataset:
            raise SystemExit(f"There is no data set {settings['GPT_DATASET']}.")
        return dataset
    code = settings.get("GPT_CHAIN") or ""
    chain = env["gpt.chain"].search([("code", "=", code)], limit=1)
    if not chain:
        codes = ", ".join(env["gpt.chain"].search([], limit=50).mapped("code"))
        raise SystemExit(f"GPT_CHAIN must be one of these codes: {codes}")
    values = {
        "name": f"{chain.name}, by a script",
        "chain_id": chain.id,
        "company_id": (chain.company_id or env.company).id,
        "format": settings.get("GPT_FORMAT") or "openai_chat",
        "domain": settings.get("GPT_DOMAIN") or "[]",
        "seed": int(settings.get("GPT_SEED") or 1),
    }
    if settings.get("GPT_VALID_SHARE"):
        values["valid_share"] = float(settings["GPT_VALID_SHARE"])
    return datasets.create(values)


def export(env, settings, commit, say=sys.stdout.write):
    """Export, and write the files; return the data set.

    :param commit: makes what was entered visible to other transactions
    """
    # pylint: disable=odoo-addons-relative-import  # it is no module of the addon
    from odoo.addons.fine_tuning.utils.streamed_attachment import attached_file

    dataset = dataset_of(env, settings)
    dataset._prepare_export()
    commit()
    dataset._export_job()
    env.invalidate_all()
    folder = Path(settings.get("GPT_FOLDER") or ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        count = dataset[f"{name}_count"]
        path = folder / f"{name}.jsonl"
        with attached_file(dataset, f"{name}_file") as file:
            if file is None:
                path.unlink(missing_ok=True)
                continue
            with path.open("wb") as target:
                shutil.copyfileobj(file, target)
        tokens = dataset[f"{name}_tokens"]
        say(f"{path}: {count} examples, about {tokens} tokens\n")
    reasons = env["gpt.dataset.problem"]._reasons()
    for code, count in sorted((dataset.left_out or {}).items()):
        say(f"left out: {count}. {reasons.get(code, code)}\n")
    for problem in dataset.problem_ids.filtered(lambda p: p.kind == "violation"):
        example = f", example {problem.example_id.id}" if problem.example_id else ""
        where = f"{problem.file}, line {problem.line}{example}"
        say(f"against the format: {where}: {problem.message}\n")
    return dataset


if "env" in globals():  # Odoo's shell
    _env = globals()["env"]
    _dataset = export(_env, os.environ, _env.cr.commit)
    if _dataset.state != "done":
        raise SystemExit(_dataset.problem)
