# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The job runner's configuration."""

import pytest

from odoo.addons.gpt_preflight.engine.job_channels import configured_capacities


@pytest.mark.parametrize(
    ("config", "environ", "expected"),
    [
        ({}, {}, {"root": 1}),
        ({"max_capacity": "8"}, {}, {"root": 8}),
        ({"max_capacity": "0"}, {}, {"root": 0}),
        ({"max_capacity": "8"}, {"ODOO_QUEUE_JOB_MAX_CAPACITY": "3"}, {"root": 3}),
        ({"channels": "root:4"}, {}, {"root": 4}),
        (
            {"channels": "root:4, root.gpt.batch:2:throttle=1\nroot.gpt"},
            {},
            {"root": 4, "root.gpt.batch": 2, "root.gpt": 1},
        ),
        (
            {"channels": "root:4"},
            {"ODOO_QUEUE_JOB_CHANNELS": "root:2,root.gpt.batch:1"},
            {"root": 2, "root.gpt.batch": 1},
        ),
        ({"channels": "root.gpt.batch:2"}, {}, {"root.gpt.batch": 2, "root": 1}),
    ],
)
def test_capacities(config, environ, expected):
    assert configured_capacities(config, environ) == expected
