# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: many approved examples exported into two files.
# ruff: noqa: F821
import json
import random
import resource
import time

from psycopg2.extras import Json

from odoo.addons.gpt_core.tests.common import chain_values

COUNT = int(arguments[0])
BATCH = 1000
ROOTS = "mesa silla pedido factura tienda precio color talla madera vidrio".split()
ENDS = ("", "s", "ito", "ada", "ero", "al", "ando", "illo", "ura", "ista")
WORDS = [f"{root[:-1]}{end}{other}" for root in ROOTS for end in ENDS for other in ENDS]


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def said(draw, number):
    question = " ".join(draw.choice(WORDS) for _word in range(15))
    answer = " ".join(draw.choice(WORDS) for _word in range(25))
    return [
        {
            "role": "user",
            "content": f"{question}, llámeme al 55 1234 {number % 9000:04}",
        },
        {"role": "assistant", "content": f"{answer}."},
    ]


def fill(chain):
    """Write the examples past the ORM, which would keep all of them in memory."""
    draw = random.Random(1)
    partners = env["res.partner"].create(
        [{"name": f"Ana López {n}"} for n in range(500)]
    )
    env.flush_all()
    for start in range(0, COUNT, BATCH):
        rows = [
            (
                "chat", "approved", chain.id, env.company.id,
                Json(said(draw, number)), "manual", partners[number % 500].id,
            )
            for number in range(start, min(COUNT, start + BATCH))
        ]  # fmt: skip
        env.cr.execute_values(
            """
            INSERT INTO gpt_example (
                kind, state, chain_id, company_id, messages, source, partner_id,
                create_date
            ) VALUES %s
            """,
            rows,
            template="(%s, %s, %s, %s, %s, %s, %s, now() at time zone 'UTC')",
        )
    env.cr.commit()
    env.invalidate_all()


chain = env["gpt.chain"].create(chain_values("bench"))
chain.action_publish()
fill(chain)
idle = memory()
dataset = env["gpt.dataset"].create({"name": "Bench", "chain_id": chain.id})
dataset._prepare_export()
env.cr.commit()
begun = time.perf_counter()
dataset._export_job()
seconds = time.perf_counter() - begun
after = memory()
env.invalidate_all()
assert dataset.state == "done", dataset.problem
files = env["ir.attachment"].search(
    [("res_model", "=", "gpt.dataset"), ("res_field", "!=", False)]
)
print(
    "FIGURES "
    + json.dumps(
        {
            "examples": dataset.train_count + dataset.valid_count,
            "valid": dataset.valid_count,
            "file_mb": sum(files.mapped("file_size")) / 1e6,
            "idle_mb": idle,
            "worker_mb": after - idle,
            "seconds": seconds,
        }
    )
)
