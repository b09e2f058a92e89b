# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""LangChain's own chat model and embeddings for an OpenAI-compatible endpoint."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import SecretStr

from .address import base_address
from .deadline import longest
from .http_client import http_client

# The API refuses smaller limits.
MIN_OUTPUT_TOKENS = 16
# The SDK insists on a key; servers that want none ignore this one.
NO_KEY = "no-key"


@dataclass(frozen=True)
class Endpoint:
    """Where models are served, and the timeouts that hold there.

    :param base_url: ``None`` is the official address
    :param protocol: ``responses`` or ``chat``, for servers that only have
        ``/chat/completions``
    :param timeout: seconds after which one try ends, whatever has come by then
    :param max_retries: further tries by the SDK, which honours a short ``Retry-After``
    :param key_header: a further header that carries the key: gateways of Azure read
        ``api-key``, and no ``Authorization``
    :param headers: further headers, name and value
    :param proxy: address of a proxy; there is none unless it is given
    :param ca_bundle: certificates to trust besides the usual ones, as PEM text
    """

    api_key: str = field(repr=False)
    base_url: str | None = None
    protocol: str = "responses"
    timeout: float = 60.0
    max_retries: int = 2
    key_header: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    proxy: str = field(default="", repr=False)
    ca_bundle: str = field(default="", repr=False)

    @property
    def longest(self) -> float:
        """Seconds after which a call is not tried again, nor waited for."""
        return longest(self.timeout, self.max_retries)

    @property
    def http_client(self) -> Any:
        """The client that the SDK is to use for this endpoint."""
        headers = self.headers
        if self.key_header:
            headers = (*headers, (self.key_header, self.api_key))
        return http_client(headers, self.longest, self.proxy, self.ca_bundle)


@lru_cache(maxsize=64)
def make_chat_model(
    endpoint: Endpoint,
    name: str,
    *,
    temperature: float | None = None,
    max_tokens: int = 0,
    reasoning_effort: str = "",
) -> BaseChatModel:
    """Return LangChain's chat model for the model ``name`` of ``endpoint``.

    Nothing is stored at the provider (``store=False``): the history is ours. On the
    Responses API ``max_tokens`` is sent as ``max_output_tokens``. Models hold no state,
    and are shared by whoever asks for the same.
    """
    responses = endpoint.protocol == "responses"
    options: dict[str, Any] = {"store": False} if responses else {}
    if temperature is not None:
        options["temperature"] = temperature
    if max_tokens:
        options["max_tokens"] = max(max_tokens, MIN_OUTPUT_TOKENS)
    if reasoning_effort:
        options["reasoning_effort"] = reasoning_effort
    address, query = base_address(endpoint.base_url, name)
    return ChatOpenAI(
        model=name,
        base_url=address,
        default_query=query or None,
        # Empty, or else the environment's: the client has the one of the endpoint.
        openai_proxy="",
        api_key=SecretStr(endpoint.api_key),
        use_responses_api=responses,
        timeout=endpoint.timeout,
        max_retries=endpoint.max_retries,
        http_client=endpoint.http_client,
        **options,
    )


def make_embeddings(endpoint: Endpoint, name: str, dimensions: int = 0) -> Embeddings:
    """Return LangChain's embeddings for a model of ``endpoint``.

    Texts are sent as text: the token-based default of LangChain downloads a vocabulary
    at its first use, and other servers than OpenAI's do not take token lists.
    """
    options = {"dimensions": dimensions} if dimensions else {}
    address, query = base_address(endpoint.base_url, name)
    return OpenAIEmbeddings(
        model=name,
        openai_api_base=address,
        default_query=query or None,
        # Empty, or else the environment's.
        openai_proxy="",
        openai_api_type="",
        openai_api_key=SecretStr(endpoint.api_key),
        request_timeout=endpoint.timeout,
        max_retries=endpoint.max_retries,
        http_client=endpoint.http_client,
        check_embedding_ctx_length=False,
        **options,
    )
