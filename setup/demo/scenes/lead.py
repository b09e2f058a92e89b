# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Somebody fills in the website's form; a job reads the lead and fills five fields."""

from __future__ import annotations

import json
import textwrap
import time
import urllib.parse
import urllib.request
from typing import Any

from ...client.visitor import ChatRefused
from ...common.console import say
from ..loader.company import LANG
from ..stage import Stage

FIVE = (
    "x_gpt_summary",
    "x_priority",
    "x_next_step",
    "x_missing_fields",
    "x_confidence",
)
_FORM = {
    "name": "Máquinas para una cafetería nueva",
    "contact_name": "Lucía Canul",
    "email_from": "lucia@cafekaab.example",
    "description": "Buenos días, abrimos cafetería el 15 de enero y nos urge cotizar "
    "dos máquinas Duo 58. Tenemos presupuesto aprobado de unos $55,000. Prefiero que "
    "me llamen por la tarde al +52 999 555 0118.",
}
#: Odoo waits a moment for further changes before it asks, as the company has it set.
_DELAY = 1
_TIMEOUT_SECONDS = 90
_ENDED = ("done", "failed", "unchanged", "dropped", "cancelled")


def play(stage: Stage) -> None:
    """Send the form as a visitor's browser does, and print what the job made of it."""
    companies = stage.rpc.call("res.company", "search", [])
    stage.rpc.call("res.company", "write", companies, {"gpt_lead_delay": _DELAY})
    started = time.monotonic()
    lead = _send_form(stage.url)
    _wrapped("The form: ", _FORM["description"])
    say(f"          (sent in {(time.monotonic() - started) * 1000:.0f} ms)")
    _wait(stage, lead)
    say(f"The lead {stage.url}/odoo/crm/{lead}")
    say(f"          (filled {time.monotonic() - started:.1f} s after the form)")
    _print_values(stage, lead)
    _print_ledger(stage, lead)


def _send_form(url: str) -> int:
    request = urllib.request.Request(
        f"{url}/website/form/crm.lead", data=urllib.parse.urlencode(_FORM).encode()
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    if not answer.get("id"):
        raise ChatRefused(f"the website's form was not taken: {answer}")
    return answer["id"]


def _wait(stage: Stage, lead: int) -> None:
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        names = ["gpt_state", "gpt_problem"]
        (found,) = stage.rpc.call("crm.lead", "read", [lead], names)
        if found["gpt_state"] in _ENDED:
            break
        time.sleep(0.3)
    if found["gpt_state"] != "done":
        reason = found["gpt_problem"] or found["gpt_state"] or "no job was left"
        raise ChatRefused(f"the lead was not enriched: {reason}")


def _print_values(stage: Stage, lead: int) -> None:
    """Print each field with its evidence, as a salesperson sees them."""
    rows = stage.rpc.call(
        "gpt.lead.value",
        "search_read",
        [("lead_id", "=", lead)],
        fields=["field_name", "label", "value_text", "evidence", "source_kind", "why"],
        context={"lang": LANG},
    )
    for row in sorted(rows, key=_place):
        _wrapped("  ", f"{row['label']}: {row['value_text']}")
        if row["why"]:  # it is offered, and waits for somebody to accept it
            _wrapped("      ", row["why"])
        if row["source_kind"] and row["evidence"]:
            _wrapped("      ", row["evidence"])


def _place(row: dict[str, Any]) -> int:
    """Return where a value is printed: the five first."""
    name = row["field_name"]
    return FIVE.index(name) if name in FIVE else len(FIVE)


def _print_ledger(stage: Stage, lead: int) -> None:
    """Print what it cost, and that what left Odoo was masked."""
    (row,) = stage.rpc.call(
        "gpt.request",
        "search_read",
        [("res_model", "=", "crm.lead"), ("res_id", "=", lead)],
        fields=["input_tokens", "output_tokens", "cost", "prompt"],
        limit=1,
    )
    say(
        f"In the ledger: {row['input_tokens']} tokens in, {row['output_tokens']} out, "
        f"cost {row['cost']:.6f} USD"
    )
    shown = "555 0118" in row["prompt"]
    say(f"The telephone went to the model {'as it is' if shown else 'masked'}.")


def _wrapped(indent: str, text: str) -> None:
    rest = " " * len(indent)
    say(textwrap.fill(text, 78, initial_indent=indent, subsequent_indent=rest))
