# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What ``make test-core`` reads from Odoo's log."""

import pytest

from setup.check.core_tests import CORE_TESTS, CoreRun, _chosen_subjects
from setup.common.console import SetupError

_HEAD = "2026-11-25 01:54:57,546 30948 ERROR db odoo"


def read(*lines: str) -> CoreRun:
    run = CoreRun()
    for line in lines:
        run.read(f"{line}\n")
    return run


@pytest.mark.parametrize(
    ("line", "name", "tag"),
    [
        ("addons.mail.tests.discuss.test_x: FAIL: TestX.test_y", "TestX.test_y",
         "/mail:TestX.test_y"),
        ("addons.mail.tests.test_x: ERROR: TestX.test_y", "TestX.test_y",
         "/mail:TestX.test_y"),
        ("addons.mail.tests.test_x: FAIL: Subtest TestX.test_y (page='a')",
         "TestX.test_y", "/mail:TestX.test_y"),
        ("tests.suite: ERROR: setUpClass "
         "(odoo.addons.im_livechat.tests.test_x.TestX)", "TestX",
         "/im_livechat:TestX"),
    ],
)  # fmt: skip
def test_a_failure_is_named_and_can_be_tried_again(
    line: str, name: str, tag: str
) -> None:
    assert read(f"{_HEAD}.{line}").failed == {name: tag}


def test_other_errors_are_no_failures_of_tests() -> None:
    assert not read(
        f"{_HEAD}.addons.mail.models.mail_mail: Failed to send",
        "2026-11-25 01:54:57,546 3 INFO db odoo.tests.result: FAIL",
    ).failed


def test_a_run_that_breaks_off_is_unfinished() -> None:
    run = read(f"{_HEAD}.addons.mail.tests.test_x: FAIL: TestX.test_y")
    assert not run.finished
    count = "1 failed, 0 error(s) of 112 tests when loading database 'x'"
    run.read(f"2026-11-25 01:55:23,515 3 ERROR db odoo.tests.result: {count}\n")
    assert run.finished
    assert run.tests == 112


def test_a_part_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORE", raising=False)
    assert _chosen_subjects(["livechat_gpt"]) == sorted(CORE_TESTS["livechat_gpt"])
    monkeypatch.setenv("CORE", "mail/discuss")
    assert _chosen_subjects(["livechat_gpt"]) == ["mail/discuss"]
    monkeypatch.setenv("CORE", "sale")
    with pytest.raises(SetupError, match="sale"):
        _chosen_subjects(["livechat_gpt"])
