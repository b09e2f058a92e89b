# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: what a worker weighs that has loaded its registry and no more.
import json
import pathlib
import re
import sys
import time

status = pathlib.Path("/proc/self/status").read_text()
found = {
    "mb": int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024,
    "seconds": time.process_time(),
    "heavy": sorted(
        name
        for name in (
            "langchain_core",
            "langchain_openai",
            "openai",
            "pydantic",
            "numpy",
        )
        if name in sys.modules
    ),
}
print("FIGURES " + json.dumps(found))
