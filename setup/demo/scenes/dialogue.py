# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a visitor and those who answer say, as the demo prints it."""

from __future__ import annotations

import textwrap

from ...client.visitor import ChatRefused, Visitor
from ...common.console import say

_WIDTH = 78


def ask(someone: Visitor, question: str) -> None:
    """Have the visitor write, and print the question and the assistant's answer.

    :raise ChatRefused: there is none.
    """
    posted = someone.write(question)
    print_line("Visitante", question, f"sent in {posted * 1000:.0f} ms")
    answer = someone.wait_for_answer()
    if answer is None:
        raise ChatRefused("the assistant did not answer")
    print_line("Sofía", answer.text, f"after {answer.seconds:.1f} s")


def hear(someone: Visitor, who: str) -> None:
    """Print what the visitor is told next.

    :raise ChatRefused: nothing comes.
    """
    heard = someone.wait_for_answer()
    if heard is None:
        raise ChatRefused(f"nothing was heard of {who}")
    print_line(who, heard.text)


def print_line(who: str, text: str, remark: str = "") -> None:
    """Print what somebody said, and a remark below it."""
    first, *rest = textwrap.wrap(
        " ".join(text.split()), _WIDTH - 11, break_long_words=False
    )
    say(f"{who:>9}: {first}")
    for line in rest:
        say(f"{'':>11}{line}")
    if remark:
        say(f"{'':>11}({remark})")
