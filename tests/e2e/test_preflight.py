# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The Pre-flight page with a real job runner, and real questions to the network."""

import time

from setup.client.rpc import OdooRpc

from .site import Site

SECONDS = 30


def findings(site: Site) -> dict[str, dict]:
    """Open the page, wait until everything was checked; return what was found."""
    rpc = site.rpc
    page = rpc.call("gpt.preflight", "action_open")["res_id"]
    deadline = time.monotonic() + SECONDS
    while rpc.call("gpt.preflight", "action_refresh", [page]):
        assert time.monotonic() < deadline, read(rpc, page)
        time.sleep(0.5)
    return read(rpc, page)


def read(rpc: OdooRpc, page: int) -> dict[str, dict]:
    fields = ["check", "severity", "name", "detail", "fix", "command"]
    domain = [("preflight_id", "=", page)]
    found = rpc.call("gpt.preflight.finding", "search_read", domain, fields=fields)
    return {finding["check"]: finding for finding in found}


def test_a_running_site(site: Site) -> None:
    rpc = site.rpc
    key = "web.base.url"
    rpc.call("ir.config_parameter", "set_param", key, site.server.url)
    site.server.wait_for_job_runner()
    found = findings(site)
    for check in ("gpt.check.job.runner", "gpt.check.websocket", "gpt.check.package"):
        assert found[check]["severity"] == "ok", found[check]
    assert found["gpt.check.provider"]["severity"] == "ok", found["gpt.check.provider"]
    assert site.model.journal.entries("/v1/models")


def test_a_provider_that_is_gone(site: Site) -> None:
    rpc = site.rpc
    provider = rpc.ref("gpt_core.provider_openai")
    (before,) = rpc.call("gpt.provider", "read", [provider], ["base_url"])
    rpc.call("gpt.provider", "write", [provider], {"base_url": "http://127.0.0.1:9/v1"})
    try:
        found = findings(site)["gpt.check.provider"]
    finally:
        rpc.call("gpt.provider", "write", [provider], {"base_url": before["base_url"]})
    assert found["severity"] == "error"
    assert "cannot be reached" in found["detail"]
