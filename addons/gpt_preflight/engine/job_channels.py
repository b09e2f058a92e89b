# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many jobs the job runner lets run at once, as its configuration says."""

from collections.abc import Mapping

ROOT = "root"


def configured_capacities(
    config: Mapping[str, str], environ: Mapping[str, str]
) -> dict[str, int]:
    """Return the capacity of each channel that is configured; ``root`` always is.

    Releases of ``queue_job`` differ: older ones are given every channel in one text,
    newer ones a capacity for all, and read the channels from the database.

    :param config: the section ``[queue_job]`` of the configuration file
    :param environ: the environment, which wins
    """
    channels = environ.get("ODOO_QUEUE_JOB_CHANNELS") or config.get("channels") or ""
    found = {}
    for part in channels.replace("\n", ",").split(","):
        name, *settings = part.strip().split(":")
        if name:
            number = settings[0].strip() if settings else ""
            found[name.strip()] = int(number) if number.isdigit() else 1
    if ROOT not in found:
        capacity = environ.get("ODOO_QUEUE_JOB_MAX_CAPACITY") or config.get(
            "max_capacity", ""
        )
        found[ROOT] = int(capacity) if str(capacity).isdigit() else 1
    return found
