# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: a question in a long channel, its prompt and how long it takes.
# ruff: noqa: F821
import json
import random
import statistics
import time

from odoo.addons.gpt_core.engine.provider.usage import most_tokens

MESSAGES, MEMBERS = int(arguments[0]), int(arguments[1])
TIMES = 9
WORDS = "mesa silla pedido factura tienda precio entrega color talla madera".split()

draw = random.Random(1)
provider = env["gpt.provider"].create(
    {"name": "Bench", "base_url": "http://127.0.0.1:9/v1", "api_key": "sk-bench"}
)
env["gpt.model"].create({"name": "gpt-4o-mini", "provider_id": provider.id})
params = env["ir.config_parameter"]
params.set_param("gpt_core.model", "gpt-4o-mini")
params.set_param("gpt_core.provider_id", provider.id)
users = env["res.users"].with_context(no_reset_password=True)
people = users.create(
    [{"name": f"Ana López {n}", "login": f"bench-{n}"} for n in range(MEMBERS)]
)
channel = env["discuss.channel"].create({"name": "bench"})
channel.add_members(partner_ids=people.partner_id.ids, post_joined_message=False)
agent = env.ref("is_chatgpt_integration_fork.agent_chatgpt")
agent.knowledge = " ".join(draw.choice(WORDS) for _word in range(1200))
agent.channel_ids |= channel
membership = agent.membership_ids.filtered(lambda m: m.channel_id == channel)
comment = env.ref("mail.mt_comment").id
texts = [" ".join(draw.choice(WORDS) for _word in range(60)) for _ in range(MESSAGES)]
messages = env["mail.message"].create(
    [
        {
            "model": "discuss.channel",
            "res_id": channel.id,
            "message_type": "comment",
            "subtype_id": comment,
            "author_id": draw.choice(people).partner_id.id,
            "body": f"<p>{text}</p>",
        }
        for text in texts
    ]
)
histories = env["gpt.discuss.history"]
histories.create(
    {
        "membership_id": membership.id,
        "company_id": env.company.id,
        "text": " ".join(draw.choice(WORDS) for _word in range(300))[:2000],
        "last_message_id": messages[-40].id,
        "fingerprint": histories._fingerprint(membership, messages[-40].id),
    }
)
question = env["gpt.discuss.incoming"]._new_question(membership, messages[-1])
env.cr.commit()
spent, run = [], None
for _time in range(TIMES):
    env.invalidate_all()
    begun = time.perf_counter()
    question.env["gpt.discuss.history"]._behind(question.id)
    _request_id, run = question._gpt_request_and_run("_prepare_answer", ())
    spent.append(time.perf_counter() - begun)
    env.cr.rollback()
assert not run.problem, run.problem
spec = run.spec
prompt = "".join(step.system_prompt + step.user_prompt for step in spec.steps)
sent = prompt + "".join(str(value) for value in run.values.values())
# Four passages of documents come on top.
PASSAGES = 4 * 1_600 * "x"
print(
    "FIGURES "
    + json.dumps(
        {
            "tokens": most_tokens(sent + PASSAGES),
            "whole": most_tokens(" ".join(texts)),
            "prepare_ms": 1000 * statistics.median(spent),
            "times": TIMES,
        }
    )
)
