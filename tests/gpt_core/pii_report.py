# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m tests.gpt_core.pii_report``: how much personal data is found.

Prints, for both halves of the corpus, the recall per label, what was missed, and what
was masked though it is not personal. ``tuning`` or ``held-out`` prints one half.
"""

import argparse

from .. import conftest  # noqa: F401  (makes the addons importable)
from .pii_corpus import HELD_OUT, TUNING
from .pii_score import Score, score

HALVES = {"tuning": TUNING, "held-out": HELD_OUT}


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Recall and false hits of pii.find")
    parser.add_argument("half", nargs="?", choices=HALVES)
    half = parser.parse_args().half
    for name, sentences in HALVES.items():
        if half in (None, name):
            _print(f"{name}: {len(sentences)} sentences", score(sentences))


def _print(title: str, result: Score) -> None:
    print(f"\n{title}")
    for label in sorted(result.total):
        found, total = result.found[label], result.total[label]
        print(f"  {label:8} {found:3} of {total:3}  {found / total:7.1%}")
    found, total = sum(result.found.values()), sum(result.total.values())
    print(f"  {'all':8} {found:3} of {total:3}  {result.recall:7.1%}")
    _print_hits("missed", result.missed)
    _print_hits("false hits", result.false_hits)
    _print_hits("masked too much", result.too_much)
    print(f"  masked under another label: {len(result.relabelled)}")
    for label, value in result.relabelled:
        print(f"    {label:8} {value!r}")


def _print_hits(title: str, hits: list[tuple[str, str, str]]) -> None:
    print(f"  {title}: {len(hits)}")
    for label, value, text in hits:
        print(f"    {label:8} {value!r}  in  {text!r}")


if __name__ == "__main__":
    main()
