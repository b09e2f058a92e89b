# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Upload the files of a data set, and start a tuning job.

    OPENAI_API_KEY=sk-… python3 create_job.py --model gpt-4o-mini-2024-07-18 \\
        --train train.jsonl --valid valid.jsonl --suffix shop

prints the id of the job, for follow_job.py. It takes the place of ``openai api
fine_tunes.create``. With --base-url, or OPENAI_BASE_URL, it asks another provider that
speaks the same protocol.
"""

import argparse
import sys
from pathlib import Path

import openai


def parse(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", required=True, help="the model to be tuned")
    parser.add_argument("--train", required=True, type=Path, help="train.jsonl")
    parser.add_argument("--valid", type=Path, help="valid.jsonl")
    parser.add_argument("--method", choices=["supervised", "dpo"], default="supervised")
    parser.add_argument(
        "--epochs", type=int, help="as the provider thinks, if not given"
    )
    parser.add_argument("--suffix", help="part of the tuned model's name")
    parser.add_argument("--base-url", help="of another provider")
    return parser.parse_args(arguments)


def upload(client, path):
    with path.open("rb") as file:
        return client.files.create(file=(path.name, file), purpose="fine-tune").id


def create(client, wanted):
    """Upload and start; return the job."""
    method = {"type": wanted.method}
    if wanted.epochs:
        method[wanted.method] = {"hyperparameters": {"n_epochs": wanted.epochs}}
    more = {}
    if wanted.valid and wanted.valid.exists() and wanted.valid.stat().st_size:
        more["validation_file"] = upload(client, wanted.valid)
    if wanted.suffix:
        more["suffix"] = wanted.suffix
    return client.fine_tuning.jobs.create(
        model=wanted.model,
        training_file=upload(client, wanted.train),
        method=method,
        **more,
    )


def main(arguments=None):
    wanted = parse(arguments)
    try:
        job = create(openai.OpenAI(base_url=wanted.base_url), wanted)
    except (openai.OpenAIError, OSError) as error:
        sys.stderr.write(f"No job was started: {error}\n")
        return 1
    sys.stdout.write(f"{job.id}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
