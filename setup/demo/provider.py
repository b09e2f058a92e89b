# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which provider and model the demo database asks."""

from __future__ import annotations

from ..client.rpc import OdooRpc
from .model_endpoint import EmbeddingModel, ModelEndpoint

_MODEL = "gpt_core.model"
_MODEL_BEFORE = "gpt_demo.model_before"
_COLLECTION = "gpt_demo.collection_manuals"
#: What collections have by default; OpenAI's.
_EMBEDDINGS = (
    "gpt_core.model_text_embedding_3_small",
    "gpt_core.model_text_embedding_3_large",
)


def set_up_provider(rpc: OdooRpc, endpoint: ModelEndpoint) -> None:
    """Point the default provider at the endpoint, and the settings at the model."""
    provider = rpc.ref("gpt_core.provider_openai")
    values = {"base_url": endpoint.base_url or False, "api_key": endpoint.api_key}
    rpc.call("gpt.provider", "write", [provider], values)
    rpc.call("ir.config_parameter", "set_param", "gpt_core.provider_id", str(provider))
    _choose_model(rpc, endpoint.model, provider)
    if rpc.installed("kb_rag"):
        _choose_embeddings(rpc, endpoint.embeddings, provider)


def _choose_model(rpc: OdooRpc, model: str | None, provider: int) -> None:
    """Switch to the model of OPENAI_MODEL; without one, back to what it replaced."""

    def param(method: str, key: str, *value: str | bool) -> str | bool:
        return rpc.call("ir.config_parameter", method, key, *value)

    before = param("get_param", _MODEL_BEFORE)
    if model is None:
        if before:
            param("set_param", _MODEL, before)
            param("set_param", _MODEL_BEFORE, False)
        return
    known = [("name", "=", model), ("provider_id", "=", provider)]
    if not rpc.call("gpt.model", "search_count", known):
        row = {"name": model, "provider_id": provider, "kind": "chat"}
        rpc.call("gpt.model", "create", row)
    if not before:
        param("set_param", _MODEL_BEFORE, param("get_param", _MODEL))
    param("set_param", _MODEL, model)


def _choose_embeddings(
    rpc: OdooRpc, embeddings: EmbeddingModel | None, provider: int
) -> None:
    """Let documents be found by this model, those added later too; else by OpenAI's."""
    openai = [rpc.ref(xml_id) for xml_id in _EMBEDDINGS]
    rpc.call("gpt.model", "write", openai, {"active": embeddings is None})
    model = openai[0]
    if embeddings is not None:
        values = {
            "name": embeddings.name,
            "kind": "embedding",
            "provider_id": provider,
            "dimensions": embeddings.dimensions,
            "query_prefix": embeddings.query_prefix,
            "passage_prefix": embeddings.passage_prefix,
        }
        known = [("name", "=", embeddings.name), ("provider_id", "=", provider)]
        found = rpc.call("gpt.model", "search", known)
        model = found[0] if found else rpc.call("gpt.model", "create", values)
    rpc.call("gpt.kb.collection", "write", [rpc.ref(_COLLECTION)], {"model_id": model})
