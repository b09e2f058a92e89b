# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Masks the texts of an example, whoever wrote them."""

import json

_TEXTS = ("question", "answer", "preferred", "rejected")


def masked_text(masker, text):
    """Return a text, or fields as JSON, masked again; numbers stay numbers."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return masker.mask_again(text)
    return json.dumps(masker.mask_again(data), ensure_ascii=False)


def masked_values(values, names, texts=()):
    """Return the values of an example with its texts masked.

    Placeholders that stand in them stay, and their numbers are not given out again.

    :param names: of the people whom the example is about
    :param texts: what else stands in it
    """
    from ..engine.privacy.masking import PLACEHOLDER, Masker

    texts = [*texts, *(values[name] for name in _TEXTS if values.get(name))]
    messages = values.get("messages")
    said = messages if isinstance(messages, list) else []
    said = [m for m in said if isinstance(m, dict)]
    texts += [m["content"] for m in said if isinstance(m.get("content"), str)]
    taken = {found for text in texts for found in PLACEHOLDER.findall(text)}
    masker = Masker({found.strip("[]"): found for found in sorted(taken)}, names)
    masked = dict(values)
    for name in _TEXTS:
        if values.get(name):
            masked[name] = masked_text(masker, values[name])
    if said and len(said) == len(messages):
        masked["messages"] = [
            m | {"content": masked_text(masker, m["content"])}
            if isinstance(m.get("content"), str)
            else m
            for m in said
        ]
    return masked
