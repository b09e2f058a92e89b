# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts of a trial as HTML; whatever the texts contain is escaped."""

from markupsafe import Markup, escape

from ..engine.privacy.masking import PLACEHOLDER

# In text that was escaped already.
_MESSAGE = Markup('<div class="o_gpt_role">%s</div><pre class="o_gpt_text">%s</pre>')
_STEP = Markup('<div class="o_gpt_part"><h4>%s <small>%s</small></h4>%s</div>')
_TABLE = Markup(
    '<table class="table table-sm o_gpt_table">'
    "<thead><tr>%s</tr></thead><tbody>%s</tbody></table>"
)
_PASSAGE = Markup(
    '<div class="o_gpt_part"><h4>%s <small>%s</small></h4>'
    '<pre class="o_gpt_text">%s</pre></div>'
)
_MUTED = Markup('<p class="text-muted">%s</p>')


def prompts(steps, labels):
    """Return the prompts of the engine's ``StepPrompt`` list."""
    return _joined(
        _STEP % (prompt.step, "", _messages(prompt.messages, labels))
        for prompt in steps
    )


def calls(trace, labels):
    """Return what each call of a trace sent, got, and took."""
    return _joined(_call(call, labels) for call in trace)


def _call(call, labels):
    messages = [*call["messages"]]
    if call["answer"]:
        messages.append(("ai", call["answer"]))
    facts = (
        call["model"],
        f"{call['input_tokens']} + {call['output_tokens']} {labels['tokens']}",
        f"{call['cost']:.6f} USD",
        f"{call['ms'] / 1000:.1f} s",
    )
    return _STEP % (call["step"], " · ".join(facts), _messages(messages, labels))


def passages(found, labels):
    """Return the passages that were looked up, with their sources and scores."""
    return _joined(
        _PASSAGE
        % (
            f"[{number}] {passage.get('source') or ''}",
            _whereabouts(passage, labels),
            _text(passage["text"]),
        )
        for number, passage in enumerate(found, 1)
    )


def _whereabouts(passage, labels):
    parts = []
    if passage.get("page"):
        parts.append(f"{labels['page']} {passage['page']}")
    if passage.get("score") is not None:
        parts.append(f"{passage['score']:.3f}")
    return " · ".join(parts)


def masked(placeholders, labels):
    """Return which values were replaced, and by what."""
    if not placeholders:
        return _MUTED % labels["none_masked"]
    rows = []
    for name, original in placeholders.items():
        kind = name.rpartition("_")[0]
        rows.append((f"[[{name}]]", labels.get(kind, kind), original))
    return _table((labels["placeholder"], labels["kind"], labels["original"]), rows)


def fields_table(data, labels):
    """Return the fields of a structured answer; empty without any."""
    rows = [(name, _as_text(value)) for name, value in data.items()]
    return _table((labels["field"], labels["value"]), rows) if rows else Markup("")


def _as_text(value):
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return "–" if value is None else str(value)


def _messages(messages, labels):
    return _joined(
        _MESSAGE % (labels.get(role, role), _text(text)) for role, text in messages
    )


def _text(text):
    """Return escaped text in which placeholders stand out."""
    return Markup(
        PLACEHOLDER.sub(
            lambda match: f'<span class="o_gpt_placeholder">{match[0]}</span>',
            str(escape(text)),
        )
    )


def _table(headings, rows):
    head = _joined(Markup("<th>%s</th>") % heading for heading in headings)
    body = _joined(
        Markup("<tr>%s</tr>") % _joined(Markup("<td>%s</td>") % cell for cell in row)
        for row in rows
    )
    return _TABLE % (head, body)


def _joined(parts):
    return Markup("").join(parts)
