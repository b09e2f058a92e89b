# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The check of finished files: each rule, broken once, is named with its line."""

import io
import json
from typing import Any

import pytest

from odoo.addons.fine_tuning.engine.file_check.file_check import check_files
from odoo.addons.fine_tuning.engine.file_check.rules import Rules, Violation

CHAT = Rules("chat", weight_allowed=True, min_examples=10)
MARK = b"\xef\xbb\xbf"
ASKS = {"role": "user", "content": "¿Abren?"}
ANSWERS = {"role": "assistant", "content": "Sí."}


def chat(number: int, *messages: Any, **keys: Any) -> dict[str, Any]:
    said = list(messages) or [ASKS | {"content": f"¿Hay {number}?"}, ANSWERS]
    return {"messages": [{"role": "system", "content": "Sé breve."}, *said]} | keys


def preference(number: int, **keys: Any) -> dict[str, Any]:
    asked = [ASKS | {"content": f"¿Hay {number}?"}]
    return {
        "input": {"messages": asked},
        "preferred_output": [ANSWERS],
        "non_preferred_output": [ANSWERS | {"content": "No sé."}],
    } | keys


def trl(number: int, **keys: Any) -> dict[str, Any]:
    asked = [ASKS | {"content": f"¿Hay {number}?"}]
    bad = [ANSWERS | {"content": "No sé."}]
    return {"prompt": asked, "chosen": [ANSWERS], "rejected": bad} | keys


def kto(number: int, **keys: Any) -> dict[str, Any]:
    asked = [ASKS | {"content": f"¿Hay {number}?"}]
    return {"prompt": asked, "completion": [ANSWERS], "label": True} | keys


def as_bytes(lines: list[Any]) -> bytes:
    texts = (
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return b"".join(text + b"\n" for text in texts)


def check(rules: Rules, *contents: bytes) -> list[Violation]:
    names = ("train.jsonl", "valid.jsonl")
    files = [(name, io.BytesIO(c)) for name, c in zip(names, contents, strict=False)]
    return check_files(files, rules).violations


MAKE = {
    "chat": chat, "openai_preference": preference, "trl_preference": trl, "kto": kto
}  # fmt: skip


@pytest.mark.parametrize("shape", MAKE)
def test_a_good_file_has_no_violation(shape: str) -> None:
    lines = [MAKE[shape](number) for number in range(12)]
    others = [MAKE[shape](number) for number in range(20, 23)]
    rules = Rules(shape, min_examples=10)
    assert not check(rules, as_bytes(lines), as_bytes(others))


BROKEN: dict[str, tuple[str, Any, str]] = {
    "not_utf8": ("chat", b'{"messages": "\xe1"}', ""),
    "blank_line": ("chat", b"  ", ""),
    "not_json": ("chat", b"{'messages': 1}", ""),
    "not_object": ("chat", [1], ""),
    "missing_key": ("chat", {}, "messages"),
    "unknown_key": ("chat", chat(1, note="x"), "note"),
    "no_messages": ("chat", {"messages": []}, ""),
    "message_not_object": ("chat", chat(1, ASKS, "Sí.", ANSWERS), "3"),
    "unknown_role": ("chat", chat(1, ASKS | {"role": "bot"}, ANSWERS), "bot"),
    "no_content": ("chat", chat(1, ASKS | {"content": 5}, ANSWERS), "2"),
    "empty_assistant": ("chat", chat(1, ASKS, ANSWERS | {"content": " "}), "3"),
    "empty_message": ("chat", chat(1, ASKS | {"content": ""}, ANSWERS), "2"),
    "last_not_assistant": ("chat", chat(1, ASKS, ANSWERS, ASKS), "user"),
    "system_not_first": (
        "chat", chat(1, ASKS, {"role": "system", "content": "x"}, ANSWERS), ""
    ),
    "bad_weight": ("chat", chat(1, ASKS, ANSWERS | {"weight": 0.5}), ""),
    "weight_not_assistant": ("chat", chat(1, ASKS | {"weight": 1}, ANSWERS), "user"),
    "last_not_user": (
        "openai_preference", preference(1, input={"messages": [ASKS, ANSWERS]}),
        "assistant",
    ),
    "not_one_answer": (
        "openai_preference", preference(1, preferred_output=[]), "preferred_output"
    ),
    "answer_not_assistant": ("trl_preference", trl(1, chosen=[ASKS]), "chosen"),
    "same_answers": ("trl_preference", trl(1, rejected=[ANSWERS]), ""),
    "bad_label": ("kto", kto(1, label=1), "int"),
}  # fmt: skip


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_line_is_named(code: str) -> None:
    shape, broken, detail = BROKEN[code]
    lines = [MAKE[shape](number) for number in range(30, 45)]
    lines.insert(6, broken)
    rules = Rules(shape, weight_allowed=True, min_examples=10)
    assert check(rules, as_bytes(lines)) == [Violation(code, "train.jsonl", 7, detail)]


def test_what_a_format_does_not_take() -> None:
    lines = [chat(number) for number in range(12)]
    lines[3] = chat(3, ASKS, ANSWERS | {"weight": 1})
    lines[5] = chat(5, ASKS, ASKS, ANSWERS)
    found = check(Rules("chat", alternation=True, min_examples=10), as_bytes(lines))
    assert [(item.code, item.line) for item in found] == [
        ("weight_not_allowed", 4),
        ("not_alternating", 6),
    ]


def test_a_flag_of_the_trainer() -> None:
    lines = [chat(n, ASKS, ANSWERS | {"training": True}) for n in range(2)]
    lines[1]["messages"][1]["content"] = "otra"
    assert not check(Rules("chat", flag="training"), as_bytes(lines))
    lines[1]["messages"][2]["training"] = 1
    found = check(Rules("chat", flag="training"), as_bytes(lines))
    assert found == [Violation("bad_flag", "train.jsonl", 2, "training")]
    assert check(Rules("chat"), as_bytes(lines))[0].code == "unknown_key"


def test_the_file_as_a_whole() -> None:
    ten = as_bytes([chat(number) for number in range(10)])
    nine = as_bytes([chat(number) for number in range(9)])
    assert check(CHAT, nine) == [Violation("too_few", "train.jsonl", 0, "9")]
    assert check(Rules("chat"), b"") == [Violation("too_few", "train.jsonl", 0, "0")]
    many = Rules("chat", max_examples=9)
    assert check(many, ten) == [Violation("too_many", "train.jsonl", 0, "10")]
    large = Rules("chat", max_bytes=len(ten) - 1)
    assert check(large, ten)[0].code == "too_large"
    assert not check(Rules("chat", max_bytes=len(ten)), ten)
    assert check(CHAT, MARK + ten) == [Violation("mark", "train.jsonl")]
    marked = Rules("chat", byte_order_mark=True)
    assert check(marked, ten) == [Violation("no_mark", "train.jsonl")]
    assert not check(marked, MARK + ten)


def test_an_example_in_both_files() -> None:
    train = as_bytes([chat(number) for number in range(12)])
    # Written with other spaces and another order of the keys, it is the same.
    other = json.dumps(chat(4), indent=None, sort_keys=True, separators=(",", ":"))
    valid = as_bytes([chat(50), other.encode()])
    assert check(CHAT, train, valid) == [Violation("in_both_files", "valid.jsonl", 2)]


def test_only_the_first_violations_are_kept() -> None:
    outcome = check_files([("train.jsonl", io.BytesIO(b"x\n" * 2000))], Rules("chat"))
    assert (outcome.count, len(outcome.violations), outcome.lines) == (2000, 500, 2000)
