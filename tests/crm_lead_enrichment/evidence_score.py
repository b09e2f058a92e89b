# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the two test sets come out: values with evidence, and orders to the model."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from odoo.addons.crm_lead_enrichment.engine.evidence_check import Wanted, ground_values
from odoo.addons.crm_lead_enrichment.engine.prompt_injection import injection_spans
from odoo.addons.crm_lead_enrichment.engine.sources import Source

DATA = Path(__file__).parent / "data"
HALVES = ("dev", "held_out")


@dataclass
class Share:
    """So many of so many, and where the true share lies with 95 % (Wilson)."""

    hits: int = 0
    total: int = 0

    def add(self, is_hit: bool) -> None:
        self.hits += is_hit
        self.total += 1

    def __str__(self) -> str:
        if not self.total:
            return "0 of 0"
        share, n, z = self.hits / self.total, self.total, 1.96
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        spread = share * (1 - share) / n + z * z / (4 * n * n)
        half = z * math.sqrt(spread) / (1 + z * z / n)
        low, high = max(0.0, middle - half), min(1.0, middle + half)
        return f"{self.hits} of {n}: {share:.1%} ({low:.1%} to {high:.1%})"


@dataclass
class Score:
    """The figures of one half; ``types`` has held back and let through by type."""

    held: Share = field(default_factory=Share)
    let: Share = field(default_factory=Share)
    types: dict[str, tuple[Share, Share]] = field(default_factory=dict)
    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    sentences: Share = field(default_factory=Share)


def items(name: str, half: str) -> Iterator[dict]:
    for line in (DATA / f"{name}_{half}.jsonl").read_text().splitlines():
        yield json.loads(line)


def is_grounded(item: dict) -> bool:
    """Tell whether the value of an item gets through, as in a lead."""
    ttype = item["type"]
    wanted = Wanted(
        item["field"],
        item["field"],
        is_text=ttype in ("text", "phone", "email"),
        ttype="char" if ttype in ("text", "phone", "email") else ttype,
        choices=tuple(item.get("choices", ())),
    )
    source = Source("email", "E-mail", item["text"], 1)
    answer = {item["field"]: item["value"], item["field"] + "_quote": item["quote"]}
    today = date.fromisoformat(item["today"])
    (value,) = ground_values(answer, [wanted], [source], today)
    return value.is_grounded


def score(half: str) -> Score:
    """Return the figures of ``dev`` or ``held_out``."""
    result = Score()
    for item in items("evidence", half):
        is_through = is_grounded(item)
        by_type = result.types.setdefault(item["type"], (Share(), Share()))
        if item["supported"]:
            result.held.add(not is_through)
            by_type[0].add(not is_through)
        else:
            result.let.add(is_through)
            by_type[1].add(is_through)
    for item in items("orders", half):
        text = item["text"]
        spans = injection_spans(text)
        if spans:
            result.precision.add(item["order_to_ai"])
        if item["order_to_ai"]:
            result.recall.add(bool(spans))
        if item.get("span"):
            found = [text[span.start : span.stop].strip() for span in spans]
            result.sentences.add(found == [item["span"]])
    return result
