# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a person sees whose command cannot work: one problem, one remedy, no trace."""

import os
import socket
import subprocess
import sys

import pytest

from setup.common.paths import ROOT


def run(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-m", "setup", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "variables", "problem"),
    [
        ("demo", {"SERIES": "17.0"}, "SERIES=17.0 is not one of"),
        ("translate", {"PATH": "/nonexistent"}, "gettext is not installed"),
        ("test", {"ODOO_HOME": "/nonexistent"}, "There is no Odoo in ODOO_HOME"),
    ],
)
def test_refusals(command: str, variables: dict[str, str], problem: str) -> None:
    result = run(command, **variables)
    assert result.returncode == 1
    assert f"Problem: {problem}" in result.stderr
    assert "What to do:\n  " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_is_said_with_its_owner() -> None:
    from setup.common.console import SetupError
    from setup.common.ports import require_free

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {port} is not free") as caught:
            require_free(port)
    assert f"PORT={port + 10}" in caught.value.fix
    require_free(port)
