# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Run in Odoo's shell: leaves the jobs of many leads, or as many that only sleep.
import json
import time

kind, count, warm_up, base_url = arguments  # noqa: F821
count, warm_up = int(count), int(warm_up)
TEXT = (
    "Buenos días, abrimos cafetería el 15 de enero y nos urge cotizar dos máquinas. "
    "Tenemos presupuesto aprobado de unos $55,000 y prefiero que me llamen por la "
    "tarde. Mi teléfono es el 999 555 0118. "
)


def leave_sleeping_jobs():
    channel = env.ref("gpt_core.channel_gpt_batch").complete_name  # noqa: F821
    for number in range(count + warm_up):
        env["queue.job"].with_delay(  # noqa: F821
            channel=channel, description=f"Sleep {number}"
        )._test_job(job_duration=1)


def leave_lead_jobs():
    provider = env.ref("gpt_core.provider_openai")  # noqa: F821
    provider.write({"base_url": base_url, "api_key": "sk-bench", "max_retries": 0})
    env.company.gpt_lead_max_day = 0  # noqa: F821  # nobody asks for a thousand
    quiet = env["crm.lead"].with_context(gpt_own_write=True)  # noqa: F821
    leads = quiet.create(
        [
            {"name": f"Cafetería {number}", "description": f"<p>{TEXT * 4}</p>"}
            for number in range(count + warm_up)
        ]
    )
    env["gpt.lead.run"]._queue(leads, "batch")  # noqa: F821


def let_the_first_warm_up():
    """Have them run before the others, by a priority that none of those has."""
    env.flush_all()  # noqa: F821
    env.cr.execute(  # noqa: F821
        "UPDATE queue_job SET priority = 1"
        " WHERE id IN (SELECT id FROM queue_job ORDER BY id LIMIT %s)",
        [warm_up],
    )


begun = time.perf_counter()
leave_sleeping_jobs() if kind == "bare" else leave_lead_jobs()
let_the_first_warm_up()
env.cr.commit()  # noqa: F821
print("FIGURES " + json.dumps({"seconds": time.perf_counter() - begun}))
