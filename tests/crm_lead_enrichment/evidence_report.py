# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m tests.crm_lead_enrichment.evidence_report``: values and orders.

Prints, for both halves of the test sets, how many right values are held back, how many
wrong ones get through, and how well orders to the model are told from those to people.
No item is printed: the held-out half is for measuring only.
"""

from .. import conftest  # noqa: F401  (makes the addons importable)
from .evidence_score import HALVES, score


def main() -> None:
    """Print the report."""
    for half in HALVES:
        result = score(half)
        print(f"{half}, with 95 % confidence intervals")
        print(f"  wrongly held back        {result.held}")
        print(f"  invented and let through {result.let}")
        for ttype, (held, let) in sorted(result.types.items()):
            print(f"    {ttype:10} held {held.hits} of {held.total},", end="")
            print(f" let through {let.hits} of {let.total}")
        print(f"  orders: precision        {result.precision}")
        print(f"  orders: recall           {result.recall}")
        print(f"  orders: just the sentence {result.sentences}")


if __name__ == "__main__":
    main()
