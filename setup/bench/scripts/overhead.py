# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: what gpt.service adds to a call, beside a bare ChatOpenAI.
import json
import statistics
import time

from langchain_openai import ChatOpenAI

(base_url,) = arguments  # noqa: F821
ROUNDS = 60
SENTENCE = (
    "Buenos días, soy Ana López; mi RFC es GODE561231GR8, mi teléfono el 55 5512 3456 "
    "y vivo en Av. Insurgentes Sur 1602, Col. Crédito Constructor. El pedido S00123 "
    "por $1,250.00 llegó el 3 de mayo y falta una pieza. "
)
TEXT = (SENTENCE * 30)[:4096]

provider = env["gpt.provider"].create(  # noqa: F821
    {"name": "Bench", "base_url": base_url, "api_key": "sk-bench", "max_retries": 0}
)
model = env["gpt.model"].create(  # noqa: F821
    {"name": "gpt-4o-mini", "provider_id": provider.id}
)
chain = env["gpt.chain"].create(  # noqa: F821
    {
        "name": "Bench",
        "code": "bench",
        "model_id": model.id,
        "input_ids": [(0, 0, {"name": "text"})],
        "step_ids": [(0, 0, {"name": "answer", "user_prompt": "{text}"})],
    }
)
chain.action_publish()
env.cr.commit()  # noqa: F821
bare = ChatOpenAI(
    model="gpt-4o-mini", base_url=base_url, api_key="sk-bench", max_retries=0,
    use_responses_api=True, store=False, temperature=0.2, max_tokens=800,
)  # fmt: skip
service = env["gpt.service"]  # noqa: F821


def timed(call):
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def ours():
    request = service.complete(chain, {"text": TEXT})
    assert request.state == "done", request.error_message
    env.flush_all()  # noqa: F821 - its row is written; to commit it is the caller's


pairs = []
for _round in range(ROUNDS + 5):
    pairs.append((timed(ours), timed(lambda: bare.invoke(TEXT))))
    env.cr.commit()  # noqa: F821
del pairs[:5]  # warm by now
print(
    "FIGURES "
    + json.dumps(
        {
            "ours": statistics.median(pair[0] for pair in pairs),
            "bare": statistics.median(pair[1] for pair in pairs),
            "added": statistics.median(pair[0] - pair[1] for pair in pairs),
        }
    )
)
