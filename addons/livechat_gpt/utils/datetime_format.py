# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days and times in the words of a language."""

from odoo.tools import format_datetime
from odoo.tools.misc import babel_locale_parse, get_lang


def day_and_time(env, when, tz, time_format="HH:mm"):
    """Return the day and the time of ``when`` (UTC) for who reads ``env.lang``."""
    locale = babel_locale_parse(get_lang(env).code)
    # Odoo has no name for this one: its "full" has the seconds and the zone in it.
    day_format = locale.date_formats["full"].pattern
    return tuple(
        format_datetime(env, when, tz=tz, dt_format=pattern)
        for pattern in (day_format, time_format)
    )
