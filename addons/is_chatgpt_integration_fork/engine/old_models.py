# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names of models in the settings of old apps, and what is alive instead of them."""

# What is gone or out of date by the beginning of its name, and the size of model that
# did the same work; the catalogue knows what replaces those in turn.
_SUCCESSORS = (
    ("gpt-3.5", "gpt-4o-mini"),
    ("text-davinci", "gpt-4o-mini"),
    ("text-curie", "gpt-4o-mini"),
    ("code-davinci", "gpt-4o-mini"),
    ("davinci", "gpt-4o-mini"),
    ("gpt-4-32k", "gpt-4o"),
    ("gpt-4-turbo", "gpt-4o"),
    ("gpt-4", "gpt-4o"),
)


def catalogue_name(name: str) -> str:
    """Return a model's name as its provider writes it."""
    return "-".join(name.lower().replace("_", "-").split())


def successor(name: str) -> str:
    """Return the name of a model that does the work of one that is gone, or ""."""
    name = catalogue_name(name)
    for beginning, newer in _SUCCESSORS:
        if name == beginning or name.startswith((f"{beginning}-", f"{beginning}.")):
            return newer
    return ""
