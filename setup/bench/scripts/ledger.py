# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: what people ask of a big ledger. Nothing is committed.
# ruff: noqa: F821
import json
import statistics
import time

from odoo.tests import new_test_user

from odoo.addons.gpt_core.tests.common import chain_values
from odoo.addons.gpt_core.tests.ledger_rows import (
    make_ledger,
    plan,
    statements,
    whole_scans,
)

TRIES = 5


def prepare():
    """Return the ledger, with the people who look at it."""
    chains = env["gpt.chain"].create([chain_values("one"), chain_values("two")])
    for chain in chains:
        chain.action_publish()
    models = env["gpt.model"].search([("kind", "=", "chat")], limit=3)
    employees = env["res.users"].union(
        *(
            new_test_user(env, f"bench_{number}", groups="base.group_user")
            for number in range(12)
        )
    )
    groups = "base.group_user,gpt_core.group_gpt_manager"
    manager = new_test_user(env, "bench_manager", groups=groups)
    return make_ledger(env, chains, models, employees, manager, int(arguments[0]))


def measure(ask):
    """Return the median time of a question, and the plans of what it selects."""
    times = []
    for _number in range(TRIES):
        env.flush_all()
        env.invalidate_all()
        started = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - started))
    env.invalidate_all()
    with statements(env.cr) as found:
        ask()
    plans = [plan(env.cr, statement) for statement in found]
    return {
        "ms": statistics.median(times),
        "plans": plans,
        "whole_scans": [line for lines in plans for line in whole_scans(lines)],
    }


found = {name: measure(ask) for name, ask in prepare().questions().items()}
print("FIGURES " + json.dumps(found))
env.cr.rollback()
