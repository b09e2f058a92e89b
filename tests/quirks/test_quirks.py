# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each quirk of the table ends as the table says: code, calls, cost."""

import json
import re
from collections import Counter

import pytest
from openai_server import OpenAIServer

from odoo.addons.gpt_core.engine.chain.asking import StepModel
from odoo.addons.gpt_core.engine.chain.run import run_chain
from odoo.addons.gpt_core.engine.chain.spec import ChainSpec, InputSpec, StepSpec
from odoo.addons.gpt_core.engine.errors import ERROR_CODES
from odoo.addons.gpt_core.engine.provider.capabilities import Capabilities
from odoo.addons.gpt_core.engine.provider.chat_model import Endpoint, make_chat_model

from .failures import FAILURES
from .parameters import PARAMETERS
from .quirk import PATHS, PRICES, Quirk
from .texts import TEXTS

QUIRKS = (*PARAMETERS, *FAILURES, *TEXTS)
MODEL_ID = 7


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda quirk: quirk.name)
def test_a_quirk(server: OpenAIServer, quirk: Quirk):
    for does in quirk.does:
        does.order(server, quirk.protocol)
    endpoint = Endpoint(
        "sk-test-key", server.base_url, quirk.protocol, 20.0, quirk.retries
    )
    chat = make_chat_model(endpoint, "some-model", **quirk.options)
    model = StepModel(chat, MODEL_ID)
    step = StepSpec(name="s", user_prompt="{text}", outputs=quirk.fields)
    spec = ChainSpec(code="c", inputs=(InputSpec(name="text"),), steps=(step,))
    ended = run_chain(spec, {"s": model}, {"text": "¿Cuánto cuesta?"})

    if quirk.code:
        assert ended.error and ended.error.code == quirk.code, ended.error
        assert quirk.detail in ended.error.detail
    else:
        assert ended.error is None, ended.error
        assert quirk.value == (ended.result.data or ended.result.text)
    requests = server.journal.entries(PATHS[quirk.protocol])
    assert len(requests) == quirk.calls == ended.recorder.tries.made
    sent = json.dumps(requests[-1].body, ensure_ascii=False)
    assert all(part in sent for part in quirk.sent), sent
    assert not any(part in sent for part in quirk.unsent), sent
    learned = {MODEL_ID: Capabilities(**quirk.learned)} if quirk.learned else {}
    assert model.learned == learned
    cost = sum(PRICES.cost(call.usage) for call in ended.recorder.calls)
    if quirk.paid < 0:
        assert ended.recorder.is_estimated and cost > 0
    else:
        assert cost == pytest.approx(quirk.cost)


def test_what_was_learned_is_not_paid_for_again(server: OpenAIServer):
    """A second request goes the way that was found."""
    quirk = next(q for q in PARAMETERS if q.paid == 2 and q.learned)
    for does in quirk.does:
        does.order(server, quirk.protocol)
    endpoint = Endpoint("sk-test-key", server.base_url, quirk.protocol)
    model = StepModel(
        make_chat_model(endpoint, "some-model"),
        capabilities=Capabilities(**quirk.learned),
    )
    step = StepSpec(name="s", user_prompt="{text}", outputs=quirk.fields)
    spec = ChainSpec(code="c", inputs=(InputSpec(name="text"),), steps=(step,))
    ended = run_chain(spec, {"s": model}, {"text": "¿Cuánto cuesta?"})
    assert ended.result.data == quirk.value
    assert len(server.journal.entries()) == 1


def test_the_table():
    assert len(QUIRKS) >= 60
    assert not [name for name, n in Counter(q.name for q in QUIRKS).items() if n > 1]
    for quirk in QUIRKS:
        assert re.fullmatch(r"https://github\.com/[\w./-]+/\d+", quirk.source)
        assert not quirk.code or quirk.code in ERROR_CODES
        assert bool(quirk.code) != bool(quirk.value), quirk.name
