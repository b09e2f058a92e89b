# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The questions to the network, all at the same time."""

import threading
import time

import pytest

from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.probe import Probe
from odoo.addons.gpt_preflight.engine.probes import ask_all


def test_probes_are_asked_at_once_and_answered_in_order():
    everybody = threading.Barrier(3, timeout=5)

    def ask(number):
        everybody.wait()  # nobody gets through alone
        time.sleep(0.05 * (3 - number))
        return number

    probes = [Probe(lambda n=n: ask(n), subject=n) for n in range(3)]
    answers = ask_all(probes)
    assert [(answer.subject, answer.result) for answer in answers] == [
        (0, 0),
        (1, 1),
        (2, 2),
    ]


@pytest.mark.parametrize(
    "error", [GptError("wrong_key"), OSError("no route"), KeyError("a bug of ours")]
)
def test_one_that_fails_leaves_the_others(error):
    def fail():
        raise error

    bad, good = ask_all([Probe(fail), Probe(lambda: "here")])
    assert (bad.error, good.result) == (error, "here")


def test_no_probes():
    assert ask_all([]) == []
