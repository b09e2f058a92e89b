# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What asking about many leads will cost, before anybody is asked."""

from dataclasses import dataclass

# Spanish and English have about this many characters to a token.
CHARS_PER_TOKEN = 3.5
# What an answer with five values and their quotes usually has.
USUAL_ANSWER_TOKENS = 350


@dataclass(frozen=True)
class Estimate:
    """Tokens of one request, and its cost for given prices per million tokens."""

    input_tokens: int
    output_tokens: int

    def cost(self, price_input: float, price_output: float) -> float:
        tokens = self.input_tokens * price_input + self.output_tokens * price_output
        return tokens / 1_000_000


def estimate(prompt_chars: float, usual_answer: int = 0) -> Estimate:
    """Return the estimate for a prompt of so many characters.

    :param usual_answer: the mean tokens of earlier answers, 0 when there are none
    """
    return Estimate(
        round(prompt_chars / CHARS_PER_TOKEN), usual_answer or USUAL_ANSWER_TOKENS
    )
