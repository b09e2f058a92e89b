# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The model of the demo: a local OpenAI-compatible server that quotes its facts.

``python -m setup.demo.model`` runs it, with the test kit of ``gpt_core`` on Python's
path: the server is there; here is what it answers.
"""

from openai_server.prompts import Prompt
from openai_server.structured import StructuredAnswer

from .answers import answer
from .guesses import GuessedField


def quote_facts(prompt: Prompt) -> str:
    """Answer from the facts of the prompt, in the form that it asks for."""
    found = answer(prompt.messages)
    wanted = prompt.output_format
    if wanted.kind == "text":
        return found.text
    field = GuessedField(answer=found)
    return StructuredAnswer(wanted.wanted_schema, field).text()
