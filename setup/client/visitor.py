# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A visitor of the website who chats, over HTTP as a browser does.

The two series have different routes and payloads; everything else is the same.
"""

from __future__ import annotations

import json
import time
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

_POLL_SECONDS = 0.2


@dataclass(frozen=True)
class ChatMessage:
    """A message that the visitor sees.

    :param seconds: since the visitor wrote last.
    """

    text: str
    seconds: float


class ChatRefused(Exception):
    """The site offers no chat, or did not take a message."""


class Visitor:
    """Somebody without an account; see ``visitor()``.

    :param url: the site, without a slash at its end.
    :param livechat_channel: id of the ``im_livechat.channel``.
    """

    def __init__(self, url: str, livechat_channel: int) -> None:
        self._url = url
        self._livechat_channel = livechat_channel
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._browser = urllib.request.build_opener(cookies)
        self._channel = 0
        self._seen: set[int] = set()
        self._wrote_at = 0.0

    def open_site(self) -> None:
        """Load the start page, which gives the cookies of the session."""
        self._browser.open(f"{self._url}/", timeout=60).read()

    def open_chat(self) -> None:
        """Open the chat window as the first message does.

        :raise ChatRefused: nobody is there to answer.
        """
        if not self._is_available():
            raise ChatRefused("the site does not show the chat's button")
        answer = self._call("/im_livechat/get_session", **self._session_parameters())
        if not answer:
            raise ChatRefused("the site did not open a chat")
        self._channel = self._channel_id(answer)

    def write(self, text: str) -> float:
        """Send a message; return the seconds until the site had taken it."""
        self._wrote_at = time.monotonic()
        answer = self._call(
            "/mail/message/post",
            thread_model="discuss.channel",
            thread_id=self._channel,
            post_data={
                "body": text,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
        )
        self._seen.update(self._message_ids(answer))
        return time.monotonic() - self._wrote_at

    def leave(self) -> None:
        """End the chat, as closing its window does."""
        self._call("/im_livechat/visitor_leave_session", channel_id=self._channel)

    def wait_for_answer(self, seconds: float = 60) -> ChatMessage | None:
        """Return the next message of somebody else, None when none comes in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in self.new_messages():
                return message
            time.sleep(_POLL_SECONDS)
        return None

    def new_messages(self) -> list[ChatMessage]:
        """Return what others wrote since this was last asked, oldest first."""
        elapsed = time.monotonic() - self._wrote_at
        answer = self._call("/discuss/channel/messages", **self._fetch_parameters())
        found = sorted(
            answer["data"].get("mail.message", []), key=lambda item: item["id"]
        )
        fresh = [item for item in found if item["id"] not in self._seen]
        self._seen.update(item["id"] for item in fresh)
        texts = [plain_text(self._body(item)) for item in fresh]
        return [ChatMessage(text, elapsed) for text in texts if text]

    def _call(self, route: str, **parameters: Any) -> Any:
        """Call a JSON route of the site.

        :raise ChatRefused: it answered with an error.
        """
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        request = urllib.request.Request(
            self._url + route,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Referer": f"{self._url}/"},
        )
        with self._browser.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            error = answer["error"]
            raise ChatRefused(error.get("data", {}).get("message") or error["message"])
        return answer.get("result")

    def _is_available(self) -> bool:
        raise NotImplementedError

    def _session_parameters(self) -> dict[str, Any]:
        return {"channel_id": self._livechat_channel, "persisted": True}

    def _channel_id(self, answer: dict[str, Any]) -> int:
        raise NotImplementedError

    def _fetch_parameters(self) -> dict[str, Any]:
        raise NotImplementedError

    def _message_ids(self, answer: dict[str, Any]) -> list[int]:
        raise NotImplementedError

    def _body(self, message: dict[str, Any]) -> str:
        raise NotImplementedError


class Visitor18(Visitor):
    """A visitor of an Odoo 18.0."""

    def _is_available(self) -> bool:
        answer = self._call("/im_livechat/init", channel_id=self._livechat_channel)
        return bool(answer["available_for_me"])

    def _session_parameters(self) -> dict[str, Any]:
        return super()._session_parameters() | {"anonymous_name": "Visitante"}

    def _channel_id(self, answer: dict[str, Any]) -> int:
        channels = answer["discuss.channel"]
        return next(item["id"] for item in channels if "livechat_active" in item)

    def _fetch_parameters(self) -> dict[str, Any]:
        return {"channel_id": self._channel, "limit": 30}

    def _message_ids(self, answer: dict[str, Any]) -> list[int]:
        return [item["id"] for item in answer["mail.message"]]

    def _body(self, message: dict[str, Any]) -> str:
        return message.get("body") or ""


class Visitor19(Visitor):
    """A visitor of an Odoo 19.0."""

    def _is_available(self) -> bool:
        answer = self._call(
            "/mail/action", fetch_params=[["init_livechat", self._livechat_channel]]
        )
        return bool(answer["Store"]["livechat_available"])

    def _channel_id(self, answer: dict[str, Any]) -> int:
        return answer["channel_id"]

    def _fetch_parameters(self) -> dict[str, Any]:
        return {"channel_id": self._channel, "fetch_params": {"limit": 30}}

    def _message_ids(self, answer: dict[str, Any]) -> list[int]:
        return [answer["message_id"]]

    def _body(self, message: dict[str, Any]) -> str:
        # ["markup", "<p>...</p>"]: it is HTML
        body = message.get("body") or ""
        return body if isinstance(body, str) else body[1]


def visitor(series: str, url: str, livechat_channel: int) -> Visitor:
    """Return a visitor who speaks the protocol of this series."""
    kind = Visitor18 if series == "18.0" else Visitor19
    return kind(url, livechat_channel)


class _Text(HTMLParser):
    _BREAKS = frozenset({"br", "p", "li", "div"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._BREAKS:
            self.parts.append("\n")


def plain_text(html: str) -> str:
    """Return the text of a message's HTML, with its line breaks."""
    parser = _Text()
    parser.feed(html)
    lines = [line.strip() for line in "".join(parser.parts).splitlines()]
    return "\n".join(line for line in lines if line)
