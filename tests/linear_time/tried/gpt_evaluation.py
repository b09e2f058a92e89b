# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``gpt_evaluation``."""

from odoo.addons.gpt_evaluation.engine.expectations import Answer, Expectation

from ..hostile import DIGITS
from .ways import CODES, Try, made, of, parts

TRIED: dict[str, Try] = {
    "gpt_evaluation.expectations.judge": Try(
        made(
            lambda text: (
                Answer(text, {"a": parts(text)}),
                (
                    Expectation("contains", "a b c"),
                    Expectation("not_contains", "a" * 50 + "b"),
                    Expectation("equals", "a, b", "a"),
                    Expectation("max_chars", "9"),
                    Expectation("at_least", "9"),
                ),
            )
        ),
    ),
    "gpt_evaluation.expectations.is_number": Try(of(), texts=DIGITS),
    "gpt_evaluation.expectations.likely": Try(
        made(lambda text: ({"a": text, "b": parts(text)}, {"a": "selection"}))
    ),
}
EXCUSED: dict[str, str] = {
    "gpt_evaluation.expectations.Verdict.state": CODES,
}
