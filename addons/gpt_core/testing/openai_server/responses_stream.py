# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A response as the API's sequence of server-sent events."""

from collections.abc import Callable, Iterator
from typing import Any

from .calls import Call
from .connection import StreamCut, broken_off
from .replies import LastPart, pieces, server_event

Event = dict[str, Any]


class ResponseStream:
    """Tells how ``started`` became ``ended``, event by event."""

    def __init__(self, call: Call, started: Event, ended: Event) -> None:
        self._call = call
        self._started = started
        self._ended = ended
        self._number = -1

    def events(self, on_end: Callable[[], None]) -> Iterator[bytes]:
        """The encoded events; ``on_end`` is called before the last one."""
        try:
            for event in self._sequence(on_end):
                self._number += 1
                event["sequence_number"] = self._number
                encoded = server_event(event, event["type"])
                is_last = event.get("response") is self._ended
                yield LastPart(encoded) if is_last else encoded
        except StreamCut:
            if self._call.fault and self._call.fault.variant == "abrupt":
                raise broken_off() from None

    def _sequence(self, on_end: Callable[[], None]) -> Iterator[Event]:
        yield {"type": "response.created", "response": self._started}
        yield {"type": "response.in_progress", "response": self._started}
        self._call.think()
        for index, item in enumerate(self._ended["output"]):
            if item["type"] == "message":
                yield from self._message(index, item)
            else:
                yield self._item("added", index, item)
                yield self._item("done", index, item)
        if self._is_broken():
            yield from self._break()
        on_end()
        yield {"type": f"response.{self._ended['status']}", "response": self._ended}

    def _message(self, index: int, item: Event) -> Iterator[Event]:
        content = item["content"][0]
        is_refusal = content["type"] == "refusal"
        key = "refusal" if is_refusal else "text"
        place = {"item_id": item["id"], "output_index": index, "content_index": 0}
        name = "response.refusal" if is_refusal else "response.output_text"
        extra: Event = {} if is_refusal else {"logprobs": []}
        opened = {**item, "status": "in_progress", "content": []}
        yield self._item("added", index, opened)
        part = {**content, key: ""}
        yield {"type": "response.content_part.added", **place, "part": part}
        for delta in self._deltas(content[key]):
            yield {"type": f"{name}.delta", **place, "delta": delta, **extra}
            self._call.pause()
        if self._is_broken():
            yield from self._break()
        yield {"type": f"{name}.done", **place, key: content[key], **extra}
        yield {"type": "response.content_part.done", **place, "part": content}
        yield self._item("done", index, item)

    def _deltas(self, text: str) -> list[str]:
        parts = pieces(text)
        return parts[: len(parts) // 2] if self._is_broken() else parts

    def _item(self, step: str, index: int, item: Event) -> Event:
        name = f"response.output_item.{step}"
        return {"type": name, "output_index": index, "item": item}

    def _is_broken(self) -> bool:
        return self._call.has_fault("cut_stream") or self._call.has_fault(
            "stream_error"
        )

    def _break(self) -> Iterator[Event]:
        if self._call.has_fault("stream_error"):
            yield {
                "type": "error",
                "code": "server_error",
                "message": "An error occurred while processing your request.",
                "param": None,
            }
        raise StreamCut
