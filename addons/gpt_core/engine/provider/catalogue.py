# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an endpoint serves, and whether it is one."""

import json
import time
from collections.abc import Callable
from typing import TypeVar

import openai

from ..errors import GptError
from . import deadline
from .address import base_address
from .chat_model import Endpoint
from .failures import as_gpt_error
from .served_model import ServedModel, served_model

# Somebody sits before the screen and waits.
TIMEOUT = 20.0
_PATHS = {"responses": "/responses", "chat": "/chat/completions"}
Answer = TypeVar("Answer")


class NotAnApi(GptError):
    """Something answers at the address, but no API like OpenAI's."""

    def __init__(self, detail: str = ""):
        super().__init__("invalid_request", detail)


def list_models(endpoint: Endpoint, timeout: float = TIMEOUT) -> list[ServedModel]:
    """Return the models that ``endpoint`` lists, by name.

    :param timeout: seconds, unless the endpoint's own timeout is shorter
    :raises NotAnApi: when the address is not that of such an API
    :raises GptError: when it cannot be reached or refuses the key
    """

    def ask(client: openai.OpenAI) -> list[ServedModel]:
        return [served_model(model.to_dict()) for model in client.models.list()]

    found = {model.name: model for model in _asked(endpoint, timeout, ask)}
    return [found[name] for name in sorted(found)]


def has_protocol(endpoint: Endpoint, timeout: float = TIMEOUT) -> bool:
    """Tell whether the endpoint has the address that its protocol posts to.

    An empty request costs nothing: whoever has the address complains of what it lacks.

    :raises GptError: when it cannot be reached
    """

    def ask(client: openai.OpenAI) -> bool:
        try:
            client.post(_PATHS[endpoint.protocol], body={}, cast_to=object)
        except openai.NotFoundError:
            return False
        except openai.APIStatusError:
            return True
        return True

    return _asked(endpoint, timeout, ask)


def _asked(
    endpoint: Endpoint, timeout: float, ask: Callable[[openai.OpenAI], Answer]
) -> Answer:
    timeout = min(endpoint.timeout, timeout)
    address, query = base_address(endpoint.base_url)
    client = openai.OpenAI(
        api_key=endpoint.api_key,
        base_url=address,
        default_query=query,
        timeout=timeout,
        max_retries=0,
        http_client=endpoint.http_client,
    )
    try:
        # However many pages of models there are.
        with deadline.until(time.monotonic() + timeout):
            return ask(client)
    except openai.NotFoundError as error:
        raise NotAnApi(as_gpt_error(error).detail) from error
    except openai.OpenAIError as error:
        raise as_gpt_error(error) from error
    except (AttributeError, TypeError, json.JSONDecodeError) as error:
        # The SDK takes whatever comes with status 200, a web page for example.
        raise NotAnApi() from error
