# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where a scene is played: a running site, and a look behind it."""

from __future__ import annotations

from dataclasses import dataclass

from ..client.rpc import OdooRpc

_LIVECHAT = "im_livechat.im_livechat_channel_data"


@dataclass(frozen=True)
class Stage:
    """Where a scene is played: a running site, and a look behind it."""

    series: str
    url: str
    rpc: OdooRpc

    @property
    def livechat_channel(self) -> int:
        """The id of the website's ``im_livechat.channel``."""
        return self.rpc.ref(_LIVECHAT)

    def newest_job(self) -> int:
        """Return the id of the newest job, 0 when there is none."""
        found = self.rpc.call("queue.job", "search", [], limit=1, order="id desc")
        return found[0] if found else 0

    def failures_since(self, job: int) -> list[str]:
        """Return a line for each job after ``job``, and its request, that failed."""
        jobs = self.rpc.call(
            "queue.job",
            "search_read",
            [("id", ">", job)],
            fields=["uuid", "state", "name", "exc_message"],
        )
        requests = self.rpc.call(
            "gpt.request",
            "search_read",
            [("state", "=", "failed"), ("job_uuid", "in", [j["uuid"] for j in jobs])],
            fields=["error_code"],
        )
        lines = [
            f"The job {found['name']} failed: {found['exc_message']}"
            for found in jobs
            if found["state"] == "failed"
        ]
        lines += [
            f"The model gave no answer: {found['error_code']}" for found in requests
        ]
        return lines
