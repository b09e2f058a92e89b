# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of ``gpt_evaluation``."""

from odoo.addons.gpt_evaluation.engine.expectations import Answer, Expectation

from .ways import CODES, Try, made, parts

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
                ),
            )
        ),
    ),
}
EXCUSED: dict[str, str] = {
    "gpt_evaluation.expectations.Verdict.state": CODES,
}
