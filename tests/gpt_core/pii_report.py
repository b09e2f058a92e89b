# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m tests.gpt_core.pii_report``: how much personal data is found.

Prints, for each set, the values found per label, what was missed, and what was masked
though it is not personal; of ``mx-held-out`` the figures only, as nothing may be made
to fit it. One or more names of sets print those. ``meddocan`` is read from the folder
that the variable ``MEDDOCAN`` names, with the unpacked training half of the corpus.
"""

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from .. import conftest  # noqa: F401  (makes the addons importable)
from .pii_corpus import HELD_OUT, TUNING, Sentence
from .pii_score import Score, score
from .pii_sets import MX_DEV, MX_HELD_OUT, meddocan


def _meddocan() -> tuple[Sentence, ...]:
    folder = os.environ.get("MEDDOCAN")
    return tuple(meddocan(Path(folder))) if folder else ()


SETS: dict[str, Callable[[], tuple[Sentence, ...]]] = {
    "tuning": lambda: TUNING,
    "held-out": lambda: HELD_OUT,
    "mx-dev": lambda: MX_DEV,
    "mx-held-out": lambda: MX_HELD_OUT,
    "meddocan": _meddocan,
}
FIGURES_ONLY = {"mx-held-out"}


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="Recall and false hits of pii.find")
    parser.add_argument("sets", nargs="*", help=", ".join(SETS))
    parser.add_argument("--figures", action="store_true", help="no texts")
    args = parser.parse_args()
    if unknown := set(args.sets) - set(SETS):
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    for name in args.sets or SETS:
        if sentences := SETS[name]():
            _print_figures(name, sentences, result := score(sentences))
            if not args.figures and name not in FIGURES_ONLY:
                _print_hits(result)


def _print_figures(name: str, sentences: tuple[Sentence, ...], result: Score) -> None:
    print(f"\n{name}: {len(sentences)} texts")
    print("  label           found     of    leaks   whole")
    for label in sorted(result.total):
        found, total = result.found[label], result.total[label]
        _print_row(label, found, total, result.whole[label])
    found, total = sum(result.found.values()), sum(result.total.values())
    _print_row("all", found, total, sum(result.whole.values()))
    clean = [s for s in sentences if not s.expected and not s.other]
    hit = len({text for _, _, text in result.false_hits} & {s.text for s in clean})
    print(f"  false hits: {len(result.false_hits)} in {len(sentences)} texts", end="")
    print(f" ({len(result.false_hits) / len(sentences):.1%});", end=" ")
    print(f"texts without personal data hit: {hit} of {len(clean)}")
    print(f"  masked more than the value: {len(result.too_much)}")
    if result.other:
        print(f"  on other personal data: {len(result.other)}")


def _print_row(label: str, found: int, total: int, whole: int) -> None:
    print(
        f"  {label:14} {found:6} {total:6}  {total - found:3} {1 - found / total:5.1%}"
        f"  {whole:3} {whole / total:6.1%}"
    )


def _print_hits(result: Score) -> None:
    _print_list("missed", result.missed)
    _print_list("false hits", result.false_hits)
    _print_list("masked more than the value", result.too_much)
    print(f"  masked under another label: {len(result.relabelled)}")


def _print_list(title: str, hits: Iterable[tuple[str, str, str]]) -> None:
    print(f"  {title}:")
    for label, value, text in hits:
        place = text.find(value)
        around = text[max(0, place - 60) : place + len(value) + 60]
        print(f"    {label:8} {value!r}  in  {around!r}")


if __name__ == "__main__":
    main()
