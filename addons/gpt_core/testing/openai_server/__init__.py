# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A local server that speaks OpenAI's API, for tests.

In a test::

    with OpenAIServer() as server:
        server.faults.order(Fault("rate_limit", retry_after=0))
        ...  # point the code under test at server.base_url
        server.journal.wait_for(2, "/v1/responses")

As a process, ordered about through ``/_control/…`` (see ``control``)::

    python -m openai_server --port 8089 --delay 1.0

There is no model behind it: the answers are what a test says, else those of the
server's ``answerer``; that of the demo quotes the facts of the prompt.
"""

from .faults import Fault
from .journal import Journal, JournalEntry
from .server import OpenAIServer

__all__ = ["Fault", "Journal", "JournalEntry", "OpenAIServer"]
