# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers from outside, brought to where they can be kept and compared."""

import logging
import math
from typing import Any

_logger = logging.getLogger(__name__)

# Beyond this a double is not exact any more, and JavaScript shows another number.
LARGEST = 2**53


def within_range(value: Any) -> Any:
    """Return a number of a model within ``±LARGEST``; what is no number stays."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if -LARGEST <= value <= LARGEST:
        return value
    _logger.warning("a number of a model is out of range: %.60s", value)
    return LARGEST if value > 0 else -LARGEST


def as_share(value: Any) -> float:
    """Return how sure a model is, from 0 to 1; a percentage counts as one.

    What cannot be a share says nothing, hence 0: not sure at all.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    if not math.isfinite(value) or not 0 <= value <= 100:
        return 0.0
    return value / 100 if value > 1 else float(value)
