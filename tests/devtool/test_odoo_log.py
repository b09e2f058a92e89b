# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from setup.run.odoo_log import LogReader

STAMP = "2026-11-23 11:58:21,087 12799"
LOG = f"""{STAMP} INFO db odoo.modules.loading: Loading module gpt_core
{STAMP} WARNING db odoo.models: a field without a string
{STAMP} INFO db odoo.service.server: Starting post tests
{STAMP} INFO db odoo.addons.x.tests.test_a: Starting TestA.test_one ...
{STAMP} ERROR db odoo.addons.x.tests.test_a: FAIL: TestA.test_one
Traceback (most recent call last):
AssertionError: 1 != 2
{STAMP} INFO db odoo.addons.x.tests.test_a: skipped TestA.test_two : no browser
{STAMP} ERROR db odoo.sql_db: bad query: SELECT
{STAMP} ERROR db odoo.tests.result: 1 failed, 2 error(s) of 12 tests when loading db
"""


def read(text: str) -> LogReader:
    reader = LogReader()
    for line in text.splitlines():
        reader.feed(line)
    reader.finish()
    return reader


def test_counts() -> None:
    reader = read(LOG)
    assert (reader.tests_run, reader.tests_failed, reader.tests_skipped) == (12, 3, 1)
    assert reader.current_test == "TestA.test_one"


def test_lines_that_must_not_be_there() -> None:
    found = [(block.level, block.logger) for block in read(LOG).bad]
    assert found == [("WARNING", "odoo.models"), ("ERROR", "odoo.sql_db")]


def test_what_is_allowed_is_allowed_there_only() -> None:
    text = "'Could not get content for mail/static/lib/selfie_segmentation/x.js.'"
    reader = read(
        f"{STAMP} ERROR db odoo.addons.base.models.assetsbundle: {text}\n"
        f"{STAMP} ERROR db odoo.addons.gpt_core.models.gpt_chain: {text}\n"
    )
    (block,) = reader.bad
    assert block.logger == "odoo.addons.gpt_core.models.gpt_chain"


def test_a_failed_test_keeps_its_traceback() -> None:
    failure = read(LOG).failures[0]
    assert failure.lines[-1] == "AssertionError: 1 != 2"


def test_feed_gives_a_bad_block_once_it_is_whole() -> None:
    reader = LogReader()
    lines = LOG.splitlines()
    given = [block for line in lines if (block := reader.feed(line))]
    assert [block.lines[0] for block in given] == [lines[1], lines[4], lines[8]]
