# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an endpoint serves."""

import openai

from .chat_model import Endpoint
from .failures import as_gpt_error


def list_model_names(endpoint: Endpoint) -> list[str]:
    """Return the names of the models that ``endpoint`` lists.

    :raises GptError: when it cannot be reached or refuses the key
    """
    client = openai.OpenAI(
        api_key=endpoint.api_key,
        base_url=endpoint.base_url,
        timeout=min(endpoint.timeout, 20.0),
        max_retries=0,
    )
    try:
        with client:
            return [model.id for model in client.models.list()]
    except openai.OpenAIError as error:
        raise as_gpt_error(error) from error
