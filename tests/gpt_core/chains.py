# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Running chains against the local server, by LangChain's own model over HTTP."""

from typing import Any

from langchain_core.language_models import BaseChatModel
from openai_server import OpenAIServer

from odoo.addons.gpt_core.engine.chain.asking import StepModel
from odoo.addons.gpt_core.engine.chain.run import Outcome, run_chain
from odoo.addons.gpt_core.engine.chain.spec import (
    ChainSpec,
    InputSpec,
    OutputSpec,
    StepSpec,
)
from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint, make_chat_model

from ..wire import KEY

MODEL = "gpt-4o-mini"
# Of both kinds: a text, and one that may be missing.
FIELDS = (
    OutputSpec(name="answer", ttype="text", required=True, description="To the asker"),
    OutputSpec(name="total", ttype="float"),
)


def chat_model(
    server: OpenAIServer,
    protocol: str = "responses",
    *,
    timeout: float = 20.0,
    max_retries: int = 0,
    name: str = MODEL,
    **options: Any,
) -> BaseChatModel:
    """Return the model as an addon makes it."""
    endpoint = Endpoint(KEY, server.base_url, protocol, timeout, max_retries)
    return make_chat_model(endpoint, name, **options)


def chain(*steps: StepSpec, inputs: tuple[InputSpec, ...] | None = None) -> ChainSpec:
    """Return a chain with one input ``text``, or those given."""
    return ChainSpec(
        code="test", inputs=inputs or (InputSpec(name="text"),), steps=steps
    )


def run(
    spec: ChainSpec,
    model: BaseChatModel | StepModel,
    values: dict[str, Any] | None = None,
    **tools: Any,
) -> Outcome:
    """Run a chain all of whose steps have the same model."""
    step_model = model if isinstance(model, StepModel) else StepModel(model)
    models = {s.name: step_model for s in spec.steps if s.asks_model}
    given = {"text": "¿Cuánto cuesta el envío?"} if values is None else values
    return run_chain(spec, models, given, **tools)


def prompt(name: str = "answer", **values: Any) -> StepSpec:
    """Return a step that asks with the input ``text``."""
    return StepSpec(**{"name": name, "user_prompt": "{text}"} | values)
