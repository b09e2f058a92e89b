# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m setup.demo.model``: the server as a process."""

import sys

from openai_server.__main__ import main

from . import quote_facts

sys.exit(main(answerer=quote_facts))
