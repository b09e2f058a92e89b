# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo as a script, alone in its folder, for servers with worker processes.

Such a server starts a process for websockets by the path of its script, and again
without end whenever that stops, which takes a core from whatever is measured. ``python
-m odoo`` has no such path, and Odoo 18.0's own pins no gevent that starts. Nobody
listens to websockets here, so that process only waits.
"""

import os
import sys
import time

if sys.argv[1:2] == ["gevent"]:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
else:
    from odoo.cli import main

    main()
